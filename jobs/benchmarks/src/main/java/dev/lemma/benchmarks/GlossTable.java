// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.io.Source;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The glosses of WordNet over and over, under distinct ids: columns id and gloss, in Parquet. */
final class GlossTable {
  private static final int FILES = 8;

  private GlossTable() {}

  /**
   * Writes whole repetitions that come to at least so many rows, or the first few glosses.
   *
   * @return number of rows
   */
  static long write(SparkSession spark, long rows, String path) {
    InputConfig sample =
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of(Source.WORDNET), Map.of());
    Dataset<Row> glosses = Source.read(spark, sample).select("id", "gloss");
    long documents = glosses.count();
    if (rows < documents) {
      glosses.limit((int) rows).write().mode(SaveMode.Overwrite).parquet(path);
      return rows;
    }
    long repetitions = (rows + documents - 1) / documents;
    // One repetition after the other: equal rows side by side would be compressed away.
    spark
        .range(0, repetitions, 1, (int) Math.min(FILES, repetitions))
        .toDF("repetition")
        .crossJoin(broadcast(glosses))
        .select(concat(col("id"), lit("-"), col("repetition")).as("id"), col("gloss"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path);
    return repetitions * documents;
  }
}
