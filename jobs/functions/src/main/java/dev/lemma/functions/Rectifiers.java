// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.SqlFunction.Body;
import dev.lemma.functions.SqlFunction.Example;
import dev.lemma.functions.SqlFunction.Method;
import dev.lemma.functions.SqlFunction.Prepared;
import dev.lemma.math.function.CauchySmoothing;
import dev.lemma.math.function.GaussianSmoothing;
import dev.lemma.math.function.Gelu;
import dev.lemma.math.function.LogisticSmoothing;
import dev.lemma.math.function.SoftPlus;
import dev.lemma.math.function.SquarePlus;
import dev.lemma.math.function.Swish;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** Rectifiers, steps and staircases: functions of one number and a parameter of shape. */
final class Rectifiers {
  private static final String BARRON =
      "[Barron 2021](https://arxiv.org/abs/2112.11687), [8833](https://kexue.fm/archives/8833)";
  private static final String SMOOTHING =
      "[Biswas et al. 2021](https://arxiv.org/abs/2109.13210), [8718](https://kexue.fm/archives/8718)";
  private static final String GELU =
      "[Hendrycks and Gimpel 2016](https://arxiv.org/abs/1606.08415)";
  private static final String SWISH =
      "[Ramachandran et al. 2017](https://arxiv.org/abs/1710.05941)";

  private static final Parameter X = Parameter.number("x", "any number");
  private static final Parameter B =
      Parameter.number(
              "b",
              "at least 0; 4 for the curvature of SoftPlus at 0, 1.5238210325187507 to be nearest to it,"
                  + " 1.9218120556728056 to be nowhere below")
          .in(Range.NOT_NEGATIVE);
  private static final Parameter T =
      Parameter.number("t", "sharpness, positive").in(Range.POSITIVE);
  private static final Parameter T_OR_ONE =
      Parameter.number("t", "sharpness, positive; 1 if left out", 1).in(Range.POSITIVE);
  private static final Parameter S =
      Parameter.number("s", "standard deviation, positive").in(Range.POSITIVE);
  private static final Parameter S_OR_ONE =
      Parameter.number("s", "standard deviation, positive; 1 if left out", 1).in(Range.POSITIVE);
  private static final Parameter A =
      Parameter.number("a", "half width, positive").in(Range.POSITIVE);

  static final List<SqlFunction> FUNCTIONS = functions();

  private Rectifiers() {}

  private static List<SqlFunction> functions() {
    List<SqlFunction> all = new ArrayList<>();
    add(
        all,
        "squareplus",
        "an algebraic SoftPlus",
        "(x + sqrt(x^2 + b)) / 2",
        List.of(X, B),
        SquarePlus.class,
        "of",
        BARRON,
        "squareplus(1, 4)",
        "1.618033988749895");
    add(
        all,
        "squareplus_derivative",
        "the derivative of squareplus",
        "(1 + x / sqrt(x^2 + b)) / 2",
        List.of(X, B),
        SquarePlus.class,
        "derivative",
        BARRON,
        "squareplus_derivative(0, 4)",
        "0.5");
    add(
        all,
        "softplus",
        "ReLU smoothed by a logistic density",
        "ln(1 + exp(t x)) / t",
        List.of(X, T_OR_ONE),
        SoftPlus.class,
        "of",
        SMOOTHING,
        "softplus(0)",
        "0.6931471805599453");
    add(
        all,
        "gelu",
        "x times the step smoothed by a Gaussian",
        "x P(g < x / s)",
        List.of(X, S_OR_ONE),
        Gelu.class,
        "of",
        GELU,
        "gelu(1)",
        "0.8413447460685429");
    add(
        all,
        "gelu_derivative",
        "the derivative of gelu",
        "P(g < u) + u exp(-u^2 / 2) / sqrt(2 pi), u = x / s",
        List.of(X, S_OR_ONE),
        Gelu.class,
        "derivative",
        GELU,
        "gelu_derivative(0)",
        "0.5");
    add(
        all,
        "swish",
        "x times the logistic step",
        "x / (1 + exp(-t x))",
        List.of(X, T_OR_ONE),
        Swish.class,
        "of",
        SWISH,
        "swish(1)",
        "0.7310585786300049");
    add(
        all,
        "swish_derivative",
        "the derivative of swish",
        "s (1 + t x (1 - s)), s = 1 / (1 + exp(-t x))",
        List.of(X, T_OR_ONE),
        Swish.class,
        "derivative",
        SWISH,
        "swish_derivative(0, 2)",
        "0.5");
    add(
        all,
        "smooth_step",
        "the step smoothed by a logistic density; the derivative of softplus",
        "1 / (1 + exp(-t x))",
        List.of(X, T),
        LogisticSmoothing.class,
        "step",
        SMOOTHING,
        "smooth_step(0.1, 10)",
        "0.7310585786300049");
    add(
        all,
        "smooth_floor",
        "the floor smoothed by a logistic density",
        "sum of smooth_step(x - n, t) over n > 0 less that of 1 - smooth_step(x - n, t) over n <= 0",
        List.of(X, T),
        LogisticSmoothing.class,
        "floor",
        SMOOTHING,
        "smooth_floor(1.9, 100)",
        "1.0000453978687025");
    add(
        all,
        "smooth_sawtooth",
        "what smooth_floor leaves of x",
        "x - smooth_floor(x, t)",
        List.of(X, T),
        LogisticSmoothing.class,
        "sawtooth",
        SMOOTHING,
        "smooth_sawtooth(2.25, 20)",
        "0.25669254503594524");
    add(
        all,
        "gaussian_step",
        "the step smoothed by a Gaussian",
        "P(g < x / s)",
        List.of(X, S),
        GaussianSmoothing.class,
        "step",
        SMOOTHING,
        "gaussian_step(1, 1)",
        "0.8413447460685429");
    add(
        all,
        "gaussian_relu",
        "ReLU smoothed by a Gaussian; its derivative is gaussian_step",
        "x P(g < x / s) + s exp(-x^2 / (2 s^2)) / sqrt(2 pi)",
        List.of(X, S),
        GaussianSmoothing.class,
        "relu",
        SMOOTHING,
        "gaussian_relu(1, 1)",
        "1.0833154705876864");
    add(
        all,
        "gaussian_floor",
        "the floor smoothed by a Gaussian",
        "as smooth_floor, of gaussian_step",
        List.of(X, S),
        GaussianSmoothing.class,
        "floor",
        SMOOTHING,
        "gaussian_floor(1.5, 0.1)",
        "1.0");
    add(
        all,
        "gaussian_sawtooth",
        "what gaussian_floor leaves of x",
        "x - gaussian_floor(x, s)",
        List.of(X, S),
        GaussianSmoothing.class,
        "sawtooth",
        SMOOTHING,
        "gaussian_sawtooth(1.5, 0.1)",
        "0.5");
    add(
        all,
        "cauchy_step",
        "the step smoothed by a Cauchy density",
        "1/2 + arctan(x / a) / pi",
        List.of(X, A),
        CauchySmoothing.class,
        "step",
        SMOOTHING,
        "cauchy_step(1, 1)",
        "0.75");
    add(
        all,
        "cauchy_gated",
        "x times cauchy_step",
        "x (1/2 + arctan(x / a) / pi)",
        List.of(X, A),
        CauchySmoothing.class,
        "gated",
        SMOOTHING,
        "cauchy_gated(-1, 1)",
        "-0.25");
    add(
        all,
        "cauchy_relu",
        "the integral of cauchy_step from 0 (ReLU itself cannot be smoothed so)",
        "x (1/2 + arctan(x / a) / pi) - a ln(1 + (x / a)^2) / (2 pi)",
        List.of(X, A),
        CauchySmoothing.class,
        "relu",
        SMOOTHING,
        "cauchy_relu(1, 1)",
        "0.6396821999236741");
    add(
        all,
        "cauchy_floor",
        "the floor smoothed by a Cauchy density",
        "x - 1/2 + arctan(q sin(2 pi x) / (1 - q cos(2 pi x))) / pi, q = exp(-2 pi a)",
        List.of(X, A),
        new Prepared(CauchySmoothing.class, "floorOfGap", "gap"),
        SMOOTHING,
        "cauchy_floor(2, 0.1)",
        "1.5");
    add(
        all,
        "cauchy_sawtooth",
        "what cauchy_floor leaves of x",
        "x - cauchy_floor(x, a)",
        List.of(X, A),
        new Prepared(CauchySmoothing.class, "sawtoothOfGap", "gap"),
        SMOOTHING,
        "cauchy_sawtooth(2.25, 0.1)",
        "0.34400338977910216");
    return List.copyOf(all);
  }

  private static void add(
      List<SqlFunction> all,
      String name,
      String summary,
      String formula,
      List<Parameter> parameters,
      Class<?> owner,
      String method,
      String source,
      String example,
      String result) {
    Method body = new Method(owner, method, DataTypes.DoubleType, false);
    add(all, name, summary, formula, parameters, body, source, example, result);
  }

  private static void add(
      List<SqlFunction> all,
      String name,
      String summary,
      String formula,
      List<Parameter> parameters,
      Body body,
      String source,
      String example,
      String result) {
    all.add(
        new SqlFunction(
            name,
            summary,
            formula,
            parameters,
            List.of(new Example(example, result)),
            source,
            body));
  }
}
