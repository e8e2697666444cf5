// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.Parameter.Kind;
import dev.lemma.functions.SqlFunction.Aggregate;
import dev.lemma.functions.SqlFunction.Example;
import dev.lemma.functions.SqlFunction.Method;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Functions of arrays and vectors (softmax, log-sum-exp, entropy), and the aggregates. */
final class Distributions {
  private static final String BLANCHARD =
      "[Blanchard et al. 2021](https://doi.org/10.1093/imanum/draa038), [9070](https://kexue.fm/archives/9070)";
  private static final String INEQUALITIES = "[9070](https://kexue.fm/archives/9070)";
  private static final String TAYLOR =
      "[de Brebisson and Vincent 2015](https://arxiv.org/abs/1511.05042), [7919](https://kexue.fm/archives/7919)";
  private static final String SHANNON =
      "[Shannon 1948](https://doi.org/10.1002/j.1538-7305.1948.tb01338.x)";
  private static final String RENYI = "Renyi, On Measures of Entropy and Information, 1961";
  private static final String NORMALISATION = "[8829](https://kexue.fm/archives/8829)";

  private static final DataType DOUBLE = DataTypes.DoubleType;
  private static final DataType DOUBLES = new ArrayType(DOUBLE, false);

  private static final Parameter SCORES = Parameter.of("a", Kind.NUMBERS, "scores");
  private static final Parameter WEIGHTS =
      Parameter.of("p", Kind.NUMBERS, "weights, at least 0, taken in proportion");
  private static final Parameter TAU =
      Parameter.number("tau", "temperature, positive; 1 if left out", 1).in(Range.POSITIVE);
  private static final Parameter ORDER =
      Parameter.of("n", Kind.INTEGER, "order, even, 2 to 100").in(Range.EVEN_ORDER);
  private static final Parameter ENTROPY = Parameter.number("h", "entropy in nats");
  private static final Parameter X = Parameter.number("x", "a number of each row");

  static final List<SqlFunction> FUNCTIONS =
      List.of(
          new SqlFunction(
              "logsumexp",
              "the smooth maximum of an array",
              "tau ln(sum of exp(a_i / tau))",
              List.of(SCORES, TAU),
              List.of(
                  new Example("logsumexp(array(1, 2, 3))", "3.40760596444438"),
                  new Example("logsumexp(array(1, 2, 3), 0.1)", "3.0000045400960276")),
              BLANCHARD,
              new Method(ArrayCalls.class, "logSumExp", DOUBLE, true)),
          new SqlFunction(
              "logsumexp_upper_bound",
              "what logsumexp does not exceed; equal where all are",
              "max(a) + ln n",
              List.of(SCORES),
              List.of(new Example("logsumexp_upper_bound(array(1, 2, 3))", "4.09861228866811")),
              INEQUALITIES,
              new Method(ArrayCalls.class, "logSumExpUpperBound", DOUBLE, true)),
          new SqlFunction(
              "logsumexp_mean_bound",
              "what logsumexp does not fall below; equal where all are",
              "mean(a) + ln n",
              List.of(SCORES),
              List.of(new Example("logsumexp_mean_bound(array(1, 2, 3))", "3.09861228866811")),
              INEQUALITIES,
              new Method(ArrayCalls.class, "logSumExpMeanBound", DOUBLE, true)),
          new SqlFunction(
              "logsumexp_entropy_bound",
              "what logsumexp does not fall below, by any weights; nearest for order 1, where the gap"
                  + " is the divergence of p from softmax(a)",
              "sum of p_i a_i + renyi_entropy(p, t)",
              List.of(
                  SCORES,
                  Parameter.of(
                      "p", Kind.NUMBERS, "as many weights, at least 0, taken in proportion"),
                  Parameter.number("t", "order, at least 1; 1 if left out", 1).in(Range.FROM_ONE)),
              List.of(
                  new Example(
                      "logsumexp_entropy_bound(array(1, 2, 3), array(0.2, 0.3, 0.5))",
                      "3.3296530140645735")),
              INEQUALITIES,
              new Method(ArrayCalls.class, "logSumExpEntropyBound", DOUBLE, true)),
          new SqlFunction(
              "softmax",
              "probabilities in proportion to exponentials",
              "exp(a_i / tau) / sum of exp(a_j / tau)",
              List.of(SCORES, TAU),
              List.of(
                  new Example(
                      "softmax(array(1, 2, 3))",
                      "[0.09003057317038046, 0.24472847105479764, 0.6652409557748218]")),
              BLANCHARD,
              new Method(ArrayCalls.class, "softmax", DOUBLES, true)),
          new SqlFunction(
              "taylor_softmax",
              "probabilities in proportion to the even Taylor polynomial of the exponential",
              "f(a_i) / sum of f(a_j), f(x) = sum of x^k / k! for k <= n",
              List.of(SCORES, ORDER),
              List.of(
                  new Example(
                      "taylor_softmax(array(-1, 0, 1, 2), 2)",
                      "[0.05555555555555555, 0.1111111111111111, 0.2777777777777778, 0.5555555555555556]")),
              TAYLOR,
              new Method(ArrayCalls.class, "taylorSoftmax", DOUBLES, true)),
          new SqlFunction(
              "monotone_taylor_softmax",
              "taylor_softmax with f held at its least value to the left of where it is least",
              "f(max(a_i, x*)) / sum of f(max(a_j, x*))",
              List.of(SCORES, ORDER),
              List.of(
                  new Example(
                      "monotone_taylor_softmax(array(-9, 0, 1, 2), 2)",
                      "[0.05555555555555555, 0.1111111111111111, 0.2777777777777778, 0.5555555555555556]")),
              TAYLOR,
              new Method(ArrayCalls.class, "monotoneTaylorSoftmax", DOUBLES, true)),
          new SqlFunction(
              "entropy",
              "Shannon's entropy in nats; NaN where weights make no distribution",
              "-sum of p_i ln p_i",
              List.of(WEIGHTS),
              List.of(new Example("entropy(array(0.5, 0.25, 0.125, 0.125))", "1.2130075659799042")),
              SHANNON,
              new Method(ArrayCalls.class, "entropy", DOUBLE, true)),
          new SqlFunction(
              "renyi_entropy",
              "Renyi's entropy in nats; NaN where weights make no distribution",
              "ln(sum of p_i^t) / (1 - t)",
              List.of(WEIGHTS, Parameter.number("t", "order, at least 0").in(Range.FROM_ZERO)),
              List.of(
                  new Example(
                      "renyi_entropy(array(0.5, 0.25, 0.125, 0.125), 2)", "1.0678406300013559")),
              RENYI,
              new Method(ArrayCalls.class, "renyiEntropy", DOUBLE, true)),
          new SqlFunction(
              "entropy_normalize",
              "the power of a distribution that has a given entropy; null if none has",
              "p_i^g / sum of p_j^g with the one g > 0 whose entropy is h",
              List.of(WEIGHTS, ENTROPY),
              List.of(
                  new Example(
                      "entropy_normalize(array(0.95, 0.03, 0.02), 1)",
                      "[0.5494445699246456, 0.2364154571524027, 0.2141399729229517]")),
              NORMALISATION,
              new Method(ArrayCalls.class, "entropyNormalize", DOUBLES, true)),
          new SqlFunction(
              "entropy_exponent",
              "the exponent g of entropy_normalize; null if there is none",
              "g > 0 with entropy(p^g) = h",
              List.of(WEIGHTS, ENTROPY),
              List.of(
                  new Example(
                      "entropy_exponent(array(0.5, 0.25, 0.125, 0.125), 1)", "1.5632218666596374")),
              NORMALISATION,
              new Method(ArrayCalls.class, "entropyExponent", DOUBLE, true)),
          new SqlFunction(
              "logsumexp_agg",
              "log-sum-exp of a group, the same bits in any order and partitioning",
              "ln(sum of exp(x))",
              List.of(X),
              List.of(
                  new Example(
                      "logsumexp_agg(x) FROM VALUES (1), (2), (3) AS t(x)", "3.40760596444438")),
              BLANCHARD,
              new Aggregate(MergedSum.Kind.LOG_SUM_EXP)),
          new SqlFunction(
              "softmax_entropy_agg",
              "the entropy of the softmax of a group, the same bits in any order and partitioning",
              "-sum of p ln p, p = exp(x) / sum of exp(x)",
              List.of(X),
              List.of(
                  new Example(
                      "softmax_entropy_agg(x) FROM VALUES (1), (2), (3) AS t(x)",
                      "0.8323955818399389")),
              BLANCHARD,
              new Aggregate(MergedSum.Kind.SOFTMAX_ENTROPY)));

  private Distributions() {}
}
