// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Logistic regression in closed form against Spark's own, and against a job that only reads, side
 * by side in one process with one Spark session.
 */
public final class Logistic {
  private Logistic() {}

  /**
   * Prints figures as they come, then all of them as a table in Markdown; writes {@code
   * logistic.json}.
   *
   * @param args the folder of tables and results
   * @throws Exception if a comparison fails, or its two sides did not come to the same model
   */
  public static void main(String[] args) throws Exception {
    FitSizes sizes = FitSizes.of(Path.of(args[0]).toAbsolutePath());
    Results results = new Results(System.out);
    SparkSession spark = LocalSession.start();
    try {
      System.out.println(sizes);
      System.out.println(Figure.header());
      results.remark("sums of products: %s", GramRoutine.ofMachine());
      if (sizes.wants("dense")) {
        DenseFit.compare(spark, sizes, results);
      }
      if (sizes.wants("scan")) {
        ScanFit.compare(spark, sizes, results);
      }
      if (sizes.wants("sparse")) {
        SparseFit.compare(spark, sizes, results);
      }
    } finally {
      spark.stop();
      Path file = sizes.folder().resolve("logistic.json");
      Files.writeString(file, results.json());
      System.out.println("written: " + file);
    }
    System.out.println();
    System.out.println(results.markdown());
  }
}
