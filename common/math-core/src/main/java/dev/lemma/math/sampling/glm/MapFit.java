// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.List;

/** What came of the search for the posterior's mode. */
public sealed interface MapFit {
  /** Passes over the rows that it took. */
  int passes();

  /**
   * The mode was found.
   *
   * @param mode p numbers
   * @param value log posterior there
   * @param curvature minus its Hessian next to it, positive definite
   * @param passes passes over the rows
   */
  record Converged(double[] mode, double value, PackedSymmetric curvature, int passes)
      implements MapFit {}

  /**
   * There is none: the likelihood keeps growing along a direction in which the prior is flat, as it
   * does when a combination of columns separates the classes, or a count is always 0.
   *
   * @param parameters names of the parameters that run away
   * @param passes passes over the rows
   */
  record Unbounded(List<String> parameters, int passes) implements MapFit {}

  /**
   * The data say nothing about a combination of parameters under flat priors: columns repeat one
   * another or are constant.
   *
   * @param parameters names of the parameters that the others determine
   * @param passes passes over the rows
   */
  record Singular(List<String> parameters, int passes) implements MapFit {}

  /**
   * The data say nothing at all, and no prior is proper.
   *
   * @param passes passes over the rows
   */
  record Flat(int passes) implements MapFit {}

  /**
   * The log posterior is not a finite number where the search went.
   *
   * @param passes passes over the rows
   */
  record NotFinite(int passes) implements MapFit {}

  /**
   * The iterations ran out.
   *
   * @param decrement what the last step still promised to gain
   * @param passes passes over the rows
   */
  record NotConverged(double decrement, int passes) implements MapFit {}
}
