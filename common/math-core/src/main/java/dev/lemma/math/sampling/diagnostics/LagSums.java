// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import java.util.Arrays;

/**
 * The autocovariance of several sequences of n numbers, divided by n and averaged over the
 * sequences: a_t = mean over s of (1/n) sum over i of y_{s,i} y_{s,i+t}, y being the sequences less
 * their means.
 *
 * <p>Lags are made when they are asked for, since most sums over lags end long before n: the first
 * {@value #DIRECT} by plain products (8 n a sequence for 8 lags), the rest by Fourier transforms
 * padded so that no lag wraps around. Two real sequences share one complex transform, and only the
 * sum of the power spectra is transformed back: for m sequences m / 2 + 1 transforms in place of 2
 * m.
 */
final class LagSums {
  private static final int DIRECT = 64;
  private static final int BLOCK = 8;

  private final Sequences sequences;
  private final int length;
  private final double[] centred;
  private final double[] means;
  private final double[] autocovariance;
  private final double[] sums = new double[BLOCK];
  private Fft near;
  private Fft far;
  private double[] power = {};
  private int known;

  LagSums(Sequences sequences) {
    this.sequences = sequences;
    length = sequences.length();
    centred = new double[sequences.size()];
    means = new double[sequences.count()];
    autocovariance = new double[length + BLOCK];
  }

  /** Takes new draws; what was known is forgotten. */
  void accept(double[] draws) {
    int[] starts = sequences.starts();
    for (int s = 0; s < starts.length; s++) {
      double mean = Moments.mean(draws, starts[s], length);
      means[s] = mean;
      int at = s * length;
      for (int i = 0; i < length; i++) {
        centred[at + i] = draws[starts[s] + i] - mean;
      }
    }
    known = 0;
  }

  /** The means of the sequences; the array stays the kernel's. */
  double[] means() {
    return means;
  }

  /** a_t for a lag below n. */
  double at(int lag) {
    while (lag >= known) {
      extend();
    }
    return autocovariance[lag];
  }

  private void extend() {
    if (known < Math.min(DIRECT, length)) {
      products(known);
      known = Math.min(known + BLOCK, length);
      return;
    }
    Fft plan = plan();
    int lags = Math.min(length, plan.size() - length + 1);
    transform(plan, lags);
    known = lags;
  }

  /** A transform for the first eighth of the lags, and if that is not enough one for all. */
  private Fft plan() {
    if (near == null) {
      int first = Fft.sizeFor(length + Math.max(length / 8, 4 * DIRECT));
      near = new Fft(Math.min(first, Fft.sizeFor(2 * length)));
    }
    if (known < Math.min(length, near.size() - length + 1)) {
      return near;
    }
    if (far == null) {
      far = new Fft(Fft.sizeFor(2 * length));
    }
    return far;
  }

  private void products(int lag) {
    Arrays.fill(sums, 0);
    for (int s = 0; s < sequences.count(); s++) {
      addProducts(s * length, (s + 1) * length, lag);
    }
    for (int k = 0; k < BLOCK; k++) {
      autocovariance[lag + k] = sums[k] / length / sequences.count();
    }
  }

  /** Eight lags a sweep: eight sums in registers for nine loads. */
  private void addProducts(int from, int to, int lag) {
    double[] y = centred;
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = from;
    for (int end = to - lag - BLOCK + 1; i < end; i++) {
      double x = y[i];
      int j = i + lag;
      s0 += x * y[j];
      s1 += x * y[j + 1];
      s2 += x * y[j + 2];
      s3 += x * y[j + 3];
      s4 += x * y[j + 4];
      s5 += x * y[j + 5];
      s6 += x * y[j + 6];
      s7 += x * y[j + 7];
    }
    sums[0] += s0;
    sums[1] += s1;
    sums[2] += s2;
    sums[3] += s3;
    sums[4] += s4;
    sums[5] += s5;
    sums[6] += s6;
    sums[7] += s7;
    for (; i < to; i++) {
      for (int k = 0; k < BLOCK && i + lag + k < to; k++) {
        sums[k] += y[i] * y[i + lag + k];
      }
    }
  }

  private void transform(Fft plan, int lags) {
    int size = plan.size();
    if (power.length < size) {
      power = new double[size];
    }
    Arrays.fill(power, 0, size, 0);
    for (int s = 0; s < sequences.count(); s += 2) {
      load(plan.real(), s, size);
      load(plan.imaginary(), s + 1, size);
      plan.transform();
      double[] re = plan.real();
      double[] im = plan.imaginary();
      for (int k = 0; k < size; k++) {
        power[k] += re[k] * re[k] + im[k] * im[k];
      }
    }
    System.arraycopy(power, 0, plan.real(), 0, size);
    Arrays.fill(plan.imaginary(), 0);
    plan.transform();
    double[] inverse = plan.real();
    double scale = 1.0 / ((double) size * length * sequences.count());
    for (int t = 0; t < lags; t++) {
      autocovariance[t] = inverse[t] * scale;
    }
  }

  private void load(double[] into, int sequence, int size) {
    int used = 0;
    if (sequence < sequences.count()) {
      System.arraycopy(centred, sequence * length, into, 0, length);
      used = length;
    }
    Arrays.fill(into, used, size, 0);
  }
}
