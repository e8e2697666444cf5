// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/** What was found wrong with a feature. */
public enum ColumnFault {
  /**
   * Its moments are not known, as it was added to older statistics, or its values are so large or
   * so small that their squares are beyond the range of a double: it is left out, with the
   * coefficient 0.
   */
  UNKNOWN,
  /** It has one value in all rows: it is left out, with the coefficient 0. */
  CONSTANT,
  /**
   * Within the classes and between them it is a combination of other features, up to rounding:
   * treated as {@link Deficiency} says.
   */
  DEPENDENT,
  /**
   * Within the classes it is constant, or a combination of other features, but not between them: it
   * separates classes perfectly, and the maximum-likelihood coefficients are infinite. See {@link
   * ClosedForm} for what is done. So does a feature along which Newton steps without a ridge grow
   * without end ({@link PolishEnd#SEPARATED}).
   */
  SEPARATING
}
