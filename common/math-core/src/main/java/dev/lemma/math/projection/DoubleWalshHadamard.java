// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

/** The twin of {@link FloatWalshHadamard} in binary64. */
public final class DoubleWalshHadamard {
  /** The least stride whose loops are vectorised along the array. */
  static final int SEGMENT = 256;

  private DoubleWalshHadamard() {}

  /** Transforms an array whose length is a power of two. */
  public static void transformInPlace(double[] x) {
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
  static void upperLevelsInPlace(double[] x, int p) {
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
  private static void twoLevel(double[] x, int stride) {
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
  private static void fourLevel(double[] x, int stride) {
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

  private static void anyTwo(double[] x, int from, int stride) {
    for (int i = from; i < from + stride; i++) {
      butterfly(x, i, stride);
    }
  }

  private static void anyFour(double[] x, int from, int stride) {
    for (int i = from; i < from + stride; i++) {
      butterflies(x, i, stride);
    }
  }

  private static void two256(double[] x, int from) {
    for (int i = from; i < from + 256; i++) {
      butterfly(x, i, 256);
    }
  }

  private static void two1024(double[] x, int from) {
    for (int i = from; i < from + 1024; i++) {
      butterfly(x, i, 1024);
    }
  }

  private static void two4096(double[] x, int from) {
    for (int i = from; i < from + 4096; i++) {
      butterfly(x, i, 4096);
    }
  }

  private static void two16384(double[] x, int from) {
    for (int i = from; i < from + 16_384; i++) {
      butterfly(x, i, 16_384);
    }
  }

  private static void four16(double[] x, int from) {
    for (int i = from; i < from + 16; i++) {
      butterflies(x, i, 16);
    }
  }

  private static void four64(double[] x, int from) {
    for (int i = from; i < from + 64; i++) {
      butterflies(x, i, 64);
    }
  }

  private static void four256(double[] x, int from) {
    for (int i = from; i < from + 256; i++) {
      butterflies(x, i, 256);
    }
  }

  private static void four1024(double[] x, int from) {
    for (int i = from; i < from + 1024; i++) {
      butterflies(x, i, 1024);
    }
  }

  private static void four4096(double[] x, int from) {
    for (int i = from; i < from + 4096; i++) {
      butterflies(x, i, 4096);
    }
  }

  private static void four16384(double[] x, int from) {
    for (int i = from; i < from + 16_384; i++) {
      butterflies(x, i, 16_384);
    }
  }

  /** The levels of stride 8 to 1 of a run of 16 entries, in registers. */
  private static void sixteen(double[] x, int from) {
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
  private static void butterfly(double[] x, int i, int stride) {
    double a = x[i];
    double b = x[i + stride];
    x[i] = a + b;
    x[i + stride] = a - b;
  }

  /** Two pairs of the level of twice the stride, then two of the level of the stride. */
  private static void butterflies(double[] x, int i, int stride) {
    double a = x[i];
    double b = x[i + stride];
    double c = x[i + 2 * stride];
    double d = x[i + 3 * stride];
    double ac = a + c;
    double bd = b + d;
    double ca = a - c;
    double db = b - d;
    x[i] = ac + bd;
    x[i + stride] = ac - bd;
    x[i + 2 * stride] = ca + db;
    x[i + 3 * stride] = ca - db;
  }
}
