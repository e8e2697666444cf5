// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.random;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Pure conversions of uniform bits into variates. The same bits give the same variate on every
 * machine: what needs logarithms and angles uses {@link StrictMath}.
 */
public final class Variates {
  private static final double TWO_PI = 2 * Math.PI;

  private Variates() {}

  /**
   * A uniform variate in the open interval (0, 1): an odd multiple of 2<sup>-53</sup> made of the
   * upper 52 bits. Never 0 or 1, mean exactly 1/2, and {@code 1 - u} is exact and as likely as
   * {@code u}.
   */
  public static double uniform(long bits) {
    // The lowest of the 53 bits is set rather than drawn: with it, 2^53 - 1/2 would round to 1.
    return ((bits >>> 11) | 1L) * 0x1p-53;
  }

  /**
   * A position in [0, range) by multiply-shift of 32 bits. The probabilities of two positions
   * differ by at most 2<sup>-32</sup>, which is range x 2<sup>-32</sup> of either: use {@link
   * #longPosition} where that matters.
   *
   * @param bits of which the lower 32 count
   * @param range 1 to 2<sup>31</sup> - 1
   */
  public static int position(long bits, int range) {
    return (int) (((bits & 0xFFFF_FFFFL) * range) >>> 32);
  }

  /**
   * A position in [0, range) by multiply-shift of 64 bits; probabilities differ by at most
   * 2<sup>-64</sup>.
   *
   * @param bits of which all count
   * @param range 1 to 2<sup>63</sup> - 1
   */
  public static long longPosition(long bits, long range) {
    return Math.multiplyHigh(bits, range) + (range & (bits >> 63));
  }

  /**
   * A fair sign, +1 where the bit is clear and -1 where it is set.
   *
   * @param bits 64 signs
   * @param bit which of them, 0 (lowest) to 63
   */
  public static int sign(long bits, int bit) {
    return 1 - (int) ((bits >>> bit) & 1L) * 2;
  }

  /**
   * Two independent standard Gaussians by the Box-Muller transform of two words: {@code out[at] = r
   * cos t} and {@code out[at + 1] = r sin t} with r = sqrt(-2 ln u), t = 2 pi v and u, v the {@link
   * #uniform} variates of the two words. At most 8.58 in magnitude.
   *
   * <p>Source: G. E. P. Box and M. E. Muller, <em>A Note on the Generation of Random Normal
   * Deviates</em>, 1958, <a
   * href="https://doi.org/10.1214/aoms/1177706645">doi:10.1214/aoms/1177706645</a>.
   */
  public static void gaussianPair(long first, long second, double[] out, int at) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(first)));
    double angle = TWO_PI * uniform(second);
    out[at] = radius * StrictMath.cos(angle);
    out[at + 1] = radius * StrictMath.sin(angle);
  }

  /**
   * The four standard Gaussians of one block: {@link #gaussianPair} of words 0 and 1, then of words
   * 2 and 3, at {@code out[at .. at + 3]}.
   */
  public static void gaussians(long[] block, double[] out, int at) {
    gaussianPair(block[0], block[1], out, at);
    gaussianPair(block[2], block[3], out, at + 2);
  }

  /** A uniform variate in (0, 1) from the next word. */
  public static double uniform(UniformRandomProvider source) {
    return uniform(source.nextLong());
  }

  /** An exponential variate of rate 1, -ln U, from the next word; at most 36.8. */
  public static double exponential(UniformRandomProvider source) {
    return -StrictMath.log(uniform(source.nextLong()));
  }

  /** A standard Gaussian from the next two words: the first of {@link #gaussianPair}. */
  public static double gaussian(UniformRandomProvider source) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(source.nextLong())));
    return radius * StrictMath.cos(TWO_PI * uniform(source.nextLong()));
  }

  /** Independent standard Gaussians at {@code out[at .. at + count - 1]}, a word for each. */
  public static void gaussians(UniformRandomProvider source, double[] out, int at, int count) {
    int even = count & ~1;
    for (int i = 0; i < even; i += 2) {
      gaussianPair(source.nextLong(), source.nextLong(), out, at + i);
    }
    if (even < count) {
      out[at + even] = gaussian(source);
    }
  }
}
