// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.Gemm;
import dev.lemma.math.random.RowKey;
import java.util.Arrays;

/**
 * Scores the rows of one part of the data by the models of a {@link CrossFitPlan}.
 *
 * <ul>
 *   <li>{@link #exact}: own loops over the entries of a row in their order: a score does not depend
 *       on other rows nor on the encoding, so that all that follows has the same bits for every
 *       division of the rows.
 *   <li>{@link #fast}: dense rows in blocks of one fold through a BLAS handed in; sparse rows
 *       (under one entry in eight) by their entries.
 * </ul>
 *
 * <p>Not thread-safe. A block takes about 1 MB a fold.
 */
public final class CrossFitAccumulator {
  private static final int SPARSE_BELOW = 8;
  private static final int LOGITS = 256;
  private static final int BLOCK_DOUBLES = 1 << 17;

  private final CrossFitPlan plan;
  private final CrossFittedScores result;
  private final AugmentedRow row;
  private final double[] scores;
  private final Gemm gemm;
  private final Block[] blocks;
  private final Logits[] waiting;
  private final int scoreRows;

  private CrossFitAccumulator(CrossFitPlan plan, Gemm gemm) {
    this.plan = plan;
    this.gemm = gemm;
    result = CrossFittedScores.of(plan.shape(), plan.seed());
    row = new AugmentedRow(plan.shift());
    scoreRows = plan.candidates() * plan.scoresEach();
    scores = new double[plan.candidates() * plan.classes()];
    blocks = new Block[gemm == null ? 0 : plan.folds()];
    waiting = new Logits[plan.folds()];
  }

  /** An accumulator whose scores do not depend on other rows. */
  public static CrossFitAccumulator exact(CrossFitPlan plan) {
    return new CrossFitAccumulator(plan, null);
  }

  /** An accumulator that scores in blocks. */
  public static CrossFitAccumulator fast(CrossFitPlan plan, Gemm gemm) {
    return new CrossFitAccumulator(plan, gemm);
  }

  /**
   * Adds a dense row.
   *
   * @param key of the row
   * @param fold 0 to F - 1
   * @param label class of the row, 0 to K - 1
   * @param weight at least 0, finite; a row of weight 0 leaves no trace
   * @param x finite numbers, the row's at x[from .. from + d)
   */
  public void add(RowKey key, int fold, int label, double weight, double[] x, int from) {
    if (weight == 0) {
      return;
    }
    if (blocks.length > 0) {
      Block block = block(fold);
      double[] shift = plan.shift();
      int to = block.count * shift.length;
      for (int j = 0; j < shift.length; j++) {
        block.rows[to + j] = x[from + j] - shift[j];
      }
      block.end(key, label, weight);
      return;
    }
    row.set(x, from);
    score(key, fold, label, weight);
  }

  /**
   * Adds a sparse row.
   *
   * @param columns ascending, each in [0, d)
   * @param values finite
   * @param count how many entries of both count
   */
  public void add(
      RowKey key, int fold, int label, double weight, int[] columns, double[] values, int count) {
    if (weight == 0) {
      return;
    }
    if (blocks.length > 0 && count >= plan.features() / SPARSE_BELOW) {
      Block block = block(fold);
      double[] shift = plan.shift();
      int to = block.count * shift.length;
      for (int j = 0; j < shift.length; j++) {
        block.rows[to + j] = -shift[j];
      }
      for (int i = 0; i < count; i++) {
        block.rows[to + columns[i]] += values[i];
      }
      block.end(key, label, weight);
      return;
    }
    row.set(columns, values, count);
    score(key, fold, label, weight);
  }

  /** The scores of all rows added. Ends the accumulation. */
  public CrossFittedScores finish() {
    for (Block block : blocks) {
      if (block != null) {
        block.flush();
      }
    }
    for (Logits logits : waiting) {
      if (logits != null) {
        logits.flush((BinaryCrossFit) result);
      }
    }
    return result;
  }

  private Block block(int fold) {
    if (blocks[fold] == null) {
      blocks[fold] = new Block(fold);
    }
    return blocks[fold];
  }

  private void score(RowKey key, int fold, int label, double weight) {
    double[] parameters = plan.parameters()[fold];
    if (result instanceof BinaryCrossFit logits) {
      if (waiting[fold] == null) {
        waiting[fold] = new Logits(fold);
      }
      waiting[fold].add(logits, label, weight, parameters);
      return;
    }
    int width = plan.features() + 1;
    for (int c = 0; c < scoreRows; c++) {
      scores[c] = row.dot(parameters, c * width);
    }
    result.add(key, fold, label, weight, scores);
  }

  /**
   * Logits of rows of one fold that were scored one by one. They are summed together, candidate by
   * candidate, so that a summary stays in the cache; the order of rows leaves no trace in it.
   */
  private final class Logits {
    private final int fold;
    private final int[] labels = new int[LOGITS];
    private final double[] weights = new double[LOGITS];
    private final double[] products = new double[LOGITS * scoreRows];
    private int count;

    Logits(int fold) {
      this.fold = fold;
    }

    void add(BinaryCrossFit to, int label, double weight, double[] parameters) {
      labels[count] = label;
      weights[count] = weight;
      for (int c = 0; c < scoreRows; c++) {
        products[count * scoreRows + c] = row.dot(parameters, c * (plan.features() + 1));
      }
      if (++count == LOGITS) {
        flush(to);
      }
    }

    void flush(BinaryCrossFit to) {
      for (int c = 0; c < scoreRows; c++) {
        to.add(c, fold, labels, weights, products, scoreRows, 0, count);
      }
      count = 0;
    }
  }

  /** Rows of one fold that are scored together. */
  private final class Block {
    private final int fold;
    private final double[] rows;
    private final RowKey[] keys;
    private final int[] labels;
    private final double[] weights;
    private final double[] slopes;
    private final double[] products;
    private int count;

    Block(int fold) {
      this.fold = fold;
      int d = plan.features();
      int capacity = Math.max(32, Math.min(1024, BLOCK_DOUBLES / (d + scoreRows)));
      rows = new double[capacity * d];
      keys = new RowKey[capacity];
      labels = new int[capacity];
      weights = new double[capacity];
      products = new double[capacity * scoreRows];
      slopes = new double[d * scoreRows];
      double[] parameters = plan.parameters()[fold];
      for (int c = 0; c < scoreRows; c++) {
        for (int j = 0; j < d; j++) {
          slopes[j * scoreRows + c] = parameters[c * (d + 1) + 1 + j];
        }
      }
    }

    void end(RowKey key, int label, double weight) {
      keys[count] = key;
      labels[count] = label;
      weights[count] = weight;
      count++;
      if (count == keys.length) {
        flush();
      }
    }

    void flush() {
      int d = plan.features();
      if (d > 0) {
        gemm.dgemm(
            count, scoreRows, d, 1, rows, 0, d, slopes, 0, scoreRows, 0, products, 0, scoreRows);
      } else {
        Arrays.fill(products, 0);
      }
      double[] parameters = plan.parameters()[fold];
      if (result instanceof BinaryCrossFit logits) {
        for (int c = 0; c < scoreRows; c++) {
          logits.add(c, fold, labels, weights, products, scoreRows, parameters[c * (d + 1)], count);
        }
      } else {
        for (int i = 0; i < count; i++) {
          for (int c = 0; c < scoreRows; c++) {
            scores[c] = products[i * scoreRows + c] + parameters[c * (d + 1)];
          }
          result.add(keys[i], fold, labels[i], weights[i], scores);
        }
      }
      count = 0;
    }
  }
}
