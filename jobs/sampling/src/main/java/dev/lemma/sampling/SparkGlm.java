// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.glm.AugmentationKernel;
import dev.lemma.math.sampling.glm.GlmData;
import dev.lemma.math.sampling.glm.GlmDerivatives;
import dev.lemma.math.sampling.glm.GlmKernel;
import dev.lemma.math.sampling.glm.GlmShape;
import dev.lemma.math.sampling.glm.Likelihood;
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
          leaf -> new GlmKernel(model).logLikelihoods(leaf.block(), proposals, count),
          LocalGlm::plus);
    }
    Broadcast<double[]> shared =
        context.broadcast(Arrays.copyOf(proposals, count * shape.parameters()));
    try {
      return leaves.pass(
          leaf -> new GlmKernel(model).logLikelihoods(leaf.block(), shared.value(), count),
          LocalGlm::plus);
    } finally {
      shared.destroy();
    }
  }

  /**
   * The sums of latent variables of all rows; a pass of its own.
   *
   * @param b C x d coefficients, chain by chain
   * @param chains C
   */
  double[] latent(AugmentationKernel kernel, double[] b, int chains, long iteration) {
    evaluations += chains;
    Likelihood likelihood = shape.likelihood();
    int columns = shape.columns();
    long seed = kernel.key().seed();
    long stream = kernel.key().stream();
    double[] points = b.clone();
    return leaves.pass(
        leaf ->
            new AugmentationKernel(likelihood, columns, new StreamKey(seed, stream))
                .sums(leaf.block(), leaf.keys(), leaf.numbers(), points, chains, iteration),
        LocalGlm::plus);
  }

  @Override
  public GlmDerivatives derivatives(double[] b) {
    evaluations++;
    GlmShape model = shape;
    double[] point = b.clone();
    return leaves.pass(
        leaf -> new GlmKernel(model).derivatives(leaf.block(), point), GlmDerivatives::add);
  }
}
