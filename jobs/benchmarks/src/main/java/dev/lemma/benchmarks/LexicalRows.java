// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.io.Source;
import dev.lemma.projection.RandomProjection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * The glosses of WordNet as projected words, columns id, label and features, split by a hash of the
 * id.
 *
 * @param train four fifths
 * @param test one fifth
 * @param classes number of lexical classes
 */
record LexicalRows(Dataset<Row> train, Dataset<Row> test, int classes) {
  private static final int PARTS = 5;
  private static final int LEAST_OF_A_CLASS = 2;

  static LexicalRows of(SparkSession spark, int k) {
    InputConfig sample =
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of(Source.WORDNET), Map.of());
    Dataset<Row> glosses = Source.read(spark, sample).select("id", "lexname", "gloss");
    List<String> names =
        glosses.select("lexname").distinct().as(Encoders.STRING()).sort("lexname").collectAsList();
    Column number =
        array_position(
                array(
                    names.stream().map(org.apache.spark.sql.functions::lit).toArray(Column[]::new)),
                col("lexname"))
            .minus(1)
            .cast("double");
    Dataset<Row> rows =
        new RandomProjection()
            .setInputCol("gloss")
            .setOutputCol("features")
            .setK(k)
            .setWeighting("tf-idf")
            .setRowNorm("l2")
            .fit(glosses)
            .transform(glosses)
            .select(
                col("id"),
                number.as(
                    "label",
                    NominalAttribute.defaultAttr().withNumValues(names.size()).toMetadata()),
                col("features"));
    Column part = pmod(xxhash64(col("id")), lit(PARTS));
    return new LexicalRows(rows.where(part.notEqual(0)), rows.where(part.equalTo(0)), names.size());
  }

  /** So many rows for training, by chance but for the first two of each class. */
  Dataset<Row> few(int count) {
    Column chance = xxhash64(col("id"), lit("few"));
    Column rank = row_number().over(Window.partitionBy("label").orderBy(chance));
    return train
        .withColumn("further", rank.gt(LEAST_OF_A_CLASS))
        .orderBy(col("further"), chance)
        .limit(count)
        .drop("further");
  }
}
