// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.linalg.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one fold gathered into blocks, and the sums over a block by matrix products: scores X
 * theta', gradient R'X, and for each pair of scores the upper triangle of X' diag(omega) X by
 * panels of columns.
 */
final class LikelihoodBlock {
  private static final int BYTES = 1 << 20;
  private static final int PANEL = 96;

  private final PassPlan plan;
  private final LikelihoodSums sums;
  private final Gemm gemm;
  private final RowDerivatives derivatives;
  private final int width;
  private final int capacity;
  private final double[] rows;
  private final int[] labels;
  private final double[] weights;
  private int count;

  private final int[] probes;
  private final int[] scoreOffsets;
  private final int scoreWidth;
  private final double[] parameters;
  private final double[] scores;
  private final double[] residuals;
  private final double[] curvatures;
  private final double[] scaled;
  private final List<double[]> matrices = new ArrayList<>();

  LikelihoodBlock(PassPlan plan, LikelihoodSums sums, int fold, Gemm gemm) {
    this.plan = plan;
    this.sums = sums;
    this.gemm = gemm;
    int scoresEach = plan.classes() - 1;
    derivatives = new RowDerivatives(scoresEach, Kernel.FAST);
    width = plan.features() + 1;
    capacity = Math.max(64, Math.min(1024, BYTES / (8 * width)));
    rows = new double[capacity * width];
    labels = new int[capacity];
    weights = new double[capacity];
    probes = accepting(plan, fold);
    scoreOffsets = new int[probes.length + 1];
    boolean matrixWanted = false;
    for (int i = 0; i < probes.length; i++) {
      Probe probe = plan.probes().get(probes[i]);
      scoreOffsets[i + 1] =
          scoreOffsets[i] + (probe.direction().length > 0 ? 2 * scoresEach : scoresEach);
      int wanted = wantedMatrices(probe);
      matrixWanted |= wanted > 0;
      for (int k = 0; k < wanted; k++) {
        matrices.add(new double[Math.multiplyExact(width, width)]);
      }
    }
    scoreWidth = scoreOffsets[probes.length];
    parameters = new double[Math.multiplyExact(width, scoreWidth)];
    for (int i = 0; i < probes.length; i++) {
      Probe probe = plan.probes().get(probes[i]);
      fillParameters(probe.base(), scoreOffsets[i]);
      if (probe.direction().length > 0) {
        fillParameters(probe.direction(), scoreOffsets[i] + scoresEach);
      }
    }
    scores = new double[capacity * scoreWidth];
    residuals = new double[capacity * scoresEach];
    curvatures = new double[matrixWanted ? capacity * 2 * (int) plan.blocks() : 0];
    scaled = new double[matrixWanted ? capacity * width : 0];
  }

  private static int[] accepting(PassPlan plan, int fold) {
    int[] accepted = new int[plan.probes().size()];
    int count = 0;
    for (int p = 0; p < accepted.length; p++) {
      if (plan.probes().get(p).rows().accepts(fold)) {
        accepted[count++] = p;
      }
    }
    return Arrays.copyOf(accepted, count);
  }

  private int wantedMatrices(Probe probe) {
    return switch (probe.detail()) {
      case LOSS, GRADIENT -> 0;
      case HESSIAN -> (int) plan.blocks();
      case OUTER_PRODUCTS, COUNTED_OUTER_PRODUCTS -> 2 * (int) plan.blocks();
    };
  }

  private void fillParameters(double[] source, int column) {
    for (int c = 0; c < plan.classes() - 1; c++) {
      for (int j = 0; j < width; j++) {
        parameters[j * scoreWidth + column + c] = source[c * width + j];
      }
    }
  }

  void add(int label, double weight, double[] x, int from) {
    int to = begin(label, weight);
    double[] shift = plan.shift();
    for (int j = 0; j < shift.length; j++) {
      rows[to + 1 + j] = x[from + j] - shift[j];
    }
    end();
  }

  void add(int label, double weight, int[] columns, double[] values, int entries) {
    int to = begin(label, weight);
    double[] shift = plan.shift();
    for (int j = 0; j < shift.length; j++) {
      rows[to + 1 + j] = -shift[j];
    }
    for (int i = 0; i < entries; i++) {
      rows[to + 1 + columns[i]] += values[i];
    }
    end();
  }

  private int begin(int label, double weight) {
    labels[count] = label;
    weights[count] = weight;
    int to = count * width;
    rows[to] = 1;
    return to;
  }

  private void end() {
    count++;
    if (count == capacity) {
      flush();
    }
  }

  /** Sums the last rows and adds what was kept apart to the state. */
  void finish() {
    flush();
    int next = 0;
    for (int p : probes) {
      int wanted = wantedMatrices(plan.probes().get(p));
      if (wanted == 0) {
        continue;
      }
      int to = sums.hessianOffset(p);
      for (int k = 0; k < wanted; k++) {
        addPacked(matrices.get(next++), to);
        to += (int) plan.blockLength();
      }
    }
  }

  private void addPacked(double[] square, int to) {
    double[] state = sums.state();
    int at = to;
    for (int j = 0; j < width; j++) {
      for (int i = 0; i <= j; i++) {
        state[at++] += square[i * width + j];
      }
    }
  }

  private void flush() {
    if (count == 0 || probes.length == 0) {
      count = 0;
      return;
    }
    gemm.dgemm(
        count,
        scoreWidth,
        width,
        1,
        rows,
        0,
        width,
        parameters,
        0,
        scoreWidth,
        0,
        scores,
        0,
        scoreWidth);
    int matrix = 0;
    for (int i = 0; i < probes.length; i++) {
      Probe probe = plan.probes().get(probes[i]);
      addProbe(i, probe, matrix);
      matrix += wantedMatrices(probe);
    }
    count = 0;
  }

  private void addProbe(int i, Probe probe, int matrix) {
    int p = probes[i];
    double[] state = sums.state();
    int each = plan.classes() - 1;
    int detail = probe.detail().ordinal();
    boolean hessian = detail >= PassDetail.HESSIAN.ordinal();
    boolean outer = detail >= PassDetail.OUTER_PRODUCTS.ordinal();
    boolean hasDirection = probe.direction().length > 0;
    int at = sums.offset(p);
    int stepsAt = sums.stepOffset(p);
    for (int r = 0; r < count; r++) {
      double w = weights[r];
      state[at] += 1;
      state[at + 1] += w;
      state[at + 2] += w * w;
      int z = r * scoreWidth + scoreOffsets[i];
      derivatives.add(
          labels[r], w, scores, z, scores, z + each, hasDirection, probe.steps(), state, stepsAt);
      for (int c = 0; c < each; c++) {
        residuals[c * capacity + r] = w * derivatives.residuals[c];
      }
      if (hessian) {
        keepCurvatures(r, w, outer, probe.detail().outerWeight(w));
      }
    }
    if (detail >= PassDetail.GRADIENT.ordinal()) {
      gemm.dgemm(
          each,
          width,
          count,
          1,
          residuals,
          0,
          capacity,
          rows,
          0,
          width,
          1,
          state,
          sums.gradientOffset(p),
          width);
    }
    int wanted = wantedMatrices(probe);
    for (int k = 0; k < wanted; k++) {
      addGram(k * capacity, matrices.get(matrix + k));
    }
  }

  private void keepCurvatures(int r, double w, boolean outer, double outerWeight) {
    int pair = 0;
    int pairs = (int) plan.blocks();
    for (int e = 0; e < plan.classes() - 1; e++) {
      for (int c = 0; c <= e; c++) {
        curvatures[pair * capacity + r] = w * LikelihoodAccumulator.curvature(derivatives, c, e);
        if (outer) {
          curvatures[(pairs + pair) * capacity + r] =
              outerWeight * derivatives.residuals[c] * derivatives.residuals[e];
        }
        pair++;
      }
    }
  }

  private void addGram(int factors, double[] target) {
    for (int r = 0; r < count; r++) {
      double factor = curvatures[factors + r];
      int at = r * width;
      for (int j = 0; j < width; j++) {
        scaled[at + j] = factor * rows[at + j];
      }
    }
    for (int from = 0; from < width; from += PANEL) {
      int to = Math.min(width, from + PANEL);
      gemm.dgemmTransposed(
          to, to - from, count, 1, scaled, 0, width, rows, from, width, 1, target, from, width);
    }
  }
}
