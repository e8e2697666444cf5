// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.projection.PairDistortion;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The measured pairs as a table: what happened to each, and nothing of what the rows hold. */
final class DistortionTable {
  private static final StructType TYPE =
      new StructType()
          .add("pair", DataTypes.IntegerType, false)
          .add("ratio", DataTypes.DoubleType, false)
          .add("q4", DataTypes.DoubleType, false)
          .add("nonzeros", DataTypes.LongType, false);

  private DistortionTable() {}

  static Dataset<Row> of(SparkSession spark, List<PairDistortion> pairs) {
    List<Row> rows = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      PairDistortion pair = pairs.get(i);
      rows.add(RowFactory.create(i, pair.ratio(), pair.q4(), pair.nonzeros()));
    }
    return spark.createDataFrame(rows, TYPE).coalesce(1);
  }
}
