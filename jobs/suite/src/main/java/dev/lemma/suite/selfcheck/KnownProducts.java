// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.NativeGram;
import dev.lemma.math.linalg.GramKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Matrix products by the machine's BLAS and by our own loops. Sums of whole numbers come out the
 * same in any order of addition, so that each bit is known.
 */
final class KnownProducts {
  private static final int M = 67;
  private static final int N = 45;
  private static final int INNER = 130;

  // Of whole numbers: known-answers.py among the tests makes these without Lemma.
  private static final String WHOLE_PRODUCT = "81991e7f8f091e0f";
  private static final String WHOLE_GRAM = "9fcbadec3f18343d";

  /** Rounding of n additions, with room: n 2^-53 of the sum of absolute values. */
  private static final double TOLERANCE = 1e-13;

  private KnownProducts() {}

  /** The machine's BLAS against plain loops, and the sums of squares of our own loops. */
  static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    double[] a = PlainNumbers.wholes(M * INNER, 3);
    double[] b = PlainNumbers.wholes(INNER * N, 5);
    String product = new Digest().of(looped(a, b)).text();
    checks.add(Check.known("BLAS dgemm, whole numbers", WHOLE_PRODUCT, () -> dgemm(a, b)));
    checks.add(Check.known("BLAS sgemm, whole numbers", WHOLE_PRODUCT, () -> sgemm(a, b)));
    checks.add(Check.known("plain loops, whole numbers", WHOLE_PRODUCT, () -> product));
    checks.add(
        Check.known(
            "BLAS dgemm against plain loops",
            "agree",
            () -> {
              double[] x = PlainNumbers.reals(M * INNER, 13);
              double[] y = PlainNumbers.reals(INNER * N, 17);
              return agreement(multiplied(x, y), looped(x, y));
            }));
    checks.add(
        Check.known(
            "Gram matrix by BLAS, whole numbers",
            WHOLE_GRAM,
            () ->
                NativeGram.ofMachine()
                    .map(blas -> GramKernel.blas(N, blas))
                    .map(kernel -> gram(kernel, b))
                    // Without a native library the jobs themselves take these.
                    .orElseGet(() -> gram(GramKernel.loops(N), b))));
    checks.add(
        Check.known("Gram matrix, whole numbers", WHOLE_GRAM, () -> gram(GramKernel.loops(N), b)));
    checks.add(
        Check.known(
            "Gram matrix, bits",
            "486015ea17b0f803",
            () -> gram(GramKernel.loops(N), PlainNumbers.reals(INNER * N, 19))));
    checks.add(
        Check.told(
            "bits of BLAS dgemm",
            () ->
                new Digest()
                    .of(
                        multiplied(
                            PlainNumbers.reals(M * INNER, 13), PlainNumbers.reals(INNER * N, 17)))
                    .text()));
    return checks;
  }

  private static String dgemm(double[] a, double[] b) {
    return new Digest().of(multiplied(a, b)).text();
  }

  private static double[] multiplied(double[] a, double[] b) {
    double[] c = new double[M * N];
    BlasGemm.ofMachine().dgemm(M, N, INNER, 1, a, 0, INNER, b, 0, N, 0, c, 0, N);
    return c;
  }

  private static String sgemm(double[] a, double[] b) {
    float[] c = new float[M * N];
    BlasGemm.ofMachine().sgemm(M, N, INNER, 1, single(a), 0, INNER, single(b), 0, N, 0, c, 0, N);
    double[] wide = new double[c.length];
    for (int i = 0; i < c.length; i++) {
      wide[i] = c[i];
    }
    return new Digest().of(wide).text();
  }

  private static float[] single(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return single;
  }

  private static double[] looped(double[] a, double[] b) {
    double[] c = new double[M * N];
    for (int i = 0; i < M; i++) {
      for (int r = 0; r < INNER; r++) {
        for (int j = 0; j < N; j++) {
          c[i * N + j] += a[i * INNER + r] * b[r * N + j];
        }
      }
    }
    return c;
  }

  private static String agreement(double[] found, double[] expected) {
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      // Math.max keeps a NaN.
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    // No element is larger than the number of terms, as no factor is larger than 1.
    return worst <= TOLERANCE * INNER
        ? "agree"
        : String.format(Locale.ROOT, "an element is off by %.3g", worst);
  }

  private static String gram(GramKernel kernel, double[] rows) {
    double[] sum = new double[kernel.length()];
    double[] row = new double[N];
    int slot = 0;
    for (int r = 0; r < INNER; r++) {
      System.arraycopy(rows, r * N, row, 0, N);
      kernel.load(slot++, row);
      if (slot == kernel.capacity() || r == INNER - 1) {
        kernel.addTo(sum, slot);
        slot = 0;
      }
    }
    return new Digest().of(kernel.packed(sum)).text();
  }
}
