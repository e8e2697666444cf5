// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Whole jobs against their limits and their peers, side by side in one process with one Spark
 * session.
 */
public final class Jobs {
  private Jobs() {}

  /**
   * Prints figures as they come, then all of them as a table in Markdown; writes {@code jobs.json}.
   *
   * @param args the folder of tables and results
   * @throws Exception if a comparison fails, or its two sides did not do the same work
   */
  public static void main(String[] args) throws Exception {
    Settings settings = Settings.of(Path.of(args[0]).toAbsolutePath());
    Results results = new Results(System.out);
    SparkSession spark = LocalSession.start();
    try {
      System.out.println(settings);
      System.out.println(Figure.header());
      if (settings.wants("plain")) {
        PlainJobs.compare(spark, settings, results);
      }
      if (settings.wants("usual")) {
        UsualWayComparison.compare(spark, settings, results);
      }
      if (settings.wants("scale")) {
        ScaleComparison.compare(spark, settings, results);
      }
      if (settings.wants("words")) {
        HeapComparison.compare(spark, settings, results);
      }
    } finally {
      spark.stop();
      write(settings.folder().resolve("jobs.json"), results.json());
    }
    System.out.println();
    System.out.println(results.markdown());
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    System.out.println("written: " + file);
  }
}
