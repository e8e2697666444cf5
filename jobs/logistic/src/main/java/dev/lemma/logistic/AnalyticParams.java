// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The parameters that {@link AnalyticLogisticRegression} and its model share, beside those that
 * Spark ML gives every probabilistic classifier: an accessor for the parameter and a getter for its
 * value.
 */
public interface AnalyticParams extends Params {
  /** The parameter objects of this stage. */
  AnalyticParamSet own();

  /** How many times the rows are read: 1, 2, 3, 4 or mle. */
  default Param<String> passes() {
    return own().passes;
  }

  /** Value of {@link #passes}. */
  default String getPasses() {
    return getOrDefault(own().passes);
  }

  /** Number of folds of cross-validation. */
  default IntParam folds() {
    return own().folds;
  }

  /** Value of {@link #folds}. */
  default int getFolds() {
    return (int) getOrDefault(own().folds);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  default Param<String> kernel() {
    return own().kernel;
  }

  /** Value of {@link #kernel}. */
  default String getKernel() {
    return getOrDefault(own().kernel);
  }

  /** The model of one pass. */
  default Param<String> estimator() {
    return own().estimator;
  }

  /** Value of {@link #estimator}. */
  default String getEstimator() {
    return getOrDefault(own().estimator);
  }

  /** How the covariance is shrunk. */
  default Param<String> shrinkage() {
    return own().shrinkage;
  }

  /** Value of {@link #shrinkage}. */
  default String getShrinkage() {
    return getOrDefault(own().shrinkage);
  }

  /** Share of the identity with shrinkage {@code fixed}. */
  default DoubleParam rho() {
    return own().rho;
  }

  /** Value of {@link #rho}. */
  default double getRho() {
    return (double) getOrDefault(own().rho);
  }

  /** Multiple of the identity that shrinkage {@code ridge} adds. */
  default DoubleParam lambda() {
    return own().lambda;
  }

  /** Value of {@link #lambda}. */
  default double getLambda() {
    return (double) getOrDefault(own().lambda);
  }

  /** Relative residual at which conjugate gradients end. */
  default DoubleParam residual() {
    return own().residual;
  }

  /** Value of {@link #residual}. */
  default double getResidual() {
    return (double) getOrDefault(own().residual);
  }

  /** Most steps of conjugate gradients. */
  default IntParam iterations() {
    return own().iterations;
  }

  /** Value of {@link #iterations}. */
  default int getIterations() {
    return (int) getOrDefault(own().iterations);
  }

  /** Where standard errors come from. */
  default Param<String> standardErrors() {
    return own().standardErrors;
  }

  /** Value of {@link #standardErrors}. */
  default String getStandardErrors() {
    return getOrDefault(own().standardErrors);
  }

  /** Chooses rows sampled for calibration and probes of conjugate gradients. */
  default LongParam seed() {
    return own().seed;
  }

  /** Value of {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(own().seed);
  }

  /** Units of the features in which the covariance is shrunk. */
  default Param<String> shrinkageUnits() {
    return own().shrinkageUnits;
  }

  /** Value of {@link #shrinkageUnits}. */
  default String getShrinkageUnits() {
    return getOrDefault(own().shrinkageUnits);
  }

  /** Lambda of the ridge towards zero of Newton steps. */
  default DoubleParam penalty() {
    return own().penalty;
  }

  /** Value of {@link #penalty}. */
  default double getPenalty() {
    return (double) getOrDefault(own().penalty);
  }

  /** Shares of the classes where the model is used; unset: those among the rows. */
  default DoubleArrayParam priors() {
    return own().priors;
  }

  /**
   * Value of {@link #priors}.
   *
   * @throws java.util.NoSuchElementException if it is not set
   */
  default double[] getPriors() {
    return getOrDefault(own().priors).clone();
  }

  /** What a weight means for standard errors. */
  default Param<String> weightMeaning() {
    return own().weightMeaning;
  }

  /** Value of {@link #weightMeaning}. */
  default String getWeightMeaning() {
    return getOrDefault(own().weightMeaning);
  }

  /** Column that names a row. */
  default Param<String> idCol() {
    return own().idCol;
  }

  /**
   * Value of {@link #idCol}.
   *
   * @throws java.util.NoSuchElementException if it is not set
   */
  default String getIdCol() {
    return getOrDefault(own().idCol);
  }

  /** Most bytes that the statistics may take. */
  default LongParam memory() {
    return own().memory;
  }

  /** Value of {@link #memory}. */
  default long getMemory() {
    return (long) getOrDefault(own().memory);
  }
}
