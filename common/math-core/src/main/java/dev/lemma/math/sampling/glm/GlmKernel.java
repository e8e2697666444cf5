// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.linalg.PackedSymmetric;

/**
 * Log likelihoods of many coefficient vectors at once over a block of rows, and the derivatives at
 * one.
 *
 * <p>Rows are summed in their order, every proposal by itself: its sum has the same bits whatever
 * the others are and however many. Costs 2 d operations and the link for each row and proposal;
 * allocates nothing that grows with rows. Stateless and thread-safe.
 */
public final class GlmKernel {
  private final GlmShape shape;

  /** The kernel of a model. */
  public GlmKernel(GlmShape shape) {
    this.shape = shape;
  }

  /** The model. */
  public GlmShape shape() {
    return shape;
  }

  /**
   * The log likelihoods of C proposals.
   *
   * @param block rows with d columns
   * @param proposals C x p numbers of a possibly longer array, row by row
   * @param count C
   * @return C log likelihoods; -infinity where a row is impossible, NaN where z is infinity minus
   *     infinity
   */
  public double[] logLikelihoods(GlmBlock block, double[] proposals, int count) {
    check(block);
    ProposalTiles tiles = ProposalTiles.of(proposals, count, shape.parameters());
    double[] out = new double[count];
    for (int t = 0; t < tiles.tiles(); t++) {
      RowTerms terms = RowTerms.of(shape, tiles.width());
      double[][] coefficients = tiles.tile(t);
      for (int i = 0; i < block.rows(); i++) {
        terms.add(block, i, coefficients);
        if (i % RowTerms.CARRY == RowTerms.CARRY - 1) {
          terms.carry();
        }
      }
      terms.carry();
      System.arraycopy(terms.sums(), 0, out, t * ProposalTiles.MOST, tiles.filled(t));
    }
    return out;
  }

  /**
   * Log likelihood, gradient and minus the Hessian of one proposal. O(m p<sup>2</sup>).
   *
   * @param block rows with d columns
   * @param b p coefficients
   */
  public GlmDerivatives derivatives(GlmBlock block, double[] b) {
    check(block);
    if (b.length != shape.parameters()) {
      throw new IllegalArgumentException(
          "there are " + shape.parameters() + " coefficients, found " + b.length);
    }
    return shape.likelihood() == Likelihood.SOFTMAX ? softmax(block, b) : single(block, b);
  }

  private GlmDerivatives single(GlmBlock block, double[] b) {
    int d = shape.columns();
    GlmDerivatives sums = GlmDerivatives.zero(d);
    Link link = new Link(shape.likelihood());
    for (int i = 0; i < block.rows(); i++) {
      double weight = block.weight(i);
      link.at(block.predictor(i, b, 0), block.label(i));
      sums.value += weight * link.value;
      sums.weight += weight;
      addScaled(sums.gradient, 0, weight * link.slope, block, i);
      addOuter(sums.curvature, 0, 0, weight * link.curvature, block, i);
    }
    return sums;
  }

  private GlmDerivatives softmax(GlmBlock block, double[] b) {
    int d = shape.columns();
    int classes = shape.classes();
    GlmDerivatives sums = GlmDerivatives.zero(shape.parameters());
    double[] p = new double[classes];
    for (int i = 0; i < block.rows(); i++) {
      double weight = block.weight(i);
      int label = (int) block.label(i);
      double largest = 0;
      for (int k = 1; k < classes; k++) {
        p[k] = block.predictor(i, b, (k - 1) * d);
        largest = Math.max(largest, p[k]);
      }
      p[0] = 0;
      double score = p[label] - largest;
      double total = 0;
      for (int k = 0; k < classes; k++) {
        p[k] = StrictMath.exp(p[k] - largest);
        total += p[k];
      }
      sums.value += weight * (score - StrictMath.log(total));
      sums.weight += weight;
      for (int k = 1; k < classes; k++) {
        double pk = p[k] / total;
        addScaled(sums.gradient, (k - 1) * d, weight * ((label == k ? 1 : 0) - pk), block, i);
        for (int l = 1; l <= k; l++) {
          double pl = p[l] / total;
          double factor = weight * (k == l ? pk * (1 - pk) : -pk * pl);
          addOuter(sums.curvature, (l - 1) * d, (k - 1) * d, factor, block, i);
        }
      }
    }
    return sums;
  }

  private void addScaled(double[] to, int from, double factor, GlmBlock block, int i) {
    double[] x = block.x();
    int d = shape.columns();
    int at = i * d;
    for (int j = 0; j < d; j++) {
      to[from + j] += factor * x[at + j];
    }
  }

  /** Adds factor x x' at the block of the upper triangle that begins at (row, column). */
  private void addOuter(
      double[] packed, int row, int column, double factor, GlmBlock block, int i) {
    double[] x = block.x();
    int d = shape.columns();
    int at = i * d;
    for (int k = 0; k < d; k++) {
      int to = PackedSymmetric.index(0, column + k) + row;
      double scaled = factor * x[at + k];
      int end = row == column ? k : d - 1;
      for (int j = 0; j <= end; j++) {
        packed[to + j] += scaled * x[at + j];
      }
    }
  }

  private void check(GlmBlock block) {
    if (block.columns() != shape.columns()) {
      throw new IllegalArgumentException(
          "the model has " + shape.columns() + " columns, the rows have " + block.columns());
    }
  }
}
