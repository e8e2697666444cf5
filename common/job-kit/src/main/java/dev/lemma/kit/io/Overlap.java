// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Refuses an output that lies at, around or inside an input: publishing would destroy it. */
final class Overlap {
  private Overlap() {}

  /**
   * Checks one input, pattern or path, against the output.
   *
   * @param key the key of the input, for the message
   * @throws LemmaException with code 2 if they overlap
   */
  static void refuse(Path output, String key, String input, Configuration configuration)
      throws IOException {
    Path pattern = new Path(input);
    Storage storage = Storage.of(pattern, configuration, (change, path) -> {});
    for (Path path : storage.matches(pattern)) {
      String relation = relation(resolved(output), resolved(path));
      if (!relation.isEmpty()) {
        throw new LemmaException(
            ExitCode.USAGE,
            Problem.of(
                output.toString(),
                "the output " + relation + " " + key + " (" + path + ")",
                "choose an output apart from every input"));
      }
    }
  }

  private static String relation(Path output, Path input) {
    if (output.equals(input)) {
      return "is the same folder as";
    }
    if (within(output, input)) {
      return "lies inside";
    }
    return within(input, output) ? "lies around" : "";
  }

  private static boolean within(Path inner, Path outer) {
    for (Path path = inner.getParent(); path != null; path = path.getParent()) {
      if (path.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  /** On the local file system, a path without links; what is not there yet keeps its name. */
  private static Path resolved(Path path) throws IOException {
    if (!"file".equals(path.toUri().getScheme())) {
      return path;
    }
    java.nio.file.Path rest = Paths.get("");
    java.nio.file.Path local = Paths.get(path.toUri().getPath()).normalize();
    while (local != null && !Files.exists(local)) {
      rest = local.getFileName().resolve(rest);
      local = local.getParent();
    }
    java.nio.file.Path real = local == null ? rest : local.toRealPath().resolve(rest);
    return new Path("file", null, Paths.get(real.toString()).normalize().toString());
  }
}
