// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A posterior of posteriordb that lies at shared/data/posteriors above this folder. */
record PosteriorFile(Path folder) {
  static Optional<PosteriorFile> find(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/posteriors").resolve(name);
      if (Files.exists(candidate.resolve("data.json"))) {
        return Optional.of(new PosteriorFile(candidate));
      }
    }
    return Optional.empty();
  }

  /** The list of numbers of this name. */
  double[] numbers(String file, String name) {
    try {
      String text = Files.readString(folder.resolve(file));
      Matcher list = Pattern.compile("\"" + name + "\":\\s*\\[([^\\]]*)\\]").matcher(text);
      if (!list.find()) {
        throw new IllegalStateException("no list " + name + " in " + folder.resolve(file));
      }
      return Arrays.stream(list.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double[] data(String name) {
    return numbers("data.json", name);
  }
}
