// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/**
 * The rows of a generalised linear model, wherever they are. Each call is one pass over them. The
 * value of a proposal does not depend on which others share its pass.
 */
public interface GlmData {
  /** The model. */
  GlmShape shape();

  /**
   * The log likelihoods of C proposals.
   *
   * @param proposals C x p numbers of a possibly longer array, row by row
   * @param count C
   */
  double[] logLikelihoods(double[] proposals, int count);

  /** Log likelihood, gradient and minus the Hessian of one proposal, to be kept by the caller. */
  GlmDerivatives derivatives(double[] b);
}
