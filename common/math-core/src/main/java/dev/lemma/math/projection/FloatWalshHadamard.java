// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/**
 * The Walsh-Hadamard transform in natural (Hadamard) order, not normalised, in binary32: x becomes
 * H x with H[i][j] = (-1)^(number of ones in i AND j). H H = p I.
 *
 * <p>Levels of stride h = p/2, p/4, ... 1, each replacing (a, b) at distance h by (a + b, a - b):
 * this order of additions is the transform's definition here, whatever way loops are arranged. p
 * log2 p additions, in place.
 *
 * <p>A sweep does two levels, which halves the traffic to memory and changes no addition. The
 * strides up to 16,384 are constants of loops of their own: the compiler must see that accesses do
 * not overlap before it vectorises.
 */
public final class FloatWalshHadamard {
  /** The least stride whose loops are vectorised along the array. */
  static final int SEGMENT = 256;

  private FloatWalshHadamard() {}

  /** Transforms an array whose length is a power of two; p log2 p additions. */
  public static void transformInPlace(float[] x) {
    int p = x.length;
    if (p < SEGMENT) {
      for (int stride = p / 2; stride >= 1; stride /= 2) {
        twoLevel(x, stride);
      }
      return;
    }
    upperLevelsInPlace(x, p);
    for (int o = 0; o < p; o += 256) {
      four64(x, o);
    }
    for (int o = 0; o < p; o += 64) {
      four16(x, o);
    }
    for (int o = 0; o < p; o += 16) {
      sixteen(x, o);
    }
  }

  /**
   * The levels of stride p/2 to 256 of each run of p entries.
   *
   * @param x n x p entries
   * @param p a power of two, at least 256
   */
  static void upperLevelsInPlace(float[] x, int p) {
    int stride = p / 2;
    if (Integer.numberOfTrailingZeros(p) % 2 == 1) {
      twoLevel(x, stride);
      stride /= 2;
    }
    for (; stride > SEGMENT; stride /= 4) {
      fourLevel(x, stride / 2);
    }
  }

  /** The level of one stride. */
  private static void twoLevel(float[] x, int stride) {
    for (int o = 0; o < x.length; o += 2 * stride) {
      switch (stride) {
        case 256 -> two256(x, o);
        case 1024 -> two1024(x, o);
        case 4096 -> two4096(x, o);
        case 16_384 -> two16384(x, o);
        default -> anyTwo(x, o, stride);
      }
    }
  }

  /** The levels of twice a stride and of the stride. */
  private static void fourLevel(float[] x, int stride) {
    for (int o = 0; o < x.length; o += 4 * stride) {
      switch (stride) {
        case 256 -> four256(x, o);
        case 1024 -> four1024(x, o);
        case 4096 -> four4096(x, o);
        case 16_384 -> four16384(x, o);
        default -> anyFour(x, o, stride);
      }
    }
  }

  private static void anyTwo(float[] x, int from, int stride) {
    for (int i = from; i < from + stride; i++) {
      butterfly(x, i, stride);
    }
  }

  private static void anyFour(float[] x, int from, int stride) {
    for (int i = from; i < from + stride; i++) {
      butterflies(x, i, stride);
    }
  }

  private static void two256(float[] x, int from) {
    for (int i = from; i < from + 256; i++) {
      butterfly(x, i, 256);
    }
  }

  private static void two1024(float[] x, int from) {
    for (int i = from; i < from + 1024; i++) {
      butterfly(x, i, 1024);
    }
  }

  private static void two4096(float[] x, int from) {
    for (int i = from; i < from + 4096; i++) {
      butterfly(x, i, 4096);
    }
  }

  private static void two16384(float[] x, int from) {
    for (int i = from; i < from + 16_384; i++) {
      butterfly(x, i, 16_384);
    }
  }

  private static void four16(float[] x, int from) {
    for (int i = from; i < from + 16; i++) {
      butterflies(x, i, 16);
    }
  }

  private static void four64(float[] x, int from) {
    for (int i = from; i < from + 64; i++) {
      butterflies(x, i, 64);
    }
  }

  private static void four256(float[] x, int from) {
    for (int i = from; i < from + 256; i++) {
      butterflies(x, i, 256);
    }
  }

  private static void four1024(float[] x, int from) {
    for (int i = from; i < from + 1024; i++) {
      butterflies(x, i, 1024);
    }
  }

  private static void four4096(float[] x, int from) {
    for (int i = from; i < from + 4096; i++) {
      butterflies(x, i, 4096);
    }
  }

  private static void four16384(float[] x, int from) {
    for (int i = from; i < from + 16_384; i++) {
      butterflies(x, i, 16_384);
    }
  }

  /** The levels of stride 8 to 1 of a run of 16 entries, in registers. */
  private static void sixteen(float[] x, int from) {
    butterflies(x, from, 4);
    butterflies(x, from + 1, 4);
    butterflies(x, from + 2, 4);
    butterflies(x, from + 3, 4);
    butterflies(x, from, 1);
    butterflies(x, from + 4, 1);
    butterflies(x, from + 8, 1);
    butterflies(x, from + 12, 1);
  }

  /** One pair of one level. */
  private static void butterfly(float[] x, int i, int stride) {
    float a = x[i];
    float b = x[i + stride];
    x[i] = a + b;
    x[i + stride] = a - b;
  }

  /** Two pairs of the level of twice the stride, then two of the level of the stride. */
  private static void butterflies(float[] x, int i, int stride) {
    float a = x[i];
    float b = x[i + stride];
    float c = x[i + 2 * stride];
    float d = x[i + 3 * stride];
    float ac = a + c;
    float bd = b + d;
    float ca = a - c;
    float db = b - d;
    x[i] = ac + bd;
    x[i + stride] = ac - bd;
    x[i + 2 * stride] = ca + db;
    x[i + 3 * stride] = ca - db;
  }
}
