// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The accuracies that the Javadoc states, against small-functions.csv (small_functions.py). */
class AccuracyTest {
  private static final Map<String, List<Point>> POINTS = read();

  /** A value to 50 digits. */
  record Point(double x, double parameter, BigDecimal value) {}

  /**
   * What is promised of a function.
   *
   * @param ulps at the unit of the parameter's scale, or everywhere
   * @param amplified ulps for each |parameter x| (or square) that rounding the argument costs
   * @param least error is measured in ulps of at least this number
   */
  record Promise(
      String name,
      DoubleBinaryOperator function,
      double ulps,
      DoubleBinaryOperator amplified,
      double least) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Promise exact(String name, DoubleBinaryOperator function, double ulps) {
    return new Promise(name, function, ulps, (x, parameter) -> 0, 0);
  }

  /** The rounding of t x, where t x is not x. */
  private static double product(double x, double t) {
    return t == 1 || x > 0 ? 0 : Math.abs(t * x);
  }

  private static double bothSides(double x, double t) {
    return t == 1 ? 0 : Math.abs(t * x);
  }

  /** The rounding of x / s in a square. */
  private static double quotient(double x, double s) {
    return s == 1 ? 0 : x / s * (x / s);
  }

  private static double leftQuotient(double x, double s) {
    return x > 0 ? 0 : quotient(x, s);
  }

  private static double flat(double a, double b) {
    double ratio = Math.min(a, b) / Math.max(a, b);
    return ratio >= 0.0099 ? 0 : ratio >= 0.99e-3 ? 4 : 28;
  }

  private static Promise stairs(String name, DoubleBinaryOperator function) {
    return new Promise(name, function, 4, (x, parameter) -> 0, 1);
  }

  static Stream<Promise> promises() {
    return Stream.of(
        exact("squareplus", SquarePlus::of, 3),
        exact("squareplus-slope", SquarePlus::derivative, 4),
        new Promise("softplus", SoftPlus::of, 2, AccuracyTest::product, 0),
        exact("gelu", (x, none) -> Gelu.of(x), 8),
        new Promise("gelu-slope", (x, none) -> Gelu.derivative(x), 8, (x, none) -> 0, 0.25),
        new Promise("swish", Swish::of, 4, AccuracyTest::product, 0),
        new Promise("swish-slope", Swish::derivative, 4, AccuracyTest::product, 0.25),
        new Promise("logistic-step", LogisticSmoothing::step, 3, AccuracyTest::product, 0),
        new Promise("logistic-density", LogisticSmoothing::density, 4, AccuracyTest::bothSides, 0),
        new Promise("gaussian-step", GaussianSmoothing::step, 8, AccuracyTest::leftQuotient, 0),
        new Promise("gaussian-density", GaussianSmoothing::density, 4, AccuracyTest::quotient, 0),
        new Promise("gaussian-relu", GaussianSmoothing::relu, 20, AccuracyTest::leftQuotient, 0),
        exact("cauchy-step", CauchySmoothing::step, 4),
        exact("cauchy-density", CauchySmoothing::density, 6),
        exact("cauchy-gated", CauchySmoothing::gated, 4),
        exact("cauchy-relu", CauchySmoothing::relu, 8),
        stairs("logistic-floor", LogisticSmoothing::floor),
        stairs("gaussian-floor", GaussianSmoothing::floor),
        stairs("cauchy-floor", CauchySmoothing::floor),
        exact("area", Ellipse::area, 2),
        new Promise("perimeter", Ellipse::perimeter, 12, AccuracyTest::flat, 0),
        new Promise(
            "taylor", (x, n) -> TaylorSoftmax.of((int) n).polynomial(x), 8, (x, n) -> n, 0));
  }

  @ParameterizedTest
  @MethodSource("promises")
  void isKept(Promise promise) {
    List<Point> points = POINTS.get(promise.name());
    assertThat(points).hasSizeGreaterThan(10);
    double worst = 0;
    for (Point point : points) {
      double actual = promise.function().applyAsDouble(point.x(), point.parameter());
      double ulps = ulps(actual, point.value(), promise.least());
      double allowed =
          promise.ulps() + promise.amplified().applyAsDouble(point.x(), point.parameter());
      assertThat(ulps).as("%s: found %s", point, actual).isLessThanOrEqualTo(allowed);
      worst = Math.max(worst, ulps - allowed + promise.ulps());
    }
    // A promise that is far from being needed would hide a loss.
    assertThat(worst).isPositive();
  }

  /** Combs have steep flanks where they are narrow: the promise is one of closeness only. */
  @Test
  void combsAreTheSumOfDensities() {
    Map<String, DoubleBinaryOperator> combs =
        Map.of(
            "logistic-comb", LogisticSmoothing::floorDerivative,
            "gaussian-comb", GaussianSmoothing::floorDerivative,
            "cauchy-comb", CauchySmoothing::floorDerivative);
    combs.forEach(
        (name, comb) ->
            assertThat(POINTS.get(name))
                .allSatisfy(
                    point -> {
                      double found = comb.applyAsDouble(point.x(), point.parameter());
                      double expected = point.value().doubleValue();
                      // Points beyond 1e6 know their place to 1e-10 only.
                      double tolerance = Math.abs(point.x()) > 1e5 ? 1e-4 : 3e-12;
                      assertThat(Math.abs(found - expected))
                          .isLessThanOrEqualTo(tolerance * Math.max(1, expected));
                    }));
  }

  @Test
  void ulpsSeeAWrongLastPlace() {
    assertThat(ulps(Math.nextUp(1.0), BigDecimal.ONE, 0)).isEqualTo(1);
    assertThat(ulps(1, new BigDecimal("1.0000000000000001"), 0)).isBetween(0.4, 0.5);
  }

  private static double ulps(double actual, BigDecimal expected, double least) {
    if (!Double.isFinite(actual)) {
      return Double.POSITIVE_INFINITY;
    }
    double unit = Math.ulp(Math.max(Math.abs(expected.doubleValue()), least));
    return new BigDecimal(actual)
        .subtract(expected)
        .abs()
        .divide(new BigDecimal(unit), MathContext.DECIMAL64)
        .doubleValue();
  }

  private static Map<String, List<Point>> read() {
    Map<String, List<Point>> points = new HashMap<>();
    InputStream file = AccuracyTest.class.getResourceAsStream("small-functions.csv");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .forEach(
              cells ->
                  points
                      .computeIfAbsent(cells[0], name -> new java.util.ArrayList<>())
                      .add(
                          new Point(
                              Double.parseDouble(cells[1]),
                              Double.parseDouble(cells[2]),
                              new BigDecimal(cells[3]))));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return points;
  }
}
