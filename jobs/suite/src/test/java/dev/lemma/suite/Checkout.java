// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of this checkout and of its build lie. */
final class Checkout {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** The one shaded jar. */
  static final Path JAR = MODULE.resolve("target/lemma.jar");

  /** The sample that bin/lemma adds. */
  static final Path SAMPLE = MODULE.resolve("target/lemma-sample.jar");

  private Checkout() {}

  /** A file of the repository, by its path from the root. */
  static Path file(String path) {
    return MODULE.resolve("../..").resolve(path).normalize();
  }

  /** The jars of Spark that bin/lemma runs with. */
  static String[] sparkJars() throws IOException {
    return Files.readString(MODULE.resolve("target/spark-class-path")).trim().split(":");
  }

  /** What Java must be told to run Spark, as an argument. */
  static String jvmOptions() {
    return "@" + MODULE.resolve("target/jvm-options");
  }
}
