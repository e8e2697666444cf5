// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import java.util.Locale;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Why a row cannot be used. Where several reasons hold the first in this order is told, so that it
 * depends neither on the order of the values nor on sparse or dense encoding.
 */
public enum BadRow {
  /** Nothing is wrong. */
  NONE,
  /** The vector, array or text is null. */
  NULL,
  /** The vector or array has another length than d. */
  WRONG_LENGTH,
  /** A sparse vector's indices do not ascend from 0 to d - 1, or are not as many as its values. */
  BAD_INDICES,
  /** An element of the array, or one of the numeric columns, is null. */
  NULL_ELEMENT,
  /** A value is not a number. */
  NAN,
  /** A value is infinite. */
  INFINITE,
  /** A finite value is infinite in the precision asked for, {@code float}. */
  OUTSIDE_FLOAT_RANGE,
  /** The label is null or not a finite number, where one is needed. */
  NO_LABEL,
  /** The weight is null or not a finite number. */
  NO_WEIGHT,
  /** The weight is below zero, where it must not be. */
  NEGATIVE_WEIGHT,
  /** Every value can be read, but what is made of them is not finite; found by a kernel. */
  RESULT_NOT_FINITE;

  private final String reason = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final transient UTF8String utf8 = UTF8String.fromString(reason);

  /** The reason as tables and messages spell it, such as {@code null-element}. */
  public String reason() {
    return reason;
  }

  /**
   * The bad row of this reason.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BadRow ofReason(String reason) {
    for (BadRow candidate : values()) {
      if (candidate.reason.equals(reason)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no such reason: " + reason);
  }

  /** The reason as Spark keeps text; null where nothing is wrong, as its column has it. */
  UTF8String utf8() {
    return this == NONE ? null : utf8;
  }
}
