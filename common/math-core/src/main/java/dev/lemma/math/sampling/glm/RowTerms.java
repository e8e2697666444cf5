// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

/** Adds up log likelihoods of a tile of proposals row by row. One thread's. */
sealed interface RowTerms permits LogisticTerms, SoftmaxTerms, ScalarTerms {
  /** Rows after which partial sums are carried over; a function of the row's place alone. */
  int CARRY = 256;

  /** Adds row i of a block: its weight times the log likelihood of each proposal. */
  void add(GlmBlock block, int i, double[][] coefficients);

  /** Carries partial sums over; called after every {@link #CARRY} rows and at the end. */
  void carry();

  /** The sums, one for each proposal; the object's own. */
  double[] sums();

  /** Terms of a model for a tile of this width. */
  static RowTerms of(GlmShape shape, int width) {
    return switch (shape.likelihood()) {
      case LOGISTIC -> new LogisticTerms(shape.columns(), width);
      case SOFTMAX -> new SoftmaxTerms(shape, width);
      case PROBIT, POISSON -> new ScalarTerms(shape, width);
      case LINEAR -> throw new IllegalArgumentException("a linear model has no row terms");
    };
  }
}
