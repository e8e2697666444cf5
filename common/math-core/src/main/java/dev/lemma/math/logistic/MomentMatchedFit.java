// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** A solution of {@link MomentMatched}. */
public final class MomentMatchedFit {
  private final double[] parameters;
  private final Design design;
  private final int steps;
  private final boolean converged;

  MomentMatchedFit(double[] parameters, Design design, int steps, boolean converged) {
    this.parameters = parameters;
    this.design = design;
    this.steps = steps;
    this.converged = converged;
  }

  /** The model, over raw rows. */
  public LinearModel model() {
    return ScoreParameters.toModel(parameters, design.shift());
  }

  /** The model's parameters about {@link Design#shift}, a copy. */
  public double[] parameters() {
    return parameters.clone();
  }

  /** Means and deviations behind it, as a {@link Polish} wants them. */
  public Design design() {
    return design;
  }

  /** Number of steps on the driver. */
  public int steps() {
    return steps;
  }

  /** Whether the equations are solved; if not, this is the last iterate, which is usable. */
  public boolean converged() {
    return converged;
  }
}
