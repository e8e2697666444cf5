// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.testing;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;

/** The partitionings under which results of {@code bits = any} must agree. */
public final class Layouts {
  private static final int[] PARTITIONS = {1, 2, 7, 64};

  private Layouts() {}

  /** The same rows in 1, 2, 7 and 64 partitions, each in another order. */
  public static <T> List<Dataset<T>> of(Dataset<T> rows) {
    return IntStream.of(PARTITIONS).mapToObj(rows::repartition).toList();
  }
}
