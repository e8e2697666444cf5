// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Writes the flags that Spark wants of its JVM into a file for {@code java @file}, so that tests
 * and {@code bin/lemma} follow Spark's own list instead of a copy of it.
 */
public final class JvmOptions {
  private JvmOptions() {}

  /**
   * Writes the options, separated by white space, to the file named by the only argument.
   *
   * @param args one element: the file to write
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, JavaModuleOptions.defaultModuleOptions() + "\n");
  }
}
