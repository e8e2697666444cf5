// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.function.InitialWeights;
import java.util.List;
import org.apache.commons.math3.special.Erf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The scalar functions as somebody would write them without Lemma: out of Spark's built-in
 * functions where these can express the formula, and as an ordinary UDF with the formula as it
 * stands in the docs, the error function taken from the library that Spark ships. First weights are
 * the exception: to get the same numbers a UDF must call the same method. Functions of positive
 * numbers take |x|: outside their range they give NaN and the others a number, which is not the
 * same work (a maximum with NaN among its numbers costs more than the function itself).
 */
final class ScalarForms {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final long ONE_BITS = 0x3ff0000000000000L;

  private ScalarForms() {}

  /**
   * A function and its peers.
   *
   * @param call of x
   * @param builtIn the same in Spark's functions, empty where they have no words for it
   * @param accurate the same with as many correct digits, empty where they have no such words or
   *     the plain ones lose few
   * @param udf the same in Java, null for null
   */
  record Form(String call, String builtIn, String accurate, UDF1<Double, Double> udf) {
    Form(String call, String builtIn, UDF1<Double, Double> udf) {
      this(call, builtIn, "", udf);
    }

    /** What to compare with where there is nothing better: x itself. */
    static String orX(String peer) {
      return peer.isEmpty() ? "x" : peer;
    }

    /** Name of the function. */
    String name() {
      return call.substring(0, call.indexOf('('));
    }

    /** The call of the UDF. */
    String udfCall() {
      return "udf_" + name() + "(x)";
    }
  }

  /** Makes the UDFs known. */
  static void register(SparkSession spark) {
    ALL.forEach(
        form -> spark.udf().register("udf_" + form.name(), form.udf(), DataTypes.DoubleType));
  }

  private static double step(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double gaussian(double x) {
    return 0.5 * (1 + Erf.erf(x / SQRT_2));
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
  }

  private static double logisticFloor(double x, double t) {
    double sum = 0;
    for (int n = -12; n <= 12; n++) {
      sum += step(t * (x - n)) - (n > 0 ? 0 : 1);
    }
    return sum;
  }

  private static double gaussianFloor(double x, double s) {
    double sum = 0;
    for (int n = -12; n <= 12; n++) {
      sum += gaussian((x - n) / s) - (n > 0 ? 0 : 1);
    }
    return sum;
  }

  private static double cauchyFloor(double x, double a) {
    double q = Math.exp(-2 * Math.PI * a);
    double angle = 2 * Math.PI * x;
    return x - 0.5 + Math.atan(q * Math.sin(angle) / (1 - q * Math.cos(angle))) / Math.PI;
  }

  private static double perimeter(double a, double b) {
    double sum = 0;
    double weight = 0.5;
    double x = Math.max(a, b);
    double y = Math.min(a, b);
    double largest = x;
    double square = x * x - y * y;
    while (square > 1e-17 * x * x) {
      sum += weight * square;
      double half = (x - y) / 2;
      double mean = (x + y) / 2;
      y = Math.sqrt(x * y);
      x = mean;
      square = half * half;
      weight *= 2;
    }
    return 2 * Math.PI * (largest * largest - sum) / x;
  }

  private static final String CAUCHY_FLOOR =
      "x - 0.5D + atan(exp(-2 * pi() * 0.1D) * sin(2 * pi() * x)"
          + " / (1 - exp(-2 * pi() * 0.1D) * cos(2 * pi() * x))) / pi()";

  private static final String BM25 =
      "ln(1 + (100 - int(abs(x)) + 0.5D) / (int(abs(x)) + 0.5D)) * abs(x) * 2.2D"
          + " / (abs(x) + 1.2D * (0.25D + 0.75D * 8 / 10D))";

  /** All whose cost is that of a row: primes and jl_min_dim take micro- to milliseconds. */
  static final List<Form> ALL =
      List.of(
          new Form(
              "squareplus(x, 4)",
              "(x + sqrt(x * x + 4)) / 2",
              "if(x > 0, (x + sqrt(x * x + 4)) / 2, 2 / (sqrt(x * x + 4) - x))",
              x -> x == null ? null : (x + Math.sqrt(x * x + 4)) / 2),
          new Form(
              "squareplus_derivative(x, 4)",
              "(1 + x / sqrt(x * x + 4)) / 2",
              x -> x == null ? null : (1 + x / Math.sqrt(x * x + 4)) / 2),
          new Form(
              "softplus(x)", "ln(1 + exp(x))", x -> x == null ? null : Math.log(1 + Math.exp(x))),
          new Form("gelu(x)", "", x -> x == null ? null : x * gaussian(x)),
          new Form("gelu_derivative(x)", "", x -> x == null ? null : gaussian(x) + x * density(x)),
          new Form("swish(x)", "x / (1 + exp(-x))", x -> x == null ? null : x * step(x)),
          new Form(
              "swish_derivative(x)",
              "1 / (1 + exp(-x)) * (1 + x * (1 - 1 / (1 + exp(-x))))",
              x -> {
                if (x == null) {
                  return null;
                }
                double s = step(x);
                return s * (1 + x * (1 - s));
              }),
          new Form(
              "smooth_step(x, 10)", "1 / (1 + exp(-10 * x))", x -> x == null ? null : step(10 * x)),
          new Form("smooth_floor(x, 10)", "", x -> x == null ? null : logisticFloor(x, 10)),
          new Form("smooth_sawtooth(x, 10)", "", x -> x == null ? null : x - logisticFloor(x, 10)),
          new Form("gaussian_step(x, 1)", "", x -> x == null ? null : gaussian(x)),
          new Form("gaussian_relu(x, 1)", "", x -> x == null ? null : x * gaussian(x) + density(x)),
          new Form("gaussian_floor(x, 0.1D)", "", x -> x == null ? null : gaussianFloor(x, 0.1)),
          new Form(
              "gaussian_sawtooth(x, 0.1D)", "", x -> x == null ? null : x - gaussianFloor(x, 0.1)),
          new Form(
              "cauchy_step(x, 1)",
              "0.5D + atan(x) / pi()",
              x -> x == null ? null : 0.5 + Math.atan(x) / Math.PI),
          new Form(
              "cauchy_gated(x, 1)",
              "x * (0.5D + atan(x) / pi())",
              x -> x == null ? null : x * (0.5 + Math.atan(x) / Math.PI)),
          new Form(
              "cauchy_relu(x, 1)",
              "x * (0.5D + atan(x) / pi()) - ln(1 + x * x) / (2 * pi())",
              x ->
                  x == null
                      ? null
                      : x * (0.5 + Math.atan(x) / Math.PI) - Math.log(1 + x * x) / (2 * Math.PI)),
          new Form(
              "cauchy_floor(x, 0.1D)", CAUCHY_FLOOR, x -> x == null ? null : cauchyFloor(x, 0.1)),
          new Form(
              "cauchy_sawtooth(x, 0.1D)",
              "x - (" + CAUCHY_FLOOR + ")",
              x -> x == null ? null : x - cauchyFloor(x, 0.1)),
          new Form(
              "mitchell_log2(abs(x))",
              "",
              x ->
                  x == null
                      ? null
                      : (Double.doubleToRawLongBits(Math.abs(x)) - ONE_BITS) * 0x1p-52),
          new Form(
              "mitchell_exp2(x)",
              "power(2, floor(x)) * (1 + x - floor(x))",
              x -> {
                if (x == null) {
                  return null;
                }
                double n = Math.floor(x);
                return Math.scalb(1 + x - n, (int) n);
              }),
          new Form(
              "mitchell_multiply(x, 3.7D)",
              "",
              x ->
                  x == null
                      ? null
                      : Double.longBitsToDouble(
                          Double.doubleToRawLongBits(x)
                              + Double.doubleToRawLongBits(3.7)
                              - ONE_BITS)),
          new Form(
              "mitchell_divide(x, 3.7D)",
              "",
              x ->
                  x == null
                      ? null
                      : Double.longBitsToDouble(
                          Double.doubleToRawLongBits(x)
                              - Double.doubleToRawLongBits(3.7)
                              + ONE_BITS)),
          new Form(
              "ellipse_area(abs(x), 4)",
              "pi() * abs(x) * 4",
              x -> x == null ? null : Math.PI * Math.abs(x) * 4),
          new Form(
              "ellipse_perimeter(abs(x), 4)",
              "",
              x -> x == null ? null : perimeter(Math.abs(x), 4)),
          new Form(
              "bm25(abs(x), int(abs(x)), 100, 8, 10)",
              BM25,
              x -> {
                if (x == null) {
                  return null;
                }
                double tf = Math.abs(x);
                double idf = Math.log(1 + (100 - (int) tf + 0.5) / ((int) tf + 0.5));
                return idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * 8 / 10));
              }),
          new Form(
              "truncated_normal(1, 5, int(x), 1)",
              "",
              x -> x == null ? null : InitialWeights.truncatedNormal(1, 5, x.intValue(), 1)));
}
