// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a run, with a task for each core of this machine. */
final class LocalSession {
  private LocalSession() {}

  static SparkSession start() {
    return SparkSession.builder()
        .appName("lemma-benchmarks")
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}
