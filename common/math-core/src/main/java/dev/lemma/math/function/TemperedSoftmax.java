// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import java.util.Arrays;

/**
 * Softmax at a temperature tau: p<sub>i</sub> in proportion to exp(x<sub>i</sub> / tau). tau = 1 is
 * the softmax itself, the gradient of {@link LogSumExp}; it goes to one-hot as tau goes to 0 and to
 * uniform as tau grows. p rises in its own score at the rate p<sub>i</sub> (1 - p<sub>i</sub>) /
 * tau and falls in another's at p<sub>i</sub> p<sub>j</sub> / tau.
 *
 * <p>Scores of infinity share everything equally, as do scores that are all -infinity: the limits
 * when they move together. A NaN makes all NaN; nothing gives nothing. Relative error of an entry
 * at tau = 1: 4 ulp plus half an ulp of x<sub>i</sub> - max, plus n 2<sup>-53</sup> at worst. O(n).
 *
 * <p>Source: <a href="https://kexue.fm/archives/9070">kexue.fm/archives/9070</a>; P. Blanchard, D.
 * J. Higham and N. J. Higham, <a
 * href="https://doi.org/10.1093/imanum/draa038">doi:10.1093/imanum/draa038</a>.
 */
public final class TemperedSoftmax {
  private TemperedSoftmax() {}

  /** The softmax: temperature 1. */
  public static double[] of(double[] scores) {
    return of(scores, 1);
  }

  /**
   * The softmax at a temperature.
   *
   * @param scores left as they are
   * @param temperature tau, positive and finite, else all NaN
   * @return as many probabilities
   */
  public static double[] of(double[] scores, double temperature) {
    double[] p = scores.clone();
    inPlace(p, temperature);
    return p;
  }

  /**
   * Replaces scores by their softmax at a temperature.
   *
   * @param p scores
   * @param temperature tau, positive and finite, else all NaN
   */
  public static void inPlace(double[] p, double temperature) {
    double largest = LogSumExp.largest(p);
    if (largest != largest || !(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      Arrays.fill(p, Double.NaN);
      return;
    }
    if (Double.isInfinite(largest)) {
      share(p, largest);
      return;
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double distance = p[i] - largest;
      p[i] = Elementary.exp(temperature == 1 ? distance : distance / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
  }

  /** Those that are infinite share equally. */
  static void share(double[] p, double infinite) {
    int count = 0;
    for (double value : p) {
      count += value == infinite ? 1 : 0;
    }
    for (int i = 0; i < p.length; i++) {
      p[i] = p[i] == infinite ? 1.0 / count : 0;
    }
  }
}
