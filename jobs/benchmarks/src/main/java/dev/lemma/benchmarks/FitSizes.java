// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.nio.file.Path;
import java.util.Set;

/**
 * Sizes of the comparisons of logistic regression, from system properties {@code bench.<name>}.
 *
 * @param folder where tables and results go
 * @param only which comparisons to run: dense, scan, sparse; empty for all
 * @param denseRows rows of 200 correlated features, cached by Spark
 * @param scanRows rows of 100 features that are read from Parquet each time
 * @param sparseRows rows of the repeated census data
 * @param repeats measured rounds of each comparison, after one that warms up
 */
record FitSizes(
    Path folder, Set<String> only, long denseRows, long scanRows, long sparseRows, int repeats) {

  static FitSizes of(Path folder) {
    String only = System.getProperty("bench.only", "all");
    return new FitSizes(
        folder,
        only.equals("all") ? Set.of() : Set.of(only.split(",")),
        Long.getLong("bench.dense-rows", 300_000),
        Long.getLong("bench.scan-rows", 1_000_000),
        Long.getLong("bench.sparse-rows", 10_000_000),
        Integer.getInteger("bench.repeats", 3));
  }

  boolean wants(String comparison) {
    return only.isEmpty() || only.contains(comparison);
  }

  /** A table of this name. */
  String path(String name) {
    return folder.resolve("logistic").resolve(name).toString();
  }
}
