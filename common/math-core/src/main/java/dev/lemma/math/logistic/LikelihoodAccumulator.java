// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.Kernel;
import java.util.List;
import java.util.Objects;

/**
 * Sums the answers to the probes of a {@link PassPlan} over the rows of one part of the data.
 *
 * <ul>
 *   <li>{@link #exact}: own loops, row by row in the order of the calls: the bits depend on that
 *       order alone, not on the encoding of the rows. Exponentials are {@link StrictMath}'s.
 *   <li>{@link #fast}: dense rows in blocks through a BLAS handed in, sparse ones (under one entry
 *       in eight) by their entries.
 * </ul>
 *
 * <p>A row costs, for each probe that its fold is part of, 2 nnz (K - 1) flops for losses, as much
 * again for a direction and for a gradient, and nnz^2 K (K - 1) / 2 for a Hessian. A row of weight
 * 0 leaves no trace. Not thread-safe; no memory is allocated for a row.
 */
public final class LikelihoodAccumulator {
  // Below this share of entries a sparse row goes by its entries.
  private static final int SPARSE_BELOW = 8;

  private static final int MAX_FOLDS = 1024;

  private final PassPlan plan;
  private final LikelihoodSums sums;
  private final AugmentedRow row;
  private final RowDerivatives derivatives;
  private final double[] z;
  private final double[] dz;
  private final LikelihoodBlock[] blocks;
  private final Gemm gemm;
  private boolean finished;

  private LikelihoodAccumulator(PassPlan plan, Kernel kernel, Gemm gemm) {
    this.plan = plan;
    this.gemm = gemm;
    sums = LikelihoodSums.empty(plan);
    row = new AugmentedRow(plan.shift());
    derivatives = new RowDerivatives(plan.classes() - 1, kernel);
    z = new double[plan.classes() - 1];
    dz = new double[plan.classes() - 1];
    boolean byFold = plan.probes().stream().anyMatch(p -> !(p.rows() instanceof FoldChoice.All));
    blocks = new LikelihoodBlock[kernel == Kernel.EXACT ? 0 : byFold ? MAX_FOLDS : 1];
  }

  /** An accumulator that sums in the order of the calls. */
  public static LikelihoodAccumulator exact(PassPlan plan) {
    return new LikelihoodAccumulator(plan, Kernel.EXACT, null);
  }

  /** An accumulator that sums in blocks. */
  public static LikelihoodAccumulator fast(PassPlan plan, Gemm gemm) {
    return new LikelihoodAccumulator(plan, Kernel.FAST, gemm);
  }

  /**
   * Adds a dense row.
   *
   * @param fold at least 0 and below 1024
   * @param label class of the row, 0 to K - 1
   * @param weight at least 0, finite
   * @param x finite numbers, the row's at x[from .. from + d)
   */
  public void add(int fold, int label, double weight, double[] x, int from) {
    if (skip(label, weight)) {
      return;
    }
    if (blocks.length > 0) {
      block(fold).add(label, weight, x, from);
      return;
    }
    row.set(x, from);
    addRow(fold, label, weight);
  }

  /**
   * Adds a sparse row.
   *
   * @param columns ascending, each in [0, d)
   * @param values finite
   * @param count how many entries of both count
   */
  public void add(int fold, int label, double weight, int[] columns, double[] values, int count) {
    if (skip(label, weight)) {
      return;
    }
    if (blocks.length > 0 && count >= plan.features() / SPARSE_BELOW) {
      block(fold).add(label, weight, columns, values, count);
      return;
    }
    row.set(columns, values, count);
    addRow(fold, label, weight);
  }

  /** The sums over all rows added. Ends the accumulation. */
  public LikelihoodSums finish() {
    finished = true;
    for (LikelihoodBlock block : blocks) {
      if (block != null) {
        block.finish();
      }
    }
    return sums;
  }

  private boolean skip(int label, double weight) {
    if (finished) {
      throw new IllegalStateException("a finished accumulation takes no further row");
    }
    if (label < 0 || label >= plan.classes()) {
      throw new IllegalArgumentException(
          "label: expected 0 to " + (plan.classes() - 1) + ", found " + label);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight: expected a finite number of at least 0, found " + weight);
    }
    return weight == 0;
  }

  private LikelihoodBlock block(int fold) {
    int index = blocks.length == 1 ? 0 : Objects.checkIndex(fold, MAX_FOLDS);
    if (blocks[index] == null) {
      blocks[index] = new LikelihoodBlock(plan, sums, index, gemm);
    }
    return blocks[index];
  }

  private void addRow(int fold, int label, double weight) {
    List<Probe> probes = plan.probes();
    for (int p = 0; p < probes.size(); p++) {
      if (probes.get(p).rows().accepts(fold)) {
        addRow(p, probes.get(p), label, weight);
      }
    }
  }

  private void addRow(int p, Probe probe, int label, double weight) {
    int width = plan.features() + 1;
    double[] direction = probe.direction();
    for (int c = 0; c < z.length; c++) {
      z[c] = row.dot(probe.base(), c * width);
      if (direction.length > 0) {
        dz[c] = row.dot(direction, c * width);
      }
    }
    double[] state = sums.state();
    int at = sums.offset(p);
    state[at] += 1;
    state[at + 1] += weight;
    state[at + 2] += weight * weight;
    derivatives.add(
        label, weight, z, 0, dz, 0, direction.length > 0, probe.steps(), state, sums.stepOffset(p));
    int detail = probe.detail().ordinal();
    if (detail >= PassDetail.GRADIENT.ordinal()) {
      int to = sums.gradientOffset(p);
      for (int c = 0; c < z.length; c++) {
        row.addTo(weight * derivatives.residuals[c], state, to + c * width);
      }
    }
    if (detail >= PassDetail.HESSIAN.ordinal()) {
      addMatrices(p, probe.detail(), weight, state);
    }
  }

  private void addMatrices(int p, PassDetail detail, double weight, double[] state) {
    int length = (int) plan.blockLength();
    boolean outer = detail.ordinal() >= PassDetail.OUTER_PRODUCTS.ordinal();
    int to = sums.hessianOffset(p);
    int outerTo = outer ? sums.outerOffset(p) : 0;
    for (int e = 0; e < z.length; e++) {
      for (int c = 0; c <= e; c++) {
        row.addOuter(weight * curvature(derivatives, c, e), state, to);
        to += length;
        if (outer) {
          double product = derivatives.residuals[c] * derivatives.residuals[e];
          row.addOuter(detail.outerWeight(weight) * product, state, outerTo);
          outerTo += length;
        }
      }
    }
  }

  /** Second derivative of the loss by scores c and e: p_c ([c = e] - p_e). */
  static double curvature(RowDerivatives at, int c, int e) {
    return c == e
        ? at.probabilities[c] * at.complements[c]
        : -at.probabilities[c] * at.probabilities[e];
  }
}
