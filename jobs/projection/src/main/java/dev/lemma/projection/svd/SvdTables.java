// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.SvdFactors;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Singular values and right vectors as tables. */
final class SvdTables {
  private static final StructType VALUES =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("value", DataTypes.DoubleType, false)
          .add("upper", DataTypes.DoubleType, true)
          .add("residual", DataTypes.DoubleType, true)
          .add("explained_variance", DataTypes.DoubleType, true)
          .add("explained_share", DataTypes.DoubleType, false);

  private static final StructType RIGHT =
      new StructType()
          .add("feature", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false)
          .add("vectors", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private SvdTables() {}

  static void write(Run run, SvdFactors factors, List<String> names) {
    List<Row> values = new ArrayList<>();
    double[] shares = factors.explainedShares();
    for (int r = 0; r < factors.rank(); r++) {
      double value = factors.values()[r];
      values.add(
          RowFactory.create(
              r,
              value,
              orNull(factors.upper()[r]),
              orNull(factors.residuals()[r]),
              factors.rows() > 1 ? value * value / (factors.rows() - 1) : null,
              shares[r]));
    }
    run.publication().writeTable("values", run.spark().createDataFrame(values, VALUES).coalesce(1));
    List<Row> right = new ArrayList<>();
    for (int j = 0; j < factors.dimension(); j++) {
      double[] entries = new double[factors.rank()];
      for (int r = 0; r < entries.length; r++) {
        entries[r] = factors.right()[r][j];
      }
      right.add(RowFactory.create(j, names.get(j), entries));
    }
    run.publication()
        .writeTable("right-vectors", run.spark().createDataFrame(right, RIGHT).coalesce(1));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
