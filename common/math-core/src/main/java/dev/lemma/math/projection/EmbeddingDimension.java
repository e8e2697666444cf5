// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * How wide an embedding must be to tell a vocabulary apart: n &gt; 8.33 ln N, by the
 * minimum-entropy argument for Skip-Gram.
 *
 * <p>Let N^2 word pairs meet with a probability proportional to exp(n cos t), t being the angle of
 * two vectors uniform on a sphere of radius sqrt(n) in n dimensions. The entropy of the pair is
 * about 2 ln N + h(n), and a model that has settled anything needs it below 0. As n grows, h(n) / n
 * tends to -ln(phi) / 2, phi the golden ratio.
 *
 * <p>Su Jianlin, <a href="https://kexue.fm/archives/7695">kexue.fm/archives/7695</a>. A rule of
 * thumb for models that are trained; it promises nothing about distances.
 */
public final class EmbeddingDimension {
  /** 4 / ln(phi), the exact coefficient of ln N. */
  public static final double COEFFICIENT = 8.312347684940109;

  /** The coefficient as the article rounds it, 2 / 0.24. */
  public static final double ARTICLE_COEFFICIENT = 8.33;

  /** Steps of the trapezoidal rule in the angle; the integrand is smooth and periodic. */
  private static final int STEPS = 8192;

  /** (sqrt(5) - 1) / 2, where the exponent n (cos t + ln sin t) is largest. */
  private static final double PEAK_COSINE = 0.6180339887498949;

  private static final double PEAK_SINE = Math.sqrt(1 - PEAK_COSINE * PEAK_COSINE);

  private EmbeddingDimension() {}

  /**
   * 8.33 ln N, as the article has it.
   *
   * @param vocabulary N, at least 1; the sequence length for the size of an attention head
   */
  public static double article(long vocabulary) {
    return ARTICLE_COEFFICIENT * logCount(vocabulary);
  }

  /**
   * 4 ln N / ln(phi).
   *
   * @param vocabulary N, at least 1
   */
  public static double limit(long vocabulary) {
    return COEFFICIENT * logCount(vocabulary);
  }

  /**
   * h(n) = ln E[exp(n cos t)] - n E[cos t exp(n cos t)] / E[exp(n cos t)] over the density
   * proportional to sin(t)^(n - 2), by the trapezoidal rule; within 1e-6 for n up to 100,000.
   *
   * @param n dimension, at least 2
   */
  public static double entropyGap(long n) {
    if (n < 2) {
      throw new IllegalArgumentException("n must be at least 2, found " + n);
    }
    double uniform = 0;
    double weighted = 0;
    double cosine = 0;
    // exp(n cos t) sin(t)^(n-2) peaks near cos t = 0.618; dividing by its bound there avoids
    // overflow.
    double peak = (n - 2) * Math.log(PEAK_SINE) + n * PEAK_COSINE;
    for (int i = 1; i < STEPS; i++) {
      double t = Math.PI * i / STEPS;
      double power = (n - 2) * Math.log(Math.sin(t));
      double weight = Math.exp(power + n * Math.cos(t) - peak);
      uniform += Math.exp(power);
      weighted += weight;
      cosine += weight * Math.cos(t);
    }
    if (n == 2) {
      // The density is flat: the ends count half.
      double ends = 0.5 * (Math.exp(n - peak) + Math.exp(-n - peak));
      cosine += 0.5 * (Math.exp(n - peak) - Math.exp(-n - peak));
      weighted += ends;
      uniform += 1;
    }
    return Math.log(weighted / uniform) + peak - n * (cosine / weighted);
  }

  private static double logCount(long vocabulary) {
    if (vocabulary < 1) {
      throw new IllegalArgumentException("vocabulary must be at least 1, found " + vocabulary);
    }
    return Math.log(vocabulary);
  }
}
