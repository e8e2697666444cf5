// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;

/**
 * Exact standard normal draws given that |x| is at most 2, by a ziggurat: the area under exp(-x
 * <sup>2</sup> / 2) on [0, 2] lies within {@link #LAYERS} rectangles of equal area, one on top of
 * the other. A word chooses the rectangle, the sign and the place; 99 of 100 places lie under the
 * curve whatever their height, so that no logarithm is asked for. Cut at 2, the law has no tail to
 * be drawn apart.
 *
 * <p>Source: G. Marsaglia and W. W. Tsang, <em>The Ziggurat Method for Generating Random
 * Variables</em>, 2000, <a
 * href="https://doi.org/10.18637/jss.v005.i08">doi:10.18637/jss.v005.i08</a>; layer, sign and place
 * from bits of their own, as J. A. Doornik, <em>An Improved Ziggurat Method to Generate Normal
 * Random Samples</em>, 2005, asks.
 */
final class CutNormal {
  static final int LAYERS = 256;

  private static final double CUT = 2;

  /** Right ends of the rectangles from below, and 0. */
  static final double[] WIDTH = new double[LAYERS + 1];

  /** Lower edges of the rectangles, and the top of the last one. */
  static final double[] HEIGHT = new double[LAYERS + 1];

  /** Share of a rectangle that lies under the curve at its upper edge too. */
  private static final double[] INSIDE = new double[LAYERS];

  static {
    double low = 0;
    double high = 1;
    // The smallest area of which this many rectangles reach the top of the curve.
    while (true) {
      double area = 0.5 * (low + high);
      if (area == low || area == high) {
        break;
      }
      if (pile(area) < 1) {
        low = area;
      } else {
        high = area;
      }
    }
    pile(high);
    for (int i = 0; i < LAYERS; i++) {
      INSIDE[i] = WIDTH[i + 1] / WIDTH[i];
    }
  }

  private CutNormal() {}

  /** Height of so many rectangles of an area, as soon as it is above the curve. */
  private static double pile(double area) {
    HEIGHT[0] = 0;
    WIDTH[0] = CUT;
    for (int i = 0; i < LAYERS; i++) {
      double top = HEIGHT[i] + area / WIDTH[i];
      HEIGHT[i + 1] = top;
      if (top >= 1) {
        WIDTH[i + 1] = 0;
        return i + 1 < LAYERS ? Double.POSITIVE_INFINITY : top;
      }
      WIDTH[i + 1] = Math.min(CUT, StrictMath.sqrt(-2 * StrictMath.log(top)));
    }
    return HEIGHT[LAYERS];
  }

  /** The draw of an address: its first word, and the next ones where they are needed. */
  static double draw(StreamKey key, long entity, long index) {
    long[] words = new long[Philox4x64.WORDS];
    key.block(entity, index, 0, 0, words);
    long word = words[0];
    int layer = layer(word);
    double place = place(word);
    return Math.abs(place) <= INSIDE[layer]
        ? place * WIDTH[layer]
        : draw(new KeyedSource(key).at(entity, index, 0));
  }

  /** The next draw of a source. */
  static double draw(KeyedSource source) {
    while (true) {
      long word = source.nextLong();
      int layer = layer(word);
      double place = place(word);
      double x = place * WIDTH[layer];
      if (Math.abs(place) <= INSIDE[layer]) {
        return x;
      }
      double thickness = HEIGHT[layer + 1] - HEIGHT[layer];
      double y = HEIGHT[layer] + thickness * Variates.uniform(source);
      if (y < StrictMath.exp(-0.5 * x * x)) {
        return x;
      }
    }
  }

  private static int layer(long word) {
    return (int) word & (LAYERS - 1);
  }

  /** Uniform in (-1, 1), symmetric about 0: an odd multiple of 2^-53 of the upper 53 bits. */
  private static double place(long word) {
    return ((word >> 10) | 1) * 0x1p-53;
  }
}
