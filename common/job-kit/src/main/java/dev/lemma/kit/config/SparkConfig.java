// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Map;
import java.util.Objects;

/**
 * Settings handed to Spark.
 *
 * @param conf Spark properties by name
 */
public record SparkConfig(
    @Key(
            doc =
                "Spark properties by name, such as spark.conf.spark.sql.shuffle.partitions;"
                    + " what spark-submit sets wins over them",
            fallback = "{}",
            effect = Effect.OPERATION)
        Map<String, String> conf) {
  /** Takes a copy. */
  public SparkConfig {
    conf = Map.copyOf(Objects.requireNonNull(conf, "conf"));
  }
}
