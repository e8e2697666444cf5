// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What was built.
 *
 * @param version version of the project
 * @param commit id of the commit, or {@code unknown} when it was built outside of a repository
 */
public record Version(String version, String commit) {
  private static final Version CURRENT = read();

  /** Refuses null. */
  public Version {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(commit, "commit");
  }

  /** The version of this build. */
  public static Version current() {
    return CURRENT;
  }

  private static Version read() {
    try (InputStream stream = Version.class.getResourceAsStream("build.properties")) {
      Properties properties = new Properties();
      properties.load(Objects.requireNonNull(stream, "build.properties"));
      return new Version(properties.getProperty("version"), properties.getProperty("commit"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Such as {@code 0.1.0 (1f0c2d3)}. */
  @Override
  public String toString() {
    return version + " (" + commit + ")";
  }
}
