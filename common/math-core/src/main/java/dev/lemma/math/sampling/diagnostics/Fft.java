// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * The discrete Fourier transform of N complex numbers, N a power of two, without normalisation: X_k
 * = sum over j of x_j exp(-2 pi i j k / N).
 *
 * <p>Stockham's form in steps of radix 4 (and one of radix 2 where log2 N is odd): it needs no bit
 * reversal, and the inner loop runs over neighbours. About 4.25 N log2 N operations and no
 * allocation; the relative error in norm is a small multiple of log2 N rounding units. The work
 * arrays belong to the plan: one thread at a time.
 *
 * <p>Source: C. Van Loan, <em>Computational Frameworks for the Fast Fourier Transform</em>, 1992,
 * section 1.7.
 */
final class Fft {
  private static final int SMALLEST = 4;

  private final int size;
  private final double[] cosine;
  private final double[] sine;
  private double[] re;
  private double[] im;
  private double[] otherRe;
  private double[] otherIm;

  /** A plan for a power of two from 4 on. */
  Fft(int size) {
    if (size < SMALLEST || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "the size of a transform must be a power of two from 4 on, found " + size);
    }
    this.size = size;
    cosine = new double[size];
    sine = new double[size];
    for (int k = 0; k < size; k++) {
      double angle = 2 * Math.PI * k / size;
      cosine[k] = Math.cos(angle);
      sine[k] = Math.sin(angle);
    }
    re = new double[size];
    im = new double[size];
    otherRe = new double[size];
    otherIm = new double[size];
  }

  /** The smallest size that holds so many numbers. */
  static int sizeFor(int numbers) {
    return Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, numbers - 1)) << 1);
  }

  int size() {
    return size;
  }

  /** Real parts, N: fill them before {@link #transform}, read them after; each call anew. */
  double[] real() {
    return re;
  }

  /** Imaginary parts, N, in the same way. */
  double[] imaginary() {
    return im;
  }

  /** Transforms what {@link #real} and {@link #imaginary} hold. */
  void transform() {
    int stride = 1;
    int length = size;
    for (; length >= 4; length /= 4) {
      radix4(length, stride);
      swap();
      stride *= 4;
    }
    if (length == 2) {
      radix2(stride);
      swap();
    }
  }

  private void swap() {
    double[] kept = re;
    re = otherRe;
    otherRe = kept;
    kept = im;
    im = otherIm;
    otherIm = kept;
  }

  private void radix4(int length, int stride) {
    int quarter = length / 4;
    for (int p = 0; p < quarter; p++) {
      int angle = p * stride;
      butterflies(stride, stride * p, stride * quarter, 4 * stride * p, angle);
    }
  }

  /** The four-point transforms of one twiddle factor w = exp(-2 pi i angle / N). */
  private void butterflies(int count, int from, int step, int to, int angle) {
    double[] xr = re;
    double[] xi = im;
    double[] yr = otherRe;
    double[] yi = otherIm;
    double c1 = cosine[angle];
    double s1 = -sine[angle];
    double c2 = cosine[2 * angle];
    double s2 = -sine[2 * angle];
    double c3 = cosine[3 * angle];
    double s3 = -sine[3 * angle];
    for (int q = 0; q < count; q++) {
      int a = from + q;
      int b = a + step;
      int c = b + step;
      int d = c + step;
      double acr = xr[a] + xr[c];
      double aci = xi[a] + xi[c];
      double bdr = xr[b] + xr[d];
      double bdi = xi[b] + xi[d];
      double amr = xr[a] - xr[c];
      double ami = xi[a] - xi[c];
      double bmr = xr[b] - xr[d];
      double bmi = xi[b] - xi[d];
      double t1r = amr + bmi;
      double t1i = ami - bmr;
      double t2r = acr - bdr;
      double t2i = aci - bdi;
      double t3r = amr - bmi;
      double t3i = ami + bmr;
      int y = to + q;
      yr[y] = acr + bdr;
      yi[y] = aci + bdi;
      yr[y + count] = c1 * t1r - s1 * t1i;
      yi[y + count] = c1 * t1i + s1 * t1r;
      yr[y + 2 * count] = c2 * t2r - s2 * t2i;
      yi[y + 2 * count] = c2 * t2i + s2 * t2r;
      yr[y + 3 * count] = c3 * t3r - s3 * t3i;
      yi[y + 3 * count] = c3 * t3i + s3 * t3r;
    }
  }

  private void radix2(int stride) {
    for (int q = 0; q < stride; q++) {
      double ar = re[q];
      double ai = im[q];
      double br = re[q + stride];
      double bi = im[q + stride];
      otherRe[q] = ar + br;
      otherIm[q] = ai + bi;
      otherRe[q + stride] = ar - br;
      otherIm[q + stride] = ai - bi;
    }
  }
}
