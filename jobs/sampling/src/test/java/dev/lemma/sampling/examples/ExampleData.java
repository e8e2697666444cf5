// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data of an example: lists of numbers in a file of JSON that the property example.data names.
 */
final class ExampleData {
  private ExampleData() {}

  /** The list of this name. */
  static double[] numbers(String name) {
    String file = System.getProperty("example.data");
    if (file == null) {
      throw new IllegalStateException("no data: set -Dexample.data=FILE");
    }
    try {
      Matcher list =
          Pattern.compile("\"" + name + "\"\\s*:\\s*\\[([^\\]]*)\\]")
              .matcher(Files.readString(Path.of(file)));
      if (!list.find()) {
        throw new IllegalStateException("no list " + name + " in " + file);
      }
      return Arrays.stream(list.group(1).split(",")).mapToDouble(Double::parseDouble).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
