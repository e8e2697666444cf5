// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ClosedForm;
import dev.lemma.math.logistic.ErrorRule;
import dev.lemma.math.logistic.LadderOptions;
import dev.lemma.math.logistic.Rung;
import java.util.Objects;

/**
 * How a model is trained.
 *
 * @param passes how many times the rows are read
 * @param folds folds of cross-validation, at least 2 for more than one pass
 * @param kernel how sums are formed
 * @param estimator which model one pass leads to; more passes compare all of them
 * @param closedForm the closed form of the estimator, where it has one
 * @param weights what weights mean
 * @param memory most bytes that the statistics, the models or the sums of a pass may take
 * @param penalty lambda of the ridge towards zero of Newton steps and of moment matching, on
 *     standardised columns and the sum of the losses
 * @param tolerance Newton decrement per unit of weight at which the likelihood counts as maximised
 * @param iterations how far conjugate gradients go
 * @param errors where standard errors come from
 * @param seed chooses the rows sampled for calibration with more than two classes, and the probes
 *     of conjugate gradients
 */
public record LogisticSettings(
    Passes passes,
    int folds,
    Kernel kernel,
    Estimator estimator,
    ClosedForm closedForm,
    WeightMeaning weights,
    long memory,
    double penalty,
    double tolerance,
    Iterations iterations,
    ErrorRule errors,
    long seed) {
  /** Default of {@link #penalty}: scikit-learn's C = 1. */
  public static final double PENALTY = 1;

  /** Default of {@link #tolerance}. */
  public static final double TOLERANCE = 1e-11;

  /** Checks ranges. */
  public LogisticSettings {
    Objects.requireNonNull(passes, "passes");
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(estimator, "estimator");
    Objects.requireNonNull(closedForm, "closedForm");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(iterations, "iterations");
    Objects.requireNonNull(errors, "errors");
    if (folds < 1) {
      throw new IllegalArgumentException("folds must be at least 1, found " + folds);
    }
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be at least 1 byte, found " + memory);
    }
    if (!(penalty >= 0 && penalty <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("penalty must be finite and at least 0, found " + penalty);
    }
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance must be above 0, found " + tolerance);
    }
  }

  /** With the estimator of the closed form, and the defaults of everything else. */
  public LogisticSettings(
      Passes passes,
      int folds,
      Kernel kernel,
      ClosedForm closedForm,
      WeightMeaning weights,
      long memory) {
    this(
        passes,
        folds,
        kernel,
        Estimator.of(closedForm.pooling()),
        closedForm,
        weights,
        memory,
        PENALTY,
        TOLERANCE,
        Iterations.DEFAULT,
        ErrorRule.AUTO,
        0);
  }

  /** Whether one pass leads to a model that was named, so that folds have nothing to say. */
  boolean isClosed() {
    return passes == Passes.ONE
        && estimator != Estimator.AUTO
        && estimator != Estimator.CONJUGATE_GRADIENTS;
  }

  /** The folds that are formed: they cost a hash of every row and memory. */
  int usedFolds() {
    return isClosed() ? 1 : folds;
  }

  /** How far and how the ladder goes. */
  LadderOptions ladder() {
    return new LadderOptions(
        Rung.parse(passes.key()),
        penalty,
        weights.semantics(),
        new double[0],
        tolerance,
        LadderOptions.DEFAULT_WORK,
        errors,
        seed);
  }
}
