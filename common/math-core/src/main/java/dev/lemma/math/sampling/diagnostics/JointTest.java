// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import dev.lemma.math.probability.RatioLaw;
import java.util.Arrays;

/**
 * Geweke's joint distribution test: is a sampler's transition right, as code and not only as
 * mathematics?
 *
 * <p>Parameters and data are drawn jointly in two ways: independently, prior then data, and by a
 * chain that alternates one step of the sampler given the data with new data given the parameters.
 * If the step leaves the posterior unchanged both have the same law. For each function g the score
 * is z = (mean a - mean b) / sqrt(var a / M + var b / ESS b), nearly standard Gaussian for a right
 * sampler; a missing Jacobian, a wrong acceptance ratio or a wrong conditional moves it by an
 * amount that grows with sqrt(M), where checks of posterior means may see nothing.
 *
 * <p>Source: J. Geweke, Getting It Right: Joint Distribution Tests of Posterior Simulators, Journal
 * of the American Statistical Association 99 (2004), <a
 * href="https://doi.org/10.1198/016214504000001132">doi:10.1198/016214504000001132</a>.
 *
 * @param scores z of each function; NaN where the chain's values of one never change
 */
public record JointTest(double[] scores) {
  /** Copies the array in. */
  public JointTest {
    scores = scores.clone();
  }

  /**
   * Runs both simulations.
   *
   * @param model what to test
   * @param iterations M of each, at least 100
   * @throws IllegalArgumentException if there are fewer, or a function is not finite
   */
  public static <S> JointTest run(JointModel<S> model, int iterations) {
    if (iterations < 100) {
      throw new IllegalArgumentException(
          "a joint test needs at least 100 iterations, found " + iterations);
    }
    S state = model.simulate(0);
    int count = model.functions(state).length;
    double[][] independent = new double[count][iterations];
    double[][] successive = new double[count][iterations];
    for (int i = 0; i < iterations; i++) {
      store(model.functions(model.simulate(i + 1L)), independent, i);
    }
    for (int i = 0; i < iterations; i++) {
      state = model.transition(state, i);
      store(model.functions(state), successive, i);
    }
    return compare(independent, successive);
  }

  private static void store(double[] values, double[][] into, int at) {
    if (values.length != into.length) {
      throw new IllegalArgumentException(
          "a joint model must always give equally many functions: first "
              + into.length
              + ", now "
              + values.length);
    }
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        throw new IllegalArgumentException("function " + j + " of a joint model is not finite");
      }
      into[j][at] = values[j];
    }
  }

  /**
   * The scores of simulations that were made elsewhere.
   *
   * @param independent of each function its values at independent joint draws, at least 2
   * @param successive of each function its values along the chain, at least 6
   * @throws IllegalArgumentException if the numbers of functions differ
   */
  public static JointTest compare(double[][] independent, double[][] successive) {
    if (independent.length != successive.length) {
      throw new IllegalArgumentException(
          "a joint test compares the same functions, found "
              + independent.length
              + " and "
              + successive.length);
    }
    double[] scores = new double[independent.length];
    for (int j = 0; j < scores.length; j++) {
      double[] free = independent[j];
      double mean = Moments.mean(free, 0, free.length);
      double error = Moments.variance(free, 0, free.length, mean) / free.length;
      Column chain = Column.of(new double[][] {successive[j]});
      double chainError = chain.meanError(chain.meanSize());
      scores[j] = (mean - chain.mean()) / Math.sqrt(error + chainError * chainError);
    }
    return new JointTest(scores);
  }

  /** Copies the array out. */
  @Override
  public double[] scores() {
    return scores.clone();
  }

  /**
   * The probability, for a right sampler, of a largest |z| at least as large as found: the
   * two-sided tail times the number of functions (Bonferroni's bound, at most 1). NaN if a score
   * is.
   */
  public double probability() {
    double worst = 0;
    for (double score : scores) {
      worst = Math.max(worst, Math.abs(score));
    }
    if (Double.isNaN(worst)) {
      return Double.NaN;
    }
    // z^2 is a chi-square variable of one degree, Gamma(1/2) over its mean.
    double tail = Math.exp(RatioLaw.gamma(0.5).logAbove(worst * worst - 1));
    return Math.min(1, scores.length * tail);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JointTest that && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    return "JointTest[scores=" + Arrays.toString(scores) + "]";
  }
}
