// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The posterior of the coefficients of a generalised linear model: log likelihood plus log prior,
 * up to the constants that {@link Likelihood} leaves out. A call over several proposals is one pass
 * over the rows.
 */
public final class GlmPosterior implements CurvedTarget {
  private final GlmData data;
  private final List<String> names;
  private final List<Prior> priors;
  private final double share;

  /**
   * The posterior of all rows.
   *
   * @param data the rows
   * @param names of the p coefficients
   * @param priors of the p coefficients
   */
  public GlmPosterior(GlmData data, List<String> names, List<Prior> priors) {
    this(data, names, priors, 1);
  }

  /**
   * The posterior of a part of the rows, with the prior to the power of the part's share: the
   * product of all parts' is the posterior of all rows.
   *
   * @param share in (0, 1], such as 1 / S
   */
  public GlmPosterior(GlmData data, List<String> names, List<Prior> priors, double share) {
    this.data = data;
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share must lie in (0, 1], found " + share);
    }
    this.share = share;
    this.names = List.copyOf(names);
    this.priors = List.copyOf(priors);
    int p = data.shape().parameters();
    if (names.size() != p || priors.size() != p) {
      throw new IllegalArgumentException(
          "there are "
              + p
              + " coefficients, found "
              + names.size()
              + " names and "
              + priors.size()
              + " priors");
    }
    for (Prior prior : priors) {
      if (prior instanceof Prior.HalfCauchy) {
        throw new IllegalArgumentException("half-cauchy is for standard deviations");
      }
    }
  }

  @Override
  public int dimension() {
    return priors.size();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public void logDensities(double[] proposals, int count, double[] out) {
    add(data.logLikelihoods(proposals, count), proposals, Prior::logDensity, count, out);
  }

  @Override
  public void rounded(double[] proposals, int count, double[] out) {
    add(data.logLikelihoods(proposals, count), proposals, Prior::rounded, count, out);
  }

  private void add(
      double[] likelihoods,
      double[] proposals,
      ToDoubleBiFunction<Prior, Double> density,
      int count,
      double[] out) {
    int p = dimension();
    for (int c = 0; c < count; c++) {
      double sum = 0;
      for (int j = 0; j < p; j++) {
        sum += density.applyAsDouble(priors.get(j), proposals[c * p + j]);
      }
      out[c] = likelihoods[c] + share * sum;
    }
  }

  @Override
  public double[] start() {
    return new double[dimension()];
  }

  @Override
  public Expansion expand(double[] b) {
    GlmDerivatives likelihood = data.derivatives(b);
    double[] gradient = likelihood.gradient().clone();
    PackedSymmetric curvature = likelihood.curvature().copy();
    for (int j = 0; j < b.length; j++) {
      gradient[j] += share * priors.get(j).slope(b[j]);
      curvature.set(j, j, curvature.get(j, j) + share * priors.get(j).curvature(b[j]));
    }
    double[] value = new double[1];
    add(new double[] {likelihood.value()}, b, Prior::rounded, 1, value);
    return new Expansion(
        value[0], gradient, curvature, likelihood.curvature(), likelihood.weight());
  }

  @Override
  public boolean isFlat(int j) {
    return !priors.get(j).isProper();
  }
}
