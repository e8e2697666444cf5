// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How far and how a {@link Ladder} goes.
 *
 * @param rung the passes
 * @param lambda of the {@link Ridge} towards zero that defines the penalised likelihood, on
 *     standardised columns and the sum of the losses, as scikit-learn's C = 1 / lambda; 0 for the
 *     maximum likelihood itself
 * @param weights what weights mean for the numbers of rows behind errors and shrinkage
 * @param priors K shares of the classes in the population that the model is for, or none: as in the
 *     data. Applied last, to the intercepts
 * @param tolerance of {@link Rung#MAXIMUM}: Newton decrement per unit of weight
 * @param work bound for the flops spent outside passes on the optional extras: cross-fitted
 *     moment-matched candidates and the grid of ridges; what does not fit is left out and noted
 * @param errors where standard errors come from
 * @param seed chooses rows sampled for calibration, more than two classes only
 */
public record LadderOptions(
    Rung rung,
    double lambda,
    WeightSemantics weights,
    double[] priors,
    double tolerance,
    double work,
    ErrorRule errors,
    long seed) {
  /** About a minute of one core. */
  public static final double DEFAULT_WORK = 1e11;

  /** Checks the ranges and copies the array in. */
  public LadderOptions {
    priors = priors.clone();
    Ridge.toZero(lambda);
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance: expected more than 0, found " + tolerance);
    }
    if (!(work >= 0)) {
      throw new IllegalArgumentException("work: expected at least 0, found " + work);
    }
    if (priors.length > 0) {
      ClassPriors.check(priors, priors.length);
    }
  }

  /** The usual choices: lambda 1, importance weights, priors as in the data. */
  public static LadderOptions of(Rung rung) {
    return new LadderOptions(
        rung, 1, WeightSemantics.IMPORTANCE, new double[0], 1e-11, DEFAULT_WORK, ErrorRule.AUTO, 0);
  }

  /** Copies the array out. */
  @Override
  public double[] priors() {
    return priors.clone();
  }

  /** The same with another lambda. */
  public LadderOptions withLambda(double other) {
    return new LadderOptions(rung, other, weights, priors, tolerance, work, errors, seed);
  }

  /** The same with standard errors from elsewhere. */
  public LadderOptions with(ErrorRule other) {
    return new LadderOptions(rung, lambda, weights, priors, tolerance, work, other, seed);
  }

  /** The same with another meaning of weights. */
  public LadderOptions with(WeightSemantics other) {
    return new LadderOptions(rung, lambda, other, priors, tolerance, work, errors, seed);
  }

  /** The same for a population with these shares of the classes. */
  public LadderOptions withPriors(double... other) {
    return new LadderOptions(rung, lambda, weights, other, tolerance, work, errors, seed);
  }
}
