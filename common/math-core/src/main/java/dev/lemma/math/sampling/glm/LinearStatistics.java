// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;
import java.io.Serializable;

/**
 * All that a Gaussian linear model needs of its rows: their weight, the means of columns and label,
 * and the scatter around them. One pass makes them; they can be merged.
 *
 * <p>A block is summed around its own means, and merging accounts for their distance, so that large
 * means cost no digits.
 *
 * <p>Source: T. F. Chan, G. H. Golub and R. J. LeVeque, <em>Algorithms for computing the sample
 * variance</em>, 1983, <a
 * href="https://doi.org/10.1080/00031305.1983.10483115">doi:10.1080/00031305.1983.10483115</a>.
 */
public final class LinearStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long rows;
  private final double weight;
  private final double[] means;
  private final PackedSymmetric scatter;

  private LinearStatistics(long rows, double weight, double[] means, PackedSymmetric scatter) {
    this.rows = rows;
    this.weight = weight;
    this.means = means;
    this.scatter = scatter;
  }

  /** Those of a block: d columns without a constant, and the label. O(m d<sup>2</sup>). */
  public static LinearStatistics of(GlmBlock block) {
    int d = block.columns();
    double[] means = new double[d + 1];
    double weight = 0;
    long rows = 0;
    double[] row = new double[d + 1];
    for (int i = 0; i < block.rows(); i++) {
      copy(block, i, row);
      weight += block.weight(i);
      rows += block.weight(i) > 0 ? 1 : 0;
      for (int j = 0; j <= d; j++) {
        means[j] += block.weight(i) * row[j];
      }
    }
    for (int j = 0; j <= d; j++) {
      means[j] = weight > 0 ? means[j] / weight : 0;
    }
    PackedSymmetric scatter = PackedSymmetric.zero(d + 1);
    for (int i = 0; i < block.rows(); i++) {
      copy(block, i, row);
      for (int j = 0; j <= d; j++) {
        row[j] -= means[j];
      }
      scatter.addRankOneInPlace(block.weight(i), row);
    }
    return new LinearStatistics(rows, weight, means, scatter);
  }

  private static void copy(GlmBlock block, int i, double[] row) {
    int d = block.columns();
    System.arraycopy(block.x(), i * d, row, 0, d);
    row[d] = block.label(i);
  }

  /** The statistics of both sets of rows. */
  public LinearStatistics plus(LinearStatistics other) {
    double sum = weight + other.weight;
    if (sum == 0) {
      return new LinearStatistics(rows + other.rows, 0, means, scatter);
    }
    double[] gap = new double[means.length];
    double[] joint = new double[means.length];
    for (int j = 0; j < gap.length; j++) {
      gap[j] = other.means[j] - means[j];
      joint[j] = means[j] + gap[j] * (other.weight / sum);
    }
    PackedSymmetric all = scatter.copy();
    all.addScaledInPlace(1, other.scatter);
    all.addRankOneInPlace(weight * (other.weight / sum), gap);
    return new LinearStatistics(rows + other.rows, sum, joint, all);
  }

  /** d. */
  public int columns() {
    return means.length - 1;
  }

  /** Number of rows with a positive weight. */
  public long rows() {
    return rows;
  }

  /** Sum of the weights. */
  public double weight() {
    return weight;
  }

  /** Mean of the label. */
  public double labelMean() {
    return means[columns()];
  }

  /** Standard deviation of the label, divisor W; 0 without rows. */
  public double labelDeviation() {
    int d = columns();
    return weight > 0 ? Math.sqrt(scatter.get(d, d) / weight) : 0;
  }

  /** Mean of column j, or of the label for j = d. */
  double mean(int j) {
    return means[j];
  }

  /** Scatter around the means, (d + 1) x (d + 1), the label last; the object's own. */
  PackedSymmetric scatter() {
    return scatter;
  }
}
