// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PairwiseMerge;
import java.util.List;

/** Rows in memory, as leaves in their order. Thread-safe. */
public final class LocalGlm implements GlmData {
  private final GlmKernel kernel;
  private final List<GlmBlock> leaves;

  /** At least one leaf. */
  public LocalGlm(GlmShape shape, List<GlmBlock> leaves) {
    this.kernel = new GlmKernel(shape);
    this.leaves = List.copyOf(leaves);
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one leaf");
    }
  }

  @Override
  public GlmShape shape() {
    return kernel.shape();
  }

  @Override
  public double[] logLikelihoods(double[] proposals, int count) {
    return PairwiseMerge.of(
        leaves.stream().map(leaf -> kernel.logLikelihoods(leaf, proposals, count)).toList(),
        LocalGlm::plus);
  }

  @Override
  public GlmDerivatives derivatives(double[] b) {
    return PairwiseMerge.of(
        leaves.stream().map(leaf -> kernel.derivatives(leaf, b)).toList(), GlmDerivatives::add);
  }

  /** Adds the right sums to the left and returns them. */
  public static double[] plus(double[] left, double[] right) {
    for (int c = 0; c < left.length; c++) {
      left[c] += right[c];
    }
    return left;
  }
}
