// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.Estimate;
import dev.lemma.math.logistic.LinearModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The coefficients of a fit as rows: the main table of {@code logistic-fit}. */
final class CoefficientRows {
  static final StructType SCHEMA =
      new StructType()
          .add("class", DataTypes.StringType, false)
          .add("against", DataTypes.StringType, true)
          .add("feature_index", DataTypes.IntegerType, true)
          .add("feature", DataTypes.StringType, true)
          .add("coefficient", DataTypes.DoubleType, false)
          .add("standardised", DataTypes.DoubleType, true)
          .add("standard_error", DataTypes.DoubleType, true)
          .add("z", DataTypes.DoubleType, true)
          .add("p", DataTypes.DoubleType, true)
          .add("lower", DataTypes.DoubleType, true)
          .add("upper", DataTypes.DoubleType, true)
          .add("errors", DataTypes.StringType, false);

  private CoefficientRows() {}

  static Dataset<Row> of(SparkSession spark, FitOutcome outcome, double confidence) {
    ModelSpecification specification = outcome.fit().specification();
    double quantile = Estimate.quantile(confidence);
    double[] deviations = outcome.deviations();
    String errors = outcome.fit().summary().errorKind();
    List<Row> rows = new ArrayList<>();
    estimates(outcome.fit())
        .forEach(
            (k, of) -> {
              String name = specification.classes().get(k);
              String against = against(outcome.fit(), k);
              rows.add(row(name, against, null, null, of.intercept(), null, quantile, errors));
              for (int j = 0; j < of.slopes().size(); j++) {
                Estimate slope = of.slopes().get(j);
                rows.add(
                    row(
                        name,
                        against,
                        j,
                        specification.features().get(j),
                        slope,
                        orNull(slope.value() * deviations[j]),
                        quantile,
                        errors));
              }
            });
    return SlicedTable.of(spark, rows, SCHEMA);
  }

  /** The estimates of a fit; those of the model without errors where it has none. */
  static SortedMap<Integer, CoefficientErrors> estimates(LogisticFit fit) {
    if (!fit.summary().coefficients().isEmpty()) {
      return fit.summary().coefficients();
    }
    LinearModel model = fit.specification().model();
    List<Estimate> unknown = new ArrayList<>();
    for (int j = 0; j < model.features(); j++) {
      unknown.add(new Estimate(0, Double.NaN));
    }
    SortedMap<Integer, CoefficientErrors> none = new TreeMap<>();
    for (int k = model.classes() == 2 ? 1 : 0; k < model.classes(); k++) {
      if (model.hasClass(k)) {
        none.put(k, new CoefficientErrors(new Estimate(0, Double.NaN), unknown));
      }
    }
    return LogisticFit.coefficients(model, OptionalInt.empty(), none);
  }

  /** The class that the coefficients of a class are log odds against; null for scores. */
  static String against(LogisticFit fit, int k) {
    List<String> classes = fit.specification().classes();
    if (classes.size() == 2) {
      return classes.get(1 - k);
    }
    OptionalInt reference = fit.summary().reference();
    return reference.isPresent() ? classes.get(reference.getAsInt()) : null;
  }

  /** The deviation of each feature over all rows. */
  static double[] deviations(ClassMoments total) {
    int d = total.features();
    double[] origin = new double[d];
    for (int k = 0; k < total.classes(); k++) {
      if (total.weight(k) > 0) {
        origin = total.mean(k);
      }
    }
    double[] mean = new double[d];
    double[] square = new double[d];
    for (int k = 0; k < total.classes(); k++) {
      if (!(total.weight(k) > 0)) {
        continue;
      }
      double share = total.weight(k) / total.weight();
      double[] from = total.meanFrom(k, origin);
      for (int j = 0; j < d; j++) {
        mean[j] += share * from[j];
        square[j] += share * from[j] * from[j];
      }
    }
    var within = total.pooledScatter();
    double[] deviations = new double[d];
    for (int j = 0; j < d; j++) {
      double variance = within.get(j, j) / total.weight() + square[j] - mean[j] * mean[j];
      deviations[j] = Math.sqrt(Math.max(0, variance));
    }
    return deviations;
  }

  private static Row row(
      String name,
      String against,
      Integer index,
      String feature,
      Estimate estimate,
      Double standardised,
      double quantile,
      String errors) {
    double error = estimate.error();
    return RowFactory.create(
        name,
        against,
        index,
        feature,
        estimate.value(),
        standardised,
        orNull(error),
        orNull(estimate.z()),
        orNull(estimate.p()),
        orNull(estimate.value() - quantile * error),
        orNull(estimate.value() + quantile * error),
        errors);
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
