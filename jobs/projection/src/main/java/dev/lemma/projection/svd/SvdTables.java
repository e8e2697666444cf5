// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.SvdFigures;
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
          .add("certain_upper", DataTypes.DoubleType, true)
          .add("residual", DataTypes.DoubleType, true)
          .add("explained_variance", DataTypes.DoubleType, true)
          .add("explained_share", DataTypes.DoubleType, false);

  /** Of the table of right vectors. */
  static final StructType RIGHT =
      new StructType()
          .add("feature", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false)
          .add("vectors", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private SvdTables() {}

  static void writeValues(Run run, SvdFigures figures) {
    List<Row> values = new ArrayList<>();
    double[] shares = figures.explainedShares();
    for (int r = 0; r < figures.rank(); r++) {
      double value = figures.values()[r];
      values.add(
          RowFactory.create(
              r,
              value,
              orNull(figures.upper()[r]),
              orNull(figures.certain()[r]),
              orNull(figures.residuals()[r]),
              figures.rows() > 1 ? value * value / (figures.rows() - 1) : null,
              shares[r]));
    }
    run.publication().writeTable("values", SlicedTable.of(run.spark(), values, VALUES));
  }

  /** Right vectors that the driver holds, k of n entries. */
  static void writeRight(Run run, double[][] vectors, FeatureNames names) {
    List<Row> right = new ArrayList<>();
    for (int j = 0; j < vectors[0].length; j++) {
      double[] entries = new double[vectors.length];
      for (int r = 0; r < entries.length; r++) {
        entries[r] = vectors[r][j];
      }
      right.add(RowFactory.create(j, names.of(j), entries));
    }
    run.publication().writeTable("right-vectors", SlicedTable.of(run.spark(), right, RIGHT));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
