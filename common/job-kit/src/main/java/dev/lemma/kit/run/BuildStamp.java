// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes, during the build, what {@link Version} reads: the project's version and its commit. */
public final class BuildStamp {
  private static final String UNKNOWN = "unknown";

  private BuildStamp() {}

  /**
   * Writes the file.
   *
   * @param args three elements: the file to write, the version, and a folder of the repository
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "version=" + args[1] + "\ncommit=" + commit(Path.of(args[2])) + "\n");
  }

  /**
   * The commit that the sources come from, with {@code -dirty} when files differ from it; {@code
   * unknown} for a copy without its repository or a machine without git, which build all the same.
   */
  private static String commit(Path folder) {
    ProcessBuilder git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*");
    try {
      Process process =
          git.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      return process.waitFor() == 0 && !answer.isEmpty() ? answer : UNKNOWN;
    } catch (IOException noGit) {
      return UNKNOWN;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
