// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** What is done when some features are, within the classes, combinations of others. */
public enum Deficiency {
  /** The features that depend on others get the coefficient 0. */
  LEAVE_OUT,
  /**
   * The coefficients are the shortest that solve the equations, features being in units of their
   * deviation within the classes: equal columns share what one would have.
   */
  SHORTEST
}
