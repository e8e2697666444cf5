// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

/** Element types of arrays that are read as they are; all other numbers are cast to double. */
public enum NumberType {
  /** 64-bit floating point. */
  DOUBLE,
  /** 32-bit floating point. */
  FLOAT,
  /** 64-bit integer; beyond 2<sup>53</sup> it is rounded to the nearest double. */
  LONG,
  /** 32-bit integer. */
  INT
}
