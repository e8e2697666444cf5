// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;

/**
 * The functions as columns, for code that holds a Dataset; nothing needs to be registered. Each is
 * the SQL function of the same name, whose parameters and formula docs/functions.md has. Nulls give
 * null; a column of a wrong type fails the analysis of the query.
 */
public final class Columns {
  private Columns() {}

  /** (x + sqrt(x^2 + b)) / 2. */
  public static Column squarePlus(Column x, double b) {
    return call("squareplus", x, functions.lit(b));
  }

  /** Its derivative. */
  public static Column squarePlusDerivative(Column x, double b) {
    return call("squareplus_derivative", x, functions.lit(b));
  }

  /** ln(1 + exp(t x)) / t. */
  public static Column softPlus(Column x, double t) {
    return call("softplus", x, functions.lit(t));
  }

  /** x P(g &lt; x). */
  public static Column gelu(Column x) {
    return call("gelu", x);
  }

  /** x times the step smoothed by a Gaussian of deviation s. */
  public static Column gelu(Column x, double s) {
    return call("gelu", x, functions.lit(s));
  }

  /** The derivative of gelu. */
  public static Column geluDerivative(Column x) {
    return call("gelu_derivative", x);
  }

  /** x / (1 + exp(-t x)). */
  public static Column swish(Column x, double t) {
    return call("swish", x, functions.lit(t));
  }

  /** Its derivative. */
  public static Column swishDerivative(Column x, double t) {
    return call("swish_derivative", x, functions.lit(t));
  }

  /** The logistic step. */
  public static Column smoothStep(Column x, double t) {
    return call("smooth_step", x, functions.lit(t));
  }

  /** The floor of logistic steps. */
  public static Column smoothFloor(Column x, double t) {
    return call("smooth_floor", x, functions.lit(t));
  }

  /** x less its smooth floor. */
  public static Column smoothSawtooth(Column x, double t) {
    return call("smooth_sawtooth", x, functions.lit(t));
  }

  /** P(g &lt; x / s). */
  public static Column gaussianStep(Column x, double s) {
    return call("gaussian_step", x, functions.lit(s));
  }

  /** ReLU smoothed by a Gaussian of deviation s. */
  public static Column gaussianRelu(Column x, double s) {
    return call("gaussian_relu", x, functions.lit(s));
  }

  /** The floor of Gaussian steps. */
  public static Column gaussianFloor(Column x, double s) {
    return call("gaussian_floor", x, functions.lit(s));
  }

  /** x less its Gaussian floor. */
  public static Column gaussianSawtooth(Column x, double s) {
    return call("gaussian_sawtooth", x, functions.lit(s));
  }

  /** 1/2 + arctan(x / a) / pi. */
  public static Column cauchyStep(Column x, double a) {
    return call("cauchy_step", x, functions.lit(a));
  }

  /** x times the Cauchy step. */
  public static Column cauchyGated(Column x, double a) {
    return call("cauchy_gated", x, functions.lit(a));
  }

  /** The integral of the Cauchy step. */
  public static Column cauchyRelu(Column x, double a) {
    return call("cauchy_relu", x, functions.lit(a));
  }

  /** The floor of Cauchy steps. */
  public static Column cauchyFloor(Column x, double a) {
    return call("cauchy_floor", x, functions.lit(a));
  }

  /** x less its Cauchy floor. */
  public static Column cauchySawtooth(Column x, double a) {
    return call("cauchy_sawtooth", x, functions.lit(a));
  }

  /** Mitchell's logarithm to base 2. */
  public static Column mitchellLog2(Column x) {
    return call("mitchell_log2", x);
  }

  /** Mitchell's power of 2. */
  public static Column mitchellExp2(Column y) {
    return call("mitchell_exp2", y);
  }

  /** Mitchell's product: of whole numbers a whole one. */
  public static Column mitchellMultiply(Column x, Column y) {
    return call("mitchell_multiply", x, y);
  }

  /** Mitchell's quotient. */
  public static Column mitchellDivide(Column x, Column y) {
    return call("mitchell_divide", x, y);
  }

  /** pi a b. */
  public static Column ellipseArea(Column a, Column b) {
    return call("ellipse_area", a, b);
  }

  /** The length around an ellipse. */
  public static Column ellipsePerimeter(Column a, Column b) {
    return call("ellipse_perimeter", a, b);
  }

  /** The number of primes up to n. */
  public static Column primeCount(Column n) {
    return call("prime_count", n);
  }

  /** The sum of the primes up to n. */
  public static Column primeSum(Column n) {
    return call("prime_sum", n);
  }

  /** The weight of a term in a document with k1 = 1.2 and b = 0.75. */
  public static Column bm25(Column tf, Column df, Column n, Column length, Column meanLength) {
    return call("bm25", tf, df, n, length, meanLength);
  }

  /** The dimension that keeps all pairs of n points. */
  public static Column jlMinDim(Column n, double eps, double delta) {
    return call("jl_min_dim", n, functions.lit(eps), functions.lit(delta));
  }

  /** The projected row, bit for bit that of the job. */
  public static Column jlProject(Column features, int k, long seed, String family) {
    return call(
        "jl_project", features, functions.lit(k), functions.lit(seed), functions.lit(family));
  }

  /** The projection of a row of d features, as the job {@code project} makes it. */
  public static Column jlProject(Column features, int k, long seed, String family, int d) {
    return call(
        "jl_project",
        features,
        functions.lit(k),
        functions.lit(seed),
        functions.lit(family),
        functions.lit(d));
  }

  /** A normal draw cut at two deviations, of standard deviation s after the cut. */
  public static Column truncatedNormal(double s, long seed, Column i, Column j) {
    return call("truncated_normal", functions.lit(s), functions.lit(seed), i, j);
  }

  /** A first weight of variance 1 / inputs, normal and cut. */
  public static Column lecunNormal(int inputs, long seed, Column i, Column j) {
    return call("lecun_normal", functions.lit(inputs), functions.lit(seed), i, j);
  }

  /** A first weight of variance 1 / inputs, uniform. */
  public static Column lecunUniform(int inputs, long seed, Column i, Column j) {
    return call("lecun_uniform", functions.lit(inputs), functions.lit(seed), i, j);
  }

  /** A first weight of variance 2 / inputs, normal and cut. */
  public static Column heNormal(int inputs, long seed, Column i, Column j) {
    return call("he_normal", functions.lit(inputs), functions.lit(seed), i, j);
  }

  /** A first weight of variance 2 / inputs, uniform. */
  public static Column heUniform(int inputs, long seed, Column i, Column j) {
    return call("he_uniform", functions.lit(inputs), functions.lit(seed), i, j);
  }

  /** A first weight of variance 2 / (inputs + outputs), normal and cut. */
  public static Column xavierNormal(int inputs, int outputs, long seed, Column i, Column j) {
    return call(
        "xavier_normal", functions.lit(inputs), functions.lit(outputs), functions.lit(seed), i, j);
  }

  /** A first weight of variance 2 / (inputs + outputs), uniform. */
  public static Column xavierUniform(int inputs, int outputs, long seed, Column i, Column j) {
    return call(
        "xavier_uniform", functions.lit(inputs), functions.lit(outputs), functions.lit(seed), i, j);
  }

  /** What log-sum-exp of an array does not exceed. */
  public static Column logSumExpUpperBound(Column a) {
    return call("logsumexp_upper_bound", a);
  }

  /** What it does not fall below, by the mean. */
  public static Column logSumExpMeanBound(Column a) {
    return call("logsumexp_mean_bound", a);
  }

  /** What it does not fall below, by weights and their Renyi entropy of order t. */
  public static Column logSumExpEntropyBound(Column a, Column p, double t) {
    return call("logsumexp_entropy_bound", a, p, functions.lit(t));
  }

  /** ln of the sum of exponentials of an array. */
  public static Column logSumExp(Column a) {
    return call("logsumexp", a);
  }

  /** The softmax of an array at a temperature. */
  public static Column softmax(Column a, double tau) {
    return call("softmax", a, functions.lit(tau));
  }

  /** The Taylor softmax of an array. */
  public static Column taylorSoftmax(Column a, int n) {
    return call("taylor_softmax", a, functions.lit(n));
  }

  /** Its monotone form. */
  public static Column monotoneTaylorSoftmax(Column a, int n) {
    return call("monotone_taylor_softmax", a, functions.lit(n));
  }

  /** Shannon's entropy of an array of weights, in nats. */
  public static Column entropy(Column p) {
    return call("entropy", p);
  }

  /** Renyi's entropy of order t, in nats. */
  public static Column renyiEntropy(Column p, double t) {
    return call("renyi_entropy", p, functions.lit(t));
  }

  /** The power of a distribution that has the entropy h. */
  public static Column entropyNormalize(Column p, double h) {
    return call("entropy_normalize", p, functions.lit(h));
  }

  /** The exponent of that power. */
  public static Column entropyExponent(Column p, double h) {
    return call("entropy_exponent", p, functions.lit(h));
  }

  /** Log-sum-exp of a group, an aggregate. */
  public static Column logSumExpOfGroup(Column x) {
    return call("logsumexp_agg", x);
  }

  /** Entropy of the softmax of a group, an aggregate. */
  public static Column softmaxEntropyOfGroup(Column x) {
    return call("softmax_entropy_agg", x);
  }

  private static Column call(String name, Column... arguments) {
    List<Expression> inputs = Stream.of(arguments).map(ExpressionUtils::expression).toList();
    Expression call = new Builder(Catalogue.function(name)).apply(ArgumentTypes.seq(inputs));
    return ExpressionUtils.column(
        call instanceof AggregateExpression aggregate ? aggregate.toAggregateExpression() : call);
  }
}
