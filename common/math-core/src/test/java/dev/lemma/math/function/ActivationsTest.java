// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final Map<String, DoubleBinaryOperator> ALL =
      Map.ofEntries(
          Map.entry("squareplus", SquarePlus::of),
          Map.entry("squareplus'", SquarePlus::derivative),
          Map.entry("softplus", SoftPlus::of),
          Map.entry("swish", Swish::of),
          Map.entry("gelu", Gelu::of),
          Map.entry("gelu'", Gelu::derivative),
          Map.entry("swish'", Swish::derivative),
          Map.entry("logistic step", LogisticSmoothing::step),
          Map.entry("logistic density", LogisticSmoothing::density),
          Map.entry("logistic floor", LogisticSmoothing::floor),
          Map.entry("logistic sawtooth", LogisticSmoothing::sawtooth),
          Map.entry("logistic comb", LogisticSmoothing::floorDerivative),
          Map.entry("gaussian step", GaussianSmoothing::step),
          Map.entry("gaussian density", GaussianSmoothing::density),
          Map.entry("gaussian relu", GaussianSmoothing::relu),
          Map.entry("gaussian floor", GaussianSmoothing::floor),
          Map.entry("gaussian sawtooth", GaussianSmoothing::sawtooth),
          Map.entry("gaussian comb", GaussianSmoothing::floorDerivative),
          Map.entry("cauchy step", CauchySmoothing::step),
          Map.entry("cauchy density", CauchySmoothing::density),
          Map.entry("cauchy relu", CauchySmoothing::relu),
          Map.entry("cauchy gated", CauchySmoothing::gated),
          Map.entry("cauchy floor", CauchySmoothing::floor),
          Map.entry("cauchy sawtooth", CauchySmoothing::sawtooth),
          Map.entry("cauchy comb", CauchySmoothing::floorDerivative));

  @Test
  void nanStaysAndParametersOutOfRangeGiveIt() {
    ALL.forEach(
        (name, function) -> {
          assertThat(function.applyAsDouble(Double.NaN, 1)).as(name).isNaN();
          for (double bad : new double[] {Double.NaN, -1, INFINITY}) {
            assertThat(function.applyAsDouble(0.3, bad)).as(name + bad).isNaN();
          }
        });
    assertThat(Gelu.of(Double.NaN)).isNaN();
    assertThat(Gelu.derivative(Double.NaN)).isNaN();
    assertThat(SquarePlus.of(-2, 0)).isZero();
    assertThat(SquarePlus.derivative(0, 0)).isEqualTo(0.5);
  }

  @Test
  void infinitiesGoToTheLimits() {
    String rectifiers = "squareplus|softplus|swish|gelu|gaussian relu";
    String slopes = "squareplus'|swish'|gelu'|logistic step|gaussian step|cauchy step";
    ALL.forEach(
        (name, function) -> {
          double left = function.applyAsDouble(-INFINITY, 1);
          double right = function.applyAsDouble(INFINITY, 1);
          if (name.matches(rectifiers)) {
            assertThat(left).as(name).isZero();
            assertThat(right).as(name).isEqualTo(INFINITY);
          } else if (name.matches(slopes)) {
            assertThat(left).as(name).isZero();
            assertThat(right).as(name).isOne();
          } else if (name.endsWith("density")) {
            assertThat(left + right).as(name).isZero();
          } else if (name.endsWith("floor") || name.equals("cauchy relu")) {
            assertThat(left).as(name).isEqualTo(-INFINITY);
            assertThat(right).as(name).isEqualTo(INFINITY);
          } else if (name.matches(".*(sawtooth|comb)")) {
            assertThat(left + right).as(name).isNaN();
          }
        });
    assertThat(CauchySmoothing.gated(-INFINITY, 2)).isEqualTo(-2 / Math.PI);
    assertThat(Gelu.of(-INFINITY)).isZero();
    assertThat(Gelu.of(INFINITY)).isEqualTo(INFINITY);
    assertThat(Gelu.derivative(INFINITY)).isOne();
    assertThat(Gelu.derivative(-INFINITY)).isZero();
  }

  @Test
  void derivativesAreThoseOfTheirFunctions() {
    for (double x = -4.3; x < 5; x += 0.37) {
      slope(SquarePlus::of, SquarePlus::derivative, x, 1.5);
      slope(SoftPlus::of, SoftPlus::derivative, x, 1.5);
      slope(Swish::of, Swish::derivative, x, 1.5);
      slope((y, none) -> Gelu.of(y), (y, none) -> Gelu.derivative(y), x, 1);
      slope(Gelu::of, Gelu::derivative, x, 0.7);
      assertThat(Gelu.of(x, 1)).isEqualTo(Gelu.of(x));
      slope(LogisticSmoothing::step, LogisticSmoothing::density, x, 1.5);
      slope(GaussianSmoothing::relu, GaussianSmoothing::step, x, 0.7);
      slope(GaussianSmoothing::step, GaussianSmoothing::density, x, 0.7);
      slope(CauchySmoothing::relu, CauchySmoothing::step, x, 0.7);
      slope(CauchySmoothing::step, CauchySmoothing::density, x, 0.7);
      for (double width : new double[] {0.2, 0.7, 5}) {
        slope(LogisticSmoothing::floor, LogisticSmoothing::floorDerivative, x, 1 / width);
        slope(GaussianSmoothing::floor, GaussianSmoothing::floorDerivative, x, width);
        slope(CauchySmoothing::floor, CauchySmoothing::floorDerivative, x, width);
      }
    }
  }

  private static void slope(
      DoubleBinaryOperator f, DoubleBinaryOperator slope, double x, double parameter) {
    double h = 1e-5;
    double measured =
        (f.applyAsDouble(x + h, parameter) - f.applyAsDouble(x - h, parameter)) / (2 * h);
    assertThat(slope.applyAsDouble(x, parameter)).isCloseTo(measured, within(2e-8));
  }

  @Test
  void squarePlusAsInTheArticle() {
    assertThat(SquarePlus.of(1, 4)).isEqualTo(1.618033988749895);
    assertThat(SquarePlus.of(-1, 4)).isCloseTo(0.618033988749895, within(3e-16));
    assertThat(gap(SquarePlus.CLOSEST)).isCloseTo(0.0759314499, within(1e-9));
    assertThat(gap(SquarePlus.BOUND)).isCloseTo(0.1038682205, within(1e-9));
    assertThat(gap(SquarePlus.CLOSEST * 0.999)).isGreaterThan(gap(SquarePlus.CLOSEST));
    assertThat(gap(SquarePlus.CLOSEST * 1.001)).isGreaterThan(gap(SquarePlus.CLOSEST));
    for (double x = -20; x < 20; x += 0.01) {
      assertThat(SquarePlus.of(x, SquarePlus.BOUND)).isGreaterThan(SoftPlus.of(x) * (1 - 1e-15));
      assertThat(SquarePlus.of(x, 4) - SquarePlus.of(-x, 4)).isCloseTo(x, within(1e-14));
    }
    assertThat(SquarePlus.of(0, SquarePlus.BOUND)).isCloseTo(Math.log(2), within(1.2e-16));
    assertThat(SquarePlus.of(0, SquarePlus.BOUND * 0.999)).isLessThan(SoftPlus.of(0));
  }

  /** Nowhere do digits cancel, however far left. */
  @Test
  void squarePlusIsWithinThreeUlp() {
    MathContext digits = new MathContext(50);
    Random random = new Random(4);
    double worst = 0;
    for (int i = 0; i < 8000; i++) {
      double b = i % 2 == 0 ? 4 : Math.pow(10, random.nextDouble() * 8 - 4);
      double scale = Math.sqrt(b) * Math.pow(10, random.nextDouble() * 9 - 3);
      double x = random.nextInt(4) == 0 ? scale : -scale;
      BigDecimal exact = new BigDecimal(x);
      BigDecimal root = exact.multiply(exact).add(new BigDecimal(b)).sqrt(digits);
      BigDecimal expected = exact.add(root).divide(BigDecimal.valueOf(2), digits);
      double found = SquarePlus.of(x, b);
      double off = new BigDecimal(found).subtract(expected).abs().doubleValue();
      worst = Math.max(worst, off / Math.ulp(expected.doubleValue()));
    }
    assertThat(worst).isBetween(1.0, 3.0);
    for (double x = -1e7; x < -1; x /= 1.01) {
      assertThat(SquarePlus.of(x, 4)).isLessThan(SquarePlus.of(x / 1.01, 4));
    }
  }

  private static double gap(double b) {
    double worst = 0;
    for (double x = 0; x < 12; x += 1e-4) {
      worst = Math.max(worst, Math.abs(SquarePlus.of(x, b) - SoftPlus.of(x)));
    }
    return worst;
  }

  @Test
  void smoothingsAsInTheArticle() {
    assertThat(GaussianSmoothing.relu(0, 1)).isCloseTo(0.3989422804, within(1e-10));
    assertThat(GaussianSmoothing.relu(1, 1)).isCloseTo(1.0833154706, within(1e-10));
    assertThat(Gelu.of(1)).isCloseTo(0.8413447461, within(1e-10));
    assertThat(Swish.of(1, 1)).isCloseTo(0.7310585786, within(1e-10));
    assertThat(LogisticSmoothing.floor(1.5, 10)).isCloseTo(1, within(1e-2));
    assertThat(LogisticSmoothing.floor(1, 10)).isCloseTo(0.5, within(1e-15));
    assertThat(LogisticSmoothing.floor(7.5, 10)).isCloseTo(7, within(1e-2));
    assertThat(LogisticSmoothing.floor(-0.5, 10)).isCloseTo(-1, within(1e-2));
    assertThat(LogisticSmoothing.floor(1.9, 100)).isCloseTo(1.0000454, within(5e-8));
    assertThat(LogisticSmoothing.floor(2.1, 100)).isCloseTo(1.9999546, within(5e-8));
    double swish = 0;
    double gelu = 0;
    for (double x = -5; x < 5; x += 1e-4) {
      double relu = Math.max(x, 0);
      swish = Math.max(swish, Math.abs(Swish.of(x, 1) - relu));
      gelu = Math.max(gelu, Math.abs(Gelu.of(x) - relu));
    }
    assertThat(swish).isCloseTo(0.2784645, within(1e-7));
    assertThat(gelu).isCloseTo(0.1699712, within(1e-7));
    assertThat(SoftPlus.of(0, 3)).isEqualTo(Math.log(2) / 3);
  }

  /** What they leave of the second moment of a standard normal input. */
  @Test
  void secondMomentsAsInTheArticle() {
    assertThat(secondMoment(x -> 2 * LogisticSmoothing.step(x, 2) - 1))
        .isCloseTo(0.3942944904, within(1e-10));
    assertThat(secondMoment(Gelu::of)).isCloseTo(0.4252214826, within(1e-10));
    assertThat(secondMoment(x -> Swish.of(x, 1))).isCloseTo(0.3557755198, within(1e-10));
    assertThat(secondMoment(x -> LogisticSmoothing.step(x, 1))).isCloseTo(0.2933790, within(1e-7));
  }

  private static double secondMoment(DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = -1200; i <= 1200; i++) {
      double x = i * 0.01;
      double y = f.applyAsDouble(x);
      sum += 0.01 * y * y * GaussianSmoothing.density(x, 1);
    }
    return sum;
  }

  @Test
  void sawteethAreWhatIsLeftOfX() {
    for (double x = -2.95; x < 3; x += 0.1) {
      assertThat(LogisticSmoothing.sawtooth(x, 9))
          .isCloseTo(x - LogisticSmoothing.floor(x, 9), within(3e-15));
      assertThat(GaussianSmoothing.sawtooth(x, 0.2))
          .isCloseTo(x - GaussianSmoothing.floor(x, 0.2), within(3e-15));
      assertThat(CauchySmoothing.sawtooth(x, 0.2))
          .isCloseTo(x - CauchySmoothing.floor(x, 0.2), within(3e-15));
      assertThat(CauchySmoothing.sawtooth(x, 0.2))
          .isCloseTo(CauchySmoothing.sawtooth(x + 1, 0.2), within(1e-14));
    }
  }
}
