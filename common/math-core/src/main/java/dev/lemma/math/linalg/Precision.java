// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

/** Arithmetic and output type of a kernel. */
public enum Precision {
  /** IEEE 754 binary32. */
  FLOAT,
  /** IEEE 754 binary64. */
  DOUBLE
}
