// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;
import java.util.List;

/** What a {@link Polish} came to. */
public final class PolishResult {
  // A separating direction moves some columns; those that it moves a tenth as much are named too.
  private static final double GROWING = 0.1;

  private final PolishEnd end;
  private final Design design;
  private final Ridge ridge;
  private final double[] parameters;
  private final double[] measuredAt;
  private final boolean certified;
  private final LikelihoodSums sums;
  private final double[] direction;
  private final int[] dropped;
  private final List<PolishStep> history;

  PolishResult(
      PolishEnd end,
      Design design,
      Ridge ridge,
      double[] parameters,
      double[] measuredAt,
      boolean certified,
      LikelihoodSums sums,
      double[] direction,
      int[] dropped,
      List<PolishStep> history) {
    this.end = end;
    this.design = design;
    this.ridge = ridge;
    this.parameters = parameters;
    this.measuredAt = measuredAt;
    this.certified = certified;
    this.sums = sums;
    this.direction = direction;
    this.dropped = dropped;
    this.history = history;
  }

  /** Why it ended. */
  public PolishEnd end() {
    return end;
  }

  /** The polished model. */
  public LinearModel model() {
    return ScoreParameters.toModel(parameters, design.shift());
  }

  /** The polished model's parameters about {@link Design#shift}, a copy. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** The parameters at which the last derivatives were taken, a copy. */
  public double[] measuredAt() {
    return measuredAt.clone();
  }

  /** What each pass found, in order. */
  public List<PolishStep> history() {
    return history;
  }

  /** Number of passes over the data. */
  public int passes() {
    return history.size();
  }

  /**
   * The certificate: an estimate of how far the mean penalised loss at {@link #measuredAt} is above
   * its minimum, half the squared Newton decrement per unit of weight. The model itself is that
   * point, or one more Newton step from it, which leaves far less.
   */
  public double decrement() {
    for (int i = history.size() - 1; i >= 0; i--) {
      double decrement = history.get(i).decrement();
      if (decrement >= 0) {
        return decrement;
      }
    }
    return Double.NaN;
  }

  /**
   * Whether {@link #decrement} speaks of this model: false when the last pass shortened the step
   * and no derivatives were taken since; it then speaks of the point before.
   */
  public boolean isCertified() {
    return certified;
  }

  /** Columns that other columns determine, or that are constant: their coefficients are 0. */
  public int[] droppedFeatures() {
    int width = design.features() + 1;
    boolean[] found = new boolean[width];
    for (int i : dropped) {
      // Of an absent class nothing is fitted, which says nothing of a column.
      found[i % width] |= design.classWeights()[i / width + 1] > 0;
    }
    return indices(found);
  }

  /** If {@link PolishEnd#SEPARATED}: the columns along which the separating direction grows. */
  public int[] growingFeatures() {
    boolean[] found = new boolean[design.features() + 1];
    boolean[] grows = growing();
    for (int i = 0; i < grows.length; i++) {
      found[i % found.length] |= grows[i];
    }
    return indices(found);
  }

  /**
   * By parameter, whether it is a slope that grows without end: there is no estimate and no
   * standard error of it.
   */
  boolean[] growing() {
    boolean[] found = new boolean[direction.length];
    if (end == PolishEnd.SEPARATED) {
      double most = 0;
      for (int i = 0; i < direction.length; i++) {
        most = Math.max(most, movement(i));
      }
      for (int i = 0; i < direction.length; i++) {
        found[i] = movement(i) > GROWING * most;
      }
    }
    return found;
  }

  private double movement(int i) {
    int j = i % (design.features() + 1);
    return j == 0 ? 0 : Math.abs(direction[i]) * design.deviations()[j - 1];
  }

  private static int[] indices(boolean[] found) {
    int[] columns = new int[found.length];
    int count = 0;
    for (int j = 1; j < found.length; j++) {
      if (found[j]) {
        columns[count++] = j - 1;
      }
    }
    return Arrays.copyOf(columns, count);
  }

  /** The ridge. */
  public Ridge ridge() {
    return ridge;
  }

  /** The design. */
  public Design design() {
    return design;
  }

  /** The sums of the last pass that took derivatives. */
  public LikelihoodSums sums() {
    return sums;
  }
}
