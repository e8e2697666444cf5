// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.LogLoss;
import dev.lemma.math.logistic.Softmax;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What follows from the scores of a row: its class by name, and its probabilities. Called from
 * Spark's plan; thread-safe.
 *
 * <p>The class is that of the highest score, the first among equals; with thresholds that of the
 * highest probability over threshold, as Spark ML has it.
 */
public final class Decision implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] classes;
  // Empty without thresholds.
  private final double[] thresholds;

  /**
   * A decision.
   *
   * @param classes names of the K classes
   * @param thresholds K numbers of at least 0, if they are not to be alike
   */
  Decision(List<String> classes, Optional<double[]> thresholds) {
    this.classes = classes.toArray(String[]::new);
    this.thresholds = thresholds.map(double[]::clone).orElseGet(() -> new double[0]);
  }

  /** The name of the class that is predicted. */
  public UTF8String prediction(ArrayData scores) {
    return UTF8String.fromString(classes[predicted(scores.toDoubleArray())]);
  }

  /** The K probabilities. */
  public ArrayData probabilities(ArrayData scores) {
    double[] values = scores.toDoubleArray();
    probabilitiesInPlace(values);
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  /** The class that is predicted. */
  int predicted(double[] scores) {
    int best = 0;
    if (thresholds.length == 0) {
      for (int k = 1; k < scores.length; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      return best;
    }
    double[] shares = scores.clone();
    probabilitiesInPlace(shares);
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < shares.length; k++) {
      double scaled = shares[k] / thresholds[k];
      if (scaled > highest) {
        highest = scaled;
        best = k;
      }
    }
    return best;
  }

  /** Replaces scores by probabilities. */
  static void probabilitiesInPlace(double[] scores) {
    if (scores.length == 2) {
      double logit = scores[1] - scores[0];
      scores[0] = LogLoss.probability(-logit);
      scores[1] = LogLoss.probability(logit);
    } else {
      Softmax.inPlace(scores, scores.length);
    }
  }
}
