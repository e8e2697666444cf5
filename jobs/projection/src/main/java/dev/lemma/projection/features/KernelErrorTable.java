// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.math.features.PairEstimate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The measured pairs as a table: kernel and estimate of each, and nothing of what rows hold. */
final class KernelErrorTable {
  private static final StructType TYPE =
      new StructType()
          .add("pair", DataTypes.IntegerType, false)
          .add("kernel", DataTypes.DoubleType, false)
          .add("estimate", DataTypes.DoubleType, false)
          .add("error", DataTypes.DoubleType, false)
          .add("variance_iid", DataTypes.DoubleType, false);

  private KernelErrorTable() {}

  static Dataset<Row> of(SparkSession spark, List<PairEstimate> pairs) {
    List<Row> rows = new ArrayList<>(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      PairEstimate pair = pairs.get(i);
      rows.add(RowFactory.create(i, pair.kernel(), pair.estimate(), pair.error(), pair.variance()));
    }
    return spark.createDataFrame(rows, TYPE).coalesce(1);
  }
}
