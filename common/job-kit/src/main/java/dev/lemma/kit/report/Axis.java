// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.Objects;

/**
 * How one direction of a chart is measured: {@code Axis.log("failure probability").percent()}.
 *
 * @param label what is measured, with its unit
 * @param scale linear or logarithmic
 * @param low the lower end, NaN to take it from the data
 * @param high the upper end, NaN to take it from the data
 * @param unit how the numbers along it are written
 */
public record Axis(String label, Scale scale, double low, double high, Unit unit) {
  /** What equal distances along the axis mean. */
  public enum Scale {
    /** Equal differences. */
    LINEAR,
    /** Equal ratios; what is not positive cannot be drawn. */
    LOG
  }

  /** How the numbers along the axis are written. */
  public enum Unit {
    /** As they are. */
    NUMBER,
    /** A share, written as a percentage. */
    PERCENT,
    /** A count: nothing is written between whole numbers. */
    WHOLE
  }

  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if an end is infinite, not positive on a logarithmic axis, or
   *     the lower end is not below the upper one
   */
  public Axis {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(unit, "unit");
    boolean unusable = Double.isInfinite(low) || Double.isInfinite(high) || low >= high;
    if (unusable || (scale == Scale.LOG && (low <= 0 || high <= 0))) {
      throw new IllegalArgumentException(
          "the axis '" + label + "' (" + scale + ") cannot run from " + low + " to " + high);
    }
  }

  /** An axis of equal differences over the range of the data. */
  public static Axis linear(String label) {
    return new Axis(label, Scale.LINEAR, Double.NaN, Double.NaN, Unit.NUMBER);
  }

  /** An axis of equal ratios over the range of the data. */
  public static Axis log(String label) {
    return new Axis(label, Scale.LOG, Double.NaN, Double.NaN, Unit.NUMBER);
  }

  /** This axis with a fixed lower end. */
  public Axis from(double end) {
    return new Axis(label, scale, end, high, unit);
  }

  /** This axis with a fixed upper end. */
  public Axis to(double end) {
    return new Axis(label, scale, low, end, unit);
  }

  /** This axis with its numbers, which are shares, written as percentages. */
  public Axis percent() {
    return new Axis(label, scale, low, high, Unit.PERCENT);
  }

  /** This axis with nothing written between whole numbers. */
  public Axis whole() {
    return new Axis(label, scale, low, high, Unit.WHOLE);
  }

  boolean lowFixed() {
    return !Double.isNaN(low);
  }

  boolean highFixed() {
    return !Double.isNaN(high);
  }

  /** Whether the value has a place on an axis of this scale. */
  boolean canShow(double value) {
    return Double.isFinite(value) && (scale == Scale.LINEAR || value > 0);
  }
}
