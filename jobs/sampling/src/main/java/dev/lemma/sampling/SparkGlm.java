// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.glm.GlmData;
import dev.lemma.math.sampling.glm.GlmDerivatives;
import dev.lemma.math.sampling.glm.GlmKernel;
import dev.lemma.math.sampling.glm.GlmShape;
import dev.lemma.math.sampling.glm.LocalGlm;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A generalised linear model over cached leaves: every call is one pass, and one Spark job at most,
 * in which proposals travel as one broadcast.
 */
final class SparkGlm implements GlmData {
  private final GlmShape shape;
  private final CachedLeaves leaves;
  private final JavaSparkContext context;
  private long evaluations;

  SparkGlm(GlmShape shape, CachedLeaves leaves, JavaSparkContext context) {
    this.shape = shape;
    this.leaves = leaves;
    this.context = context;
  }

  /** Log likelihoods evaluated so far, those with derivatives among them. */
  long evaluations() {
    return evaluations;
  }

  @Override
  public GlmShape shape() {
    return shape;
  }

  @Override
  public double[] logLikelihoods(double[] proposals, int count) {
    evaluations += count;
    GlmShape model = shape;
    if (leaves.areHere()) {
      return leaves.pass(
          block -> new GlmKernel(model).logLikelihoods(block, proposals, count), LocalGlm::plus);
    }
    Broadcast<double[]> shared =
        context.broadcast(Arrays.copyOf(proposals, count * shape.parameters()));
    try {
      return leaves.pass(
          block -> new GlmKernel(model).logLikelihoods(block, shared.value(), count),
          LocalGlm::plus);
    } finally {
      shared.destroy();
    }
  }

  @Override
  public GlmDerivatives derivatives(double[] b) {
    evaluations++;
    GlmShape model = shape;
    double[] point = b.clone();
    return leaves.pass(
        block -> new GlmKernel(model).derivatives(block, point), GlmDerivatives::add);
  }
}
