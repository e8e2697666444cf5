// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Calls the command {@code bin/lemma} as a user does, in a folder of its own.
 *
 * @param folder where the user is
 * @param environment what is set in the user's shell
 */
record BinLemma(Path folder, Map<String, String> environment) {
  /** Quick to start; the runs of the tests are too short for the optimising compiler to pay. */
  static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** How it ended and what it said. */
  record Answer(int code, String out, String err) {
    /** Lines on stderr but for the Java machine's own. */
    List<String> errLines() {
      return err.lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
    }

    String lastLine() {
      List<String> lines = errLines();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  /** With nothing set but what makes the tests quick and independent of this machine's Spark. */
  static BinLemma in(Path folder) {
    return new BinLemma(
        folder,
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "LEMMA_HEAP",
            "1g",
            "LEMMA_JAVA_OPTS",
            JAVA_OPTIONS,
            "SPARK_HOME",
            ""));
  }

  BinLemma with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new BinLemma(folder, more);
  }

  /** Runs to the end. */
  Answer run(String... words) throws IOException, InterruptedException {
    try (Child child = start(words)) {
      int code = child.await();
      return new Answer(code, child.out(), child.err());
    }
  }

  /** Starts and leaves it running. */
  Child start(String... words) throws IOException {
    List<String> command =
        Stream.concat(Stream.of(Checkout.file("bin/lemma").toString()), Stream.of(words)).toList();
    return Child.start(command, folder, environment, folder.resolveSibling("said"));
  }
}
