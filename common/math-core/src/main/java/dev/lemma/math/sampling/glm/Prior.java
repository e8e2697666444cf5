// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import dev.lemma.math.probability.LogGamma;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is believed of one parameter before the data. On a parameter that is positive (a standard
 * deviation) every prior is restricted to the positive numbers, up to a constant.
 */
public sealed interface Prior extends Serializable {
  /**
   * ln of the density at x, with its constant; 0 for {@link Flat}, -infinity outside the support.
   */
  double logDensity(double x);

  /** {@link #logDensity}, where the corner of {@link Laplace} is rounded off. */
  default double rounded(double x) {
    return logDensity(x);
  }

  /** Derivative of the log density, where the corner of {@link Laplace} is rounded off. */
  double slope(double x);

  /**
   * Minus the second derivative of the log density as a Newton step may use it: at least 0, and
   * with the corner of {@link Laplace} rounded off.
   */
  double curvature(double x);

  /** Whether the density has an integral. */
  default boolean isProper() {
    return true;
  }

  /** As {@link #parse} reads it. */
  String text();

  /**
   * A Gaussian.
   *
   * @param mean its mean
   * @param deviation its standard deviation, positive
   */
  record Normal(double mean, double deviation) implements Prior {
    private static final long serialVersionUID = 1L;

    /** Checks ranges. */
    public Normal {
      Prior.finite("mean", mean);
      Prior.positive("standard deviation", deviation);
    }

    @Override
    public double logDensity(double x) {
      double z = (x - mean) / deviation;
      return -0.5 * z * z - StrictMath.log(deviation) - 0.5 * StrictMath.log(2 * Math.PI);
    }

    @Override
    public double slope(double x) {
      return -(x - mean) / (deviation * deviation);
    }

    @Override
    public double curvature(double x) {
      return 1 / (deviation * deviation);
    }

    @Override
    public String text() {
      return Prior.call("normal", mean, deviation);
    }
  }

  /**
   * Student's t, shifted and scaled.
   *
   * @param degrees degrees of freedom, positive; 1 for Cauchy's
   * @param location its median
   * @param scale its scale, positive
   */
  record Student(double degrees, double location, double scale) implements Prior {
    private static final long serialVersionUID = 1L;

    /** Checks ranges. */
    public Student {
      Prior.positive("degrees of freedom", degrees);
      Prior.finite("location", location);
      Prior.positive("scale", scale);
    }

    @Override
    public double logDensity(double x) {
      double z = (x - location) / scale;
      return LogGamma.of((degrees + 1) / 2)
          - LogGamma.of(degrees / 2)
          - 0.5 * StrictMath.log(degrees * Math.PI)
          - StrictMath.log(scale)
          - (degrees + 1) / 2 * StrictMath.log1p(z * z / degrees);
    }

    @Override
    public double slope(double x) {
      double gap = x - location;
      return -(degrees + 1) * gap / (degrees * scale * scale + gap * gap);
    }

    @Override
    public double curvature(double x) {
      // That of the Gaussian which touches the density here and is nowhere above it.
      double gap = x - location;
      return (degrees + 1) / (degrees * scale * scale + gap * gap);
    }

    @Override
    public String text() {
      return Prior.call("student", degrees, location, scale);
    }
  }

  /**
   * The double exponential.
   *
   * @param location its median
   * @param scale its scale, positive; the standard deviation is sqrt(2) times it
   */
  record Laplace(double location, double scale) implements Prior {
    private static final long serialVersionUID = 1L;

    /** Half width of the rounded corner, in scales. */
    private static final double CORNER = 0.05;

    /** Checks ranges. */
    public Laplace {
      Prior.finite("location", location);
      Prior.positive("scale", scale);
    }

    @Override
    public double logDensity(double x) {
      return -Math.abs(x - location) / scale - StrictMath.log(2 * scale);
    }

    @Override
    public double rounded(double x) {
      double corner = CORNER * scale;
      double gap = x - location;
      return -StrictMath.sqrt(gap * gap + corner * corner) / scale - StrictMath.log(2 * scale);
    }

    @Override
    public double slope(double x) {
      return -(x - location) * curvature(x);
    }

    @Override
    public double curvature(double x) {
      double corner = CORNER * scale;
      double gap = x - location;
      return 1 / (scale * StrictMath.sqrt(gap * gap + corner * corner));
    }

    @Override
    public String text() {
      return Prior.call("laplace", location, scale);
    }
  }

  /**
   * The positive half of Cauchy's distribution around 0: for standard deviations.
   *
   * @param scale its median, positive
   */
  record HalfCauchy(double scale) implements Prior {
    private static final long serialVersionUID = 1L;

    /** Checks ranges. */
    public HalfCauchy {
      Prior.positive("scale", scale);
    }

    @Override
    public double logDensity(double x) {
      if (x < 0) {
        return Double.NEGATIVE_INFINITY;
      }
      double z = x / scale;
      return StrictMath.log(2 / (Math.PI * scale)) - StrictMath.log1p(z * z);
    }

    @Override
    public double slope(double x) {
      return -2 * x / (scale * scale + x * x);
    }

    @Override
    public double curvature(double x) {
      return 2 / (scale * scale + x * x);
    }

    @Override
    public String text() {
      return Prior.call("half-cauchy", scale);
    }
  }

  /** Density 1 everywhere: improper, so that the data alone must settle the parameter. */
  record Flat() implements Prior {
    private static final long serialVersionUID = 1L;

    @Override
    public double logDensity(double x) {
      return 0;
    }

    @Override
    public double slope(double x) {
      return 0;
    }

    @Override
    public double curvature(double x) {
      return 0;
    }

    @Override
    public boolean isProper() {
      return false;
    }

    @Override
    public String text() {
      return "flat";
    }
  }

  /**
   * Reads {@code normal(mean, sd)}, {@code student(degrees, location, scale)}, {@code
   * laplace(location, scale)}, {@code half-cauchy(scale)} or {@code flat}.
   *
   * @throws IllegalArgumentException if the text is none of them, or a number is out of range
   */
  static Prior parse(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (bare.equals("flat")) {
      return new Flat();
    }
    int open = bare.indexOf('(');
    if (open < 0 || !bare.endsWith(")")) {
      throw unknown();
    }
    List<Double> numbers;
    try {
      numbers =
          Arrays.stream(bare.substring(open + 1, bare.length() - 1).split(","))
              .map(number -> Double.valueOf(number.strip()))
              .toList();
    } catch (NumberFormatException e) {
      throw unknown();
    }
    String form = bare.substring(0, open).strip() + "/" + numbers.size();
    return switch (form) {
      case "normal/2" -> new Normal(numbers.get(0), numbers.get(1));
      case "student/3" -> new Student(numbers.get(0), numbers.get(1), numbers.get(2));
      case "laplace/2" -> new Laplace(numbers.get(0), numbers.get(1));
      case "half-cauchy/1" -> new HalfCauchy(numbers.get(0));
      default -> throw unknown();
    };
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "a prior must be normal(mean, sd), student(degrees, location, scale), laplace(location,"
            + " scale), half-cauchy(scale) or flat");
  }

  private static String call(String name, double... numbers) {
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < numbers.length; i++) {
      text.append(i == 0 ? "" : ", ").append(numbers[i]);
    }
    return text.append(')').toString();
  }

  private static void finite(String what, double value) {
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("the " + what + " must be finite, found " + value);
    }
  }

  private static void positive(String what, double value) {
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the " + what + " must be positive and finite, found " + value);
    }
  }
}
