// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import java.io.Serializable;

/**
 * A kernel that random features estimate, with the variance of that estimate.
 *
 * <p>Every kernel has a bandwidth s, the length that rows are divided by.
 */
public sealed interface KernelFunction extends Serializable {

  /** The length that rows are divided by. */
  double bandwidth();

  /** The same kernel with another bandwidth. */
  KernelFunction withBandwidth(double s);

  /** The kernel of two rows. */
  double value(PairMeasures pair);

  /**
   * The variance of the estimate from one independent frequency, which is that of m of them times
   * m. Frequencies that are orthogonal or have stratified norms do better than that on average.
   */
  double frequencyVariance(PairMeasures pair);

  /** Whether the kernel is a number of at most 1, so that absolute errors can be compared. */
  default boolean isBounded() {
    return true;
  }

  /** Whether the kernel sees rows through |x - y| or x'y alone, so that rotations leave it. */
  default boolean isIsotropic() {
    return true;
  }

  /**
   * exp(-|x - y|<sup>2</sup> / (2 s<sup>2</sup>)). Frequencies are Gaussian.
   *
   * @param bandwidth s, positive and finite
   */
  record Gaussian(double bandwidth) implements KernelFunction {
    /** Checks the bandwidth. */
    public Gaussian {
      requireBandwidth(bandwidth);
    }

    @Override
    public Gaussian withBandwidth(double s) {
      return new Gaussian(s);
    }

    @Override
    public double value(PairMeasures pair) {
      return Math.exp(-0.5 * pair.over(bandwidth).squaredDistance());
    }

    @Override
    public double frequencyVariance(PairMeasures pair) {
      return KernelFunction.cosineVariance(this, pair);
    }
  }

  /**
   * exp(-|x - y|<sub>1</sub> / s), the product of one exponential for each coordinate. The
   * coordinates of frequencies are independent and follow the Cauchy law, so that there are no
   * orthogonal ones; its isotropic relative is {@link Matern} with smoothness 1/2.
   *
   * @param bandwidth s, positive and finite
   */
  record Laplacian(double bandwidth) implements KernelFunction {
    /** Checks the bandwidth. */
    public Laplacian {
      requireBandwidth(bandwidth);
    }

    @Override
    public Laplacian withBandwidth(double s) {
      return new Laplacian(s);
    }

    @Override
    public double value(PairMeasures pair) {
      return Math.exp(-pair.over(bandwidth).manhattan());
    }

    @Override
    public double frequencyVariance(PairMeasures pair) {
      return KernelFunction.cosineVariance(this, pair);
    }

    @Override
    public boolean isIsotropic() {
      return false;
    }
  }

  /**
   * The Matern kernel of half-integer smoothness nu = q + 1/2, with u = sqrt(2 nu) |x - y| / s:
   *
   * <pre>
   *   exp(-u) q! / (2q)! sum over i = 0 .. q of (q + i)! / (i! (q - i)!) (2 u)^(q - i).
   * </pre>
   *
   * <p>exp(-|x - y| / s) for nu = 1/2; the Gaussian kernel is its limit. Frequencies follow the
   * multivariate t law with 2 nu degrees: Gaussian vectors times sqrt(2 nu / chi-square).
   *
   * <p>Source: C. E. Rasmussen and C. K. I. Williams, <em>Gaussian Processes for Machine
   * Learning</em>, 2006, section 4.2.
   *
   * @param bandwidth s, positive and finite
   * @param smoothness nu, one of 0.5, 1.5, ... 10.5
   */
  record Matern(double bandwidth, double smoothness) implements KernelFunction {
    private static final double SMOOTHEST = 10.5;

    /** Checks bandwidth and smoothness. */
    public Matern {
      requireBandwidth(bandwidth);
      if (!(smoothness >= 0.5 && smoothness <= SMOOTHEST && (smoothness - 0.5) % 1 == 0)) {
        throw new IllegalArgumentException(
            "smoothness must be one of 0.5, 1.5, ... " + SMOOTHEST + ", found " + smoothness);
      }
    }

    /** 2 nu, the degrees of freedom of the frequencies' law. */
    int degrees() {
      return (int) (2 * smoothness);
    }

    @Override
    public Matern withBandwidth(double s) {
      return new Matern(s, smoothness);
    }

    @Override
    public double value(PairMeasures pair) {
      double u = Math.sqrt(2 * smoothness * pair.over(bandwidth).squaredDistance());
      int q = (int) smoothness;
      // Term i = q is 1 once the factor in front is in; term i from term i + 1.
      double term = 1;
      double sum = 1;
      for (int i = q - 1; i >= 0; i--) {
        term *= 2 * u * (i + 1) / ((double) (q + i + 1) * (q - i));
        sum += term;
      }
      return Math.exp(-u) * sum;
    }

    @Override
    public double frequencyVariance(PairMeasures pair) {
      return KernelFunction.cosineVariance(this, pair);
    }
  }

  /**
   * exp(x'y / s<sup>2</sup>), what attention weighs by; s = d<sup>1/4</sup> is its usual scale.
   *
   * @param bandwidth s, positive and finite
   */
  record Softmax(double bandwidth) implements KernelFunction {
    /** Checks the bandwidth. */
    public Softmax {
      requireBandwidth(bandwidth);
    }

    @Override
    public Softmax withBandwidth(double s) {
      return new Softmax(s);
    }

    @Override
    public double value(PairMeasures pair) {
      return Math.exp(pair.over(bandwidth).product());
    }

    /**
     * That of the two positive features exp(w'x) and exp(-w'x) of a frequency, which is (1 -
     * exp(-|x + y|<sup>2</sup>)) / 2 times that of one.
     */
    @Override
    public double frequencyVariance(PairMeasures pair) {
      PairMeasures scaled = pair.over(bandwidth);
      return -0.5 * Math.expm1(-scaled.squaredSum()) * onePositiveVariance(pair);
    }

    /** The variance of the estimate from one positive feature: e^(2 x'y) (e^(|x + y|^2) - 1). */
    public double onePositiveVariance(PairMeasures pair) {
      PairMeasures scaled = pair.over(bandwidth);
      return Math.exp(2 * scaled.product()) * Math.expm1(scaled.squaredSum());
    }

    /**
     * The variance of the estimate by e^(|x|^2/2) e^(|y|^2/2) cos(w'(x - y)) from one frequency,
     * which can be negative and is best where the kernel is large: e^(|x + y|^2 - 2 x'y) (1 -
     * e^(-|x - y|^2))^2 / 2.
     */
    public double trigonometricVariance(PairMeasures pair) {
      PairMeasures scaled = pair.over(bandwidth);
      double lost = Math.expm1(-scaled.squaredDistance());
      return 0.5 * Math.exp(scaled.squaredNorms()) * lost * lost;
    }

    @Override
    public boolean isBounded() {
      return false;
    }
  }

  /** The variance of cos(w'(x - y)): half of 1 + k(2 (x - y)) - 2 k(x - y)^2. */
  private static double cosineVariance(KernelFunction kernel, PairMeasures pair) {
    double k = kernel.value(pair);
    double twice = kernel.value(pair.withTwiceTheDifference());
    // Rounding leaves some -1e-17 for equal rows.
    return Math.max(0, 0.5 * (1 + twice - 2 * k * k));
  }

  private static void requireBandwidth(double bandwidth) {
    if (!(bandwidth > 0 && bandwidth < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "bandwidth must be positive and finite, found " + bandwidth);
    }
  }
}
