// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.diagnostics.ParetoSmoothing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What importance weights are worth.
 *
 * @param shape k-hat, NaN where the tail is too short or of one weight
 * @param trusted whether weighted means can be trusted: see {@link ParetoSmoothing#trusted}
 * @param effectiveSize of the smoothed weights
 * @param tailLength number of weights that k-hat is fitted to
 */
@DefaultSerializer(JavaSerializer.class)
record Weights(double shape, boolean trusted, double effectiveSize, int tailLength)
    implements Serializable {
  /** The weights that a source holds: a pass over them, done by one task. */
  static Weights of(DrawsSource source, String name, ChainCounts counts) {
    ColumnGroups alone = new ColumnGroups(List.of(name), 1);
    return new ColumnPass<Weights>(source, alone, counts)
        .run(() -> (column, notFinite, draws) -> judge(name, draws))
        .first();
  }

  private static Weights judge(String name, double[] logWeights) {
    for (double weight : logWeights) {
      if (Double.isNaN(weight) || weight == Double.POSITIVE_INFINITY) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                name,
                "the logarithm of a weight is missing, NaN or infinite",
                "repair it, or name the right column by draws.log-weight"));
      }
    }
    if (Arrays.stream(logWeights).allMatch(weight -> weight == Double.NEGATIVE_INFINITY)) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(name, "all weights are 0", "check what the weights were computed from"));
    }
    ParetoSmoothing smoothing = ParetoSmoothing.of(logWeights);
    return new Weights(
        smoothing.shape(), smoothing.trusted(), smoothing.effectiveSize(), smoothing.tailLength());
  }

  /** Whether k-hat is at most this; unknown k-hat of a level tail is. */
  boolean within(double limit) {
    return Double.isNaN(shape) ? trusted : shape <= limit;
  }
}
