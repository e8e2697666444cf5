// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The bandwidth that suits a kernel's rows without looking at any label: the median distance of
 * pairs of different rows, in the distance that the kernel sees; for the softmax kernel
 * d<sup>1/4</sup>, whatever the rows, which is the scale 1 / sqrt(d) of attention.
 *
 * <p>Source: D. Garreau, W. Jitkrittum and M. Kanagawa, <em>Large sample analysis of the median
 * heuristic</em>, 2017, <a href="https://arxiv.org/abs/1707.07269">arXiv:1707.07269</a>.
 */
public final class MedianRule {
  private MedianRule() {}

  /**
   * The bandwidth for pairs of rows.
   *
   * @param kernel of any bandwidth
   * @param d length of a row
   * @return empty if no pair is of different rows
   */
  public static OptionalDouble bandwidth(KernelFunction kernel, int d, List<PairMeasures> pairs) {
    if (kernel instanceof KernelFunction.Softmax) {
      return OptionalDouble.of(StrictMath.sqrt(StrictMath.sqrt(d)));
    }
    double[] distances =
        pairs.stream()
            .mapToDouble(pair -> kernel.isIsotropic() ? pair.distance() : pair.manhattan())
            .filter(distance -> distance > 0 && distance < Double.POSITIVE_INFINITY)
            .toArray();
    if (distances.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(distances);
    int middle = distances.length / 2;
    return OptionalDouble.of(
        distances.length % 2 == 1
            ? distances[middle]
            : distances[middle - 1] / 2 + distances[middle] / 2);
  }
}
