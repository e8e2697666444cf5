// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.testing;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;

/** The partitionings under which results of {@code bits = any} must agree. */
public final class Layouts {
  /**
   * Assignment for a job that reads files: each is a partition of its own, so that a layout is read
   * as it was written. Spark would read 64 small files in two partitions.
   */
  public static final String FILE_A_PARTITION =
      "spark.conf.\"spark.sql.files.openCostInBytes\"=128m";

  private static final int[] PARTITIONS = {1, 2, 7, 64};

  private Layouts() {}

  /** The same rows in 1, 2, 7 and 64 partitions, each in another order. */
  public static <T> List<Dataset<T>> of(Dataset<T> rows) {
    return IntStream.of(PARTITIONS).mapToObj(rows::repartition).toList();
  }
}
