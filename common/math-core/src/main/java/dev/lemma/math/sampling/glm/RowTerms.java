// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/** Adds up log likelihoods of {@link ProposalTiles#WIDTH} proposals row by row. One thread's. */
sealed interface RowTerms permits LogisticTerms, SoftmaxTerms, ScalarTerms {
  /** Rows after which partial sums are carried over; a function of the row's place alone. */
  int CARRY = 256;

  /** Adds row i of a block: its weight times the log likelihood of each proposal. */
  void add(GlmBlock block, int i, double[][] coefficients);

  /** Carries partial sums over; called after every {@link #CARRY} rows and at the end. */
  void carry();

  /** The sums, WIDTH numbers; the object's own. */
  double[] sums();

  /** Terms of a model. */
  static RowTerms of(GlmShape shape) {
    return switch (shape.likelihood()) {
      case LOGISTIC -> new LogisticTerms(shape.columns());
      case SOFTMAX -> new SoftmaxTerms(shape);
      case PROBIT, POISSON -> new ScalarTerms(shape);
      case LINEAR -> throw new IllegalArgumentException("a linear model has no row terms");
    };
  }
}
