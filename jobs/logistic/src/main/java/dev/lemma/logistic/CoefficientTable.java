// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.math.logistic.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Estimates, their errors, tests and intervals as a table. */
final class CoefficientTable {
  private static final double CONFIDENCE = 0.95;

  private static final StructType SCHEMA =
      new StructType()
          .add("class", DataTypes.StringType, false)
          .add("feature", DataTypes.StringType, true)
          .add("value", DataTypes.DoubleType, false)
          .add("error", DataTypes.DoubleType, true)
          .add("z", DataTypes.DoubleType, true)
          .add("p", DataTypes.DoubleType, true)
          .add("lower", DataTypes.DoubleType, true)
          .add("upper", DataTypes.DoubleType, true);

  private CoefficientTable() {}

  static Dataset<Row> of(SparkSession spark, ModelSpecification specification, FitSummary summary) {
    double quantile = Estimate.quantile(CONFIDENCE);
    List<Row> rows = new ArrayList<>();
    summary
        .coefficients()
        .forEach(
            (k, of) -> {
              String name = specification.classes().get(k);
              rows.add(row(name, null, of.intercept(), quantile));
              for (int j = 0; j < of.slopes().size(); j++) {
                rows.add(row(name, specification.features().get(j), of.slopes().get(j), quantile));
              }
            });
    return SlicedTable.of(spark, rows, SCHEMA);
  }

  private static Row row(String name, String feature, Estimate estimate, double quantile) {
    double error = estimate.error();
    return RowFactory.create(
        name,
        feature,
        estimate.value(),
        orNull(error),
        orNull(estimate.z()),
        orNull(estimate.p()),
        orNull(estimate.value() - quantile * error),
        orNull(estimate.value() + quantile * error));
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
