// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.functions.Parameter.Kind;
import dev.lemma.functions.SqlFunction.Example;
import dev.lemma.functions.SqlFunction.Method;
import dev.lemma.functions.SqlFunction.Overloads;
import dev.lemma.math.function.Ellipse;
import dev.lemma.math.function.Mitchell;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Mitchell's arithmetic, the ellipse, primes, BM25 and the Johnson-Lindenstrauss family. */
final class Arithmetic {
  private static final String MITCHELL =
      "[Mitchell 1962](https://doi.org/10.1109/TEC.1962.5219391), [7991](https://kexue.fm/archives/7991)";
  private static final String SALAMIN = "[Salamin 1976](https://doi.org/10.2307/2005327)";
  private static final String PRIMES =
      "[Bays and Hudson 1977](https://doi.org/10.1007/BF01932283), [2612](https://kexue.fm/archives/2612)";
  private static final String ROBERTSON =
      "[Robertson and Zaragoza 2009](https://doi.org/10.1561/1500000019)";
  private static final String LEMMA = "[random projection](projection.md)";

  private static final DataType FLOATS = new ArrayType(DataTypes.FloatType, false);
  private static final DataType DOUBLE = DataTypes.DoubleType;
  private static final DataType LONG = DataTypes.LongType;

  private static final Parameter P =
      Parameter.number("x", "a number; whole ones are treated as such");
  private static final Parameter Q = Parameter.number("y", "a number of the same kind");
  private static final Parameter A = Parameter.number("a", "half axis, at least 0");
  private static final Parameter B = Parameter.number("b", "half axis, at least 0");
  private static final Parameter LIMIT =
      Parameter.of("n", Kind.LONG, "up to 10^12").in(Range.SIEVE);

  static final List<SqlFunction> FUNCTIONS =
      List.of(
          new SqlFunction(
              "mitchell_log2",
              "the logarithm to base 2 read off the bits",
              "n + f for x = 2^n (1 + f), 0 <= f < 1",
              List.of(P),
              List.of(new Example("mitchell_log2(10)", "3.25")),
              MITCHELL,
              new Overloads(Mitchell.class, "log2", DOUBLE, DOUBLE)),
          new SqlFunction(
              "mitchell_exp2",
              "the power of 2 that mitchell_log2 undoes",
              "2^n (1 + f) for y = n + f, 0 <= f < 1",
              List.of(Parameter.number("y", "any number")),
              List.of(new Example("mitchell_exp2(3.25)", "10.0")),
              MITCHELL,
              new Overloads(Mitchell.class, "exp2", DOUBLE, DataTypes.FloatType)),
          new SqlFunction(
              "mitchell_multiply",
              "a product without a multiplication, at most 1/9 short",
              "mitchell_exp2(mitchell_log2(x) + mitchell_log2(y))",
              List.of(P, Q),
              List.of(
                  new Example("mitchell_multiply(7, 5)", "32"),
                  new Example("mitchell_multiply(float(12.3), float(4.56))", "53.68")),
              MITCHELL,
              new Overloads(Mitchell.class, "multiply", LONG, DataTypes.FloatType)),
          new SqlFunction(
              "mitchell_divide",
              "a quotient without a division, at most 1/8 too large",
              "mitchell_exp2(mitchell_log2(x) - mitchell_log2(y))",
              List.of(P, Q),
              List.of(new Example("mitchell_divide(7, 3)", "2.5")),
              MITCHELL,
              new Overloads(Mitchell.class, "divide", DOUBLE, DataTypes.FloatType)),
          new SqlFunction(
              "ellipse_area",
              "the area of an ellipse",
              "pi a b",
              List.of(A, B),
              List.of(new Example("ellipse_area(5, 4)", "62.83185307179586")),
              SALAMIN,
              new Method(Ellipse.class, "area", DOUBLE, false)),
          new SqlFunction(
              "ellipse_perimeter",
              "the length around an ellipse",
              "2 pi (a^2 - sum of 2^(n-1) c_n^2) / AGM(a, b)",
              List.of(A, B),
              List.of(new Example("ellipse_perimeter(5, 4)", "28.361667888974488")),
              SALAMIN,
              new Method(Ellipse.class, "perimeter", DOUBLE, false)),
          new SqlFunction(
              "prime_count",
              "the number of primes, by a segmented sieve",
              "#{p <= n}",
              List.of(LIMIT),
              List.of(new Example("prime_count(2000000)", "148933")),
              PRIMES,
              new Method(ScalarCalls.class, "primeCount", LONG, false)),
          new SqlFunction(
              "prime_sum",
              "the sum of primes, by a segmented sieve",
              "sum of p <= n",
              List.of(Parameter.of("n", Kind.LONG, "up to 2 * 10^10").in(Range.SUM_OF_PRIMES)),
              List.of(new Example("prime_sum(2000000)", "142913828922")),
              PRIMES,
              new Method(ScalarCalls.class, "primeSum", LONG, false)),
          new SqlFunction(
              "bm25",
              "how much a term tells of a document",
              "idf tf (k1 + 1) / (tf + k1 (1 - b + b len / mean_len)), "
                  + "idf = ln(1 + (n - df + 1/2) / (df + 1/2))",
              List.of(
                  Parameter.number("tf", "occurrences in the document"),
                  Parameter.of("df", Kind.LONG, "documents that contain the term")
                      .in(Range.NOT_NEGATIVE),
                  Parameter.of("n", Kind.LONG, "all documents").in(Range.AT_LEAST_ONE),
                  Parameter.number("len", "terms of the document"),
                  Parameter.number("mean_len", "terms of a document in the mean")
                      .in(Range.POSITIVE),
                  Parameter.number("k1", "how slowly repetition saturates; 1.2 if left out", 1.2)
                      .in(Range.NOT_NEGATIVE),
                  Parameter.number("b", "how far length counts, 0 to 1; 0.75 if left out", 0.75)
                      .in(Range.SHARE)),
              List.of(new Example("bm25(2, 2, 3, 3, 3)", "0.6462549902128863")),
              ROBERTSON,
              new Method(ScalarCalls.class, "bm25", DOUBLE, false)),
          new SqlFunction(
              "jl_min_dim",
              "the dimension of a Gaussian projection that keeps all squared distances of n points",
              "least k with n (n - 1) / 2 P(|chi2_k / k - 1| > eps) <= delta",
              List.of(
                  Parameter.of("n", Kind.LONG, "points, at least 2").in(Range.AT_LEAST_TWO),
                  Parameter.number("eps", "distortion, between 0 and 1").in(Range.INSIDE),
                  Parameter.number("delta", "probability to fail, between 0 and 1")
                      .in(Range.INSIDE)),
              List.of(new Example("jl_min_dim(1000000, 0.1, 0.01)", "12184")),
              LEMMA,
              new Method(ProjectionCalls.class, "minimumDimension", LONG, false)),
          new SqlFunction(
              "jl_project",
              "the projected row, bit for bit that of the job; null where the job rejects the row",
              "R x, R of k rows and d columns",
              List.of(
                  Parameter.of("features", Kind.FEATURES, "x; a sparse vector costs its non-zeros"),
                  Parameter.of(
                          "k",
                          Kind.INTEGER,
                          "dimension of the result, less than d (orthonormal: at most)")
                      .in(Range.AT_LEAST_ONE),
                  Parameter.of("seed", Kind.LONG, "of the matrix"),
                  Parameter.of(
                          "family",
                          Kind.TEXT,
                          "auto, sign, sparse-sign, hadamard, gaussian, orthonormal or very-sparse")
                      .in(Range.FAMILY),
                  Parameter.of(
                          "d",
                          Kind.INTEGER,
                          "entries of every row; if left out what the column's metadata tell, else of"
                              + " each row itself",
                          0)
                      .in(Range.LENGTH)),
              List.of(
                  new Example(
                      "jl_project(array(1, 2, 3, 4), 2, 0, 'sign')", "[-1.4142135, 1.4142135]")),
              LEMMA,
              new Method(ProjectionCalls.class, "project", FLOATS, true)));

  private Arithmetic() {}
}
