// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.nio.file.Path;
import java.util.Set;

/**
 * Sizes of the comparisons of whole jobs, from system properties {@code bench.<name>}.
 *
 * @param folder where tables and results go
 * @param only which comparisons to run: plain, usual, scale, words; empty for all
 * @param rows rows of the repeated glosses
 * @param usualRows rows that the usual way is timed on, which takes many times as long a row
 * @param scaleRows the largest number of rows whose cost a row is measured; the smallest is a tenth
 * @param words number of distinct words
 * @param repeats measured rounds of each comparison, after one that warms up
 */
record Settings(
    Path folder,
    Set<String> only,
    long rows,
    long usualRows,
    long scaleRows,
    long words,
    int repeats) {

  static Settings of(Path folder) {
    String only = System.getProperty("bench.only", "all");
    return new Settings(
        folder,
        only.equals("all") ? Set.of() : Set.of(only.split(",")),
        Long.getLong("bench.rows", 2_000_000),
        Long.getLong("bench.usual-rows", 200_000),
        Long.getLong("bench.scale-rows", 9_423_280),
        Long.getLong("bench.words", 20_000_000),
        Integer.getInteger("bench.repeats", 3));
  }

  boolean wants(String comparison) {
    return only.isEmpty() || only.contains(comparison);
  }

  /** A table or output of this name. */
  String path(String name) {
    return folder.resolve("jobs").resolve(name).toString();
  }
}
