// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.math.function.LogSumExp;
import dev.lemma.math.function.LogSumExpSum;
import dev.lemma.math.function.PrimeCount;
import dev.lemma.math.function.SegmentedSieve;
import dev.lemma.math.linalg.ExactSum;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.text.XxHash64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The computations whose answers are known: published ones, exact ones (sums of whole numbers come
 * out the same in any order of addition, so a BLAS must give each bit), and those of kernels that
 * promise the same bits on every machine, as they were when this class was written.
 *
 * <p>All together take some tenths of a second and a few megabytes.
 */
final class KnownAnswers {
  private static final int BLOCKS = 10_000;
  private static final int D = 300;
  private static final int K = 64;
  private static final int ROWS = 5;

  private KnownAnswers() {}

  /** The checks in the order in which they are told. */
  static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    generator(checks);
    for (Family family : Family.values()) {
      checks.add(
          Check.known("projection, " + family.key(), projected(family), () -> projection(family)));
    }
    checks.addAll(KnownProducts.all());
    sums(checks);
    checks.add(
        Check.known(
            "primes to 2,000,000",
            "148933 primes of sum 142913828922",
            () -> text(SegmentedSieve.upTo(2_000_000))));
    checks.add(Check.same("bits of exp, log, sin, pow", KnownAnswers::elementary));
    return checks;
  }

  static String text(PrimeCount primes) {
    return primes.count() + " primes of sum " + primes.sum();
  }

  /** The first three are the published known answers of Philox4x64-10. */
  private static void generator(List<Check> checks) {
    checks.add(
        Check.known(
            "generator, zeros",
            "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b",
            () -> block(0, 0, 0, 0, 0, 0)));
    checks.add(
        Check.known(
            "generator, ones",
            "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0",
            () -> block(-1, -1, -1, -1, -1, -1)));
    checks.add(
        Check.known(
            "generator, digits of pi",
            "a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6",
            () ->
                block(
                    0x452821e638d01377L,
                    0xbe5466cf34e90c6cL,
                    0x243f6a8885a308d3L,
                    0x13198a2e03707344L,
                    0xa4093822299f31d0L,
                    0x082efa98ec4e6c89L)));
    checks.add(
        Check.known(
            "generator, 10,000 blocks",
            "624f6bdacfbaadf5",
            () -> {
              long[] words = new long[Philox4x64.WORDS * BLOCKS];
              Philox4x64.blocks(1, 2, 0, BLOCKS, 3, 4, 5, words);
              return new Digest().of(words).text();
            }));
    checks.add(
        Check.known(
            "hash of names",
            "ef46db3751d8e999 88a88b02c2bf8c0f",
            () ->
                hex(XxHash64.hash("", 0)) + " " + hex(XxHash64.hash("Johnson-Lindenstrauss", 1))));
  }

  private static String block(long k0, long k1, long c0, long c1, long c2, long c3) {
    long[] out = new long[Philox4x64.WORDS];
    Philox4x64.block(k0, k1, c0, c1, c2, c3, out);
    return hex(out[0]) + " " + hex(out[1]) + " " + hex(out[2]) + " " + hex(out[3]);
  }

  private static String hex(long word) {
    return String.format(Locale.ROOT, "%016x", word);
  }

  private static String projected(Family family) {
    return switch (family) {
      case SIGN -> "0c101d55ad3058da";
      case SPARSE_SIGN -> "1dddaf7c01051e69";
      case HADAMARD -> "96ba85b3875f6b33";
      case GAUSSIAN -> "2e4c94688aa1c5db";
      case ORTHONORMAL -> "3d08c685ce01e3b1";
      case VERY_SPARSE -> "943915db74c73608";
    };
  }

  /** The bits of some rows in both precisions. */
  private static String projection(Family family) {
    ProjectionSpec spec =
        new ProjectionSpec(
            family,
            7,
            K,
            OptionalLong.of(D),
            family == Family.SPARSE_SIGN ? ProjectionSpec.DEFAULT_NONZEROS : 0,
            family == Family.VERY_SPARSE ? 0.1 : 0);
    double[] rows = PlainNumbers.reals(ROWS * D, 11);
    float[] single = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      single[i] = (float) rows[i];
    }
    double[] out = new double[ROWS * K];
    float[] singleOut = new float[ROWS * K];
    Projection projection = Projection.of(spec);
    projection.projectRows(rows, ROWS, out);
    projection.projectRows(single, ROWS, singleOut);
    return new Digest().of(out).of(singleOut).text();
  }

  private static void sums(List<Check> checks) {
    checks.add(
        Check.known(
            "log-sum-exp of 1, 2, 3",
            "3.40760596444438",
            () -> String.format(Locale.ROOT, "%.14f", LogSumExp.of(new double[] {1, 2, 3}))));
    checks.add(
        Check.known(
            "log-sum-exp in two orders",
            "the same bits",
            () -> inTwoOrders(PlainNumbers.reals(BLOCKS, 23))));
    checks.add(
        Check.known(
            "exact sum",
            "1.0E-300",
            () -> {
              ExactSum sum = new ExactSum();
              double[] terms = {1e300, 1, 1e-300, -1e300, -1};
              sum.add(terms, 0, terms.length);
              return Double.toString(sum.value());
            }));
    checks.add(Check.same("bits of log-sum-exp", () -> hex(bits(PlainNumbers.reals(BLOCKS, 23)))));
  }

  private static String inTwoOrders(double[] x) {
    LogSumExpSum forward = new LogSumExpSum();
    LogSumExpSum backward = new LogSumExpSum();
    for (int i = 0; i < x.length; i++) {
      forward.add(700 * x[i]);
      backward.add(700 * x[x.length - 1 - i]);
    }
    double difference = forward.value() - backward.value();
    return difference == 0 ? "the same bits" : "differ by " + difference;
  }

  private static long bits(double[] x) {
    LogSumExpSum sum = new LogSumExpSum();
    for (double value : x) {
      sum.add(value);
    }
    return Double.doubleToLongBits(sum.value());
  }

  /** Java leaves their last bit to the machine, and kernels use them. */
  private static String elementary() {
    double[] x = PlainNumbers.reals(BLOCKS, 29);
    double[] out = new double[4 * BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      out[4 * i] = Math.exp(10 * x[i]);
      out[4 * i + 1] = Math.log(Math.abs(x[i]) + 1e-3);
      out[4 * i + 2] = Math.sin(100 * x[i]);
      out[4 * i + 3] = Math.pow(Math.abs(x[i]) + 0.5, 1.7);
    }
    return new Digest().of(out).text();
  }
}
