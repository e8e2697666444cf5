// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Option;

/**
 * How well a model does on labelled rows.
 *
 * @param loss mean of -ln of the probability given to the true class, which counts as at least
 *     {@value #LEAST}
 * @param accuracy share of rows whose class is the predicted one
 */
record FitQuality(double loss, double accuracy) {
  static final double LEAST = 1e-15;

  static FitQuality of(Transformer model, Dataset<Row> rows) {
    Column ofTrueClass =
        element_at(
            vector_to_array(col("probability"), "float64"), col("label").cast("int").plus(1));
    Row found =
        withoutSummary(model)
            .transform(rows)
            .agg(
                avg(log(greatest(ofTrueClass, lit(LEAST)))),
                avg(col("prediction").equalTo(col("label")).cast("double")))
            .first();
    return new FitQuality(-found.getDouble(0), found.getDouble(1));
  }

  /** Spark's model ships itself to the tasks, which its summary cannot be part of. */
  private static Transformer withoutSummary(Transformer model) {
    if (model instanceof LogisticRegressionModel spark) {
      LogisticRegressionModel bare = spark.copy(new ParamMap());
      bare.setSummary(Option.empty());
      return bare;
    }
    return model;
  }

  /** Makes sure that this model does not lose more than a tolerance against another. */
  void requireAsGoodAs(FitQuality other, double tolerance, String what) {
    if (!(loss <= other.loss + tolerance)) {
      throw new IllegalStateException(
          what + ": log-loss " + loss + ", expected at most " + other.loss + " + " + tolerance);
    }
  }
}
