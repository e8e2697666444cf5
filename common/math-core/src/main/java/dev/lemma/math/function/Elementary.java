// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Exponential, logarithm of one plus, angle and sine in plain Java, for functions that are called
 * for each row of a table: the Java library leaves the second and the third to native code, which
 * costs a transition a call, and reduces what it takes the sine of, which here is no more than half
 * a turn.
 *
 * <p>The exponential looks 2<sup>i/128</sup> up to more than double precision and leaves a
 * polynomial of degree 5 to what remains (P. T. P. Tang, <em>Table-driven implementation of the
 * exponential function in IEEE floating-point arithmetic</em>, ACM TOMS 15, 1989, <a
 * href="https://doi.org/10.1145/63522.214389">doi:10.1145/63522.214389</a>); the logarithm does the
 * same between multiples of 1/128 and the angle between those of 1/16. The sine is one polynomial
 * of degree 17, which interpolates it at Chebyshev's points. Pure; no allocation.
 */
final class Elementary {
  private static final MathContext DIGITS = new MathContext(40);
  private static final BigDecimal LN_2 = new BigDecimal("0.69314718055994530941723212145817656807");
  private static final double PI_REST = 1.2246467991473532e-16;

  /** Number of pieces that a doubling is cut into, and its logarithm to base 2. */
  private static final int PIECES = 128;

  private static final int PIECES_LOG = 7;
  private static final int SIGNIFICAND_BITS = 52;
  private static final long FRACTION_MASK = (1L << SIGNIFICAND_BITS) - 1;
  private static final long ONE = 1023L << SIGNIFICAND_BITS;
  private static final long HALF_PIECE = 1L << SIGNIFICAND_BITS - PIECES_LOG - 1;

  /** Added to a number of moderate size, it leaves the nearest integer in the last bits. */
  private static final double INTEGER_IN_LAST_BITS = 0x1.8p52;

  /** From here on a result could overflow or be subnormal. */
  private static final double EXTREME = 700;

  /** ln 2 / 128 in two parts, of which the first leaves room for 20 bits of a factor. */
  private static final double STEP;

  private static final double STEP_REST;

  /** ln 2 likewise. */
  private static final double LN_2_HEAD;

  private static final double LN_2_TAIL;
  private static final double STEPS_TO_ONE;

  /** Bits of 2^(i/128) less i 2^45, which the shifted count of pieces brings along. */
  private static final long[] POWERS = new long[PIECES];

  /** What 2^(i/128) exceeds its double by, relative to it. */
  private static final double[] POWERS_REST = new double[PIECES];

  /** ln(1 + i/128) and 1 / (1 + i/128). */
  private static final double[] LOGARITHMS = new double[PIECES + 1];

  private static final double[] RECIPROCALS = new double[PIECES + 1];

  /** Room for the 17 multiples of 1/16 up to 1, in each of four sectors. */
  private static final int SECTOR_BITS = 5;

  /**
   * Angles of which an arctangent is taken or to which it is added, by sector: whether it is nearer
   * to the vertical axis, and twice whether it lies left of it.
   */
  private static final double[] TURNS = {0, 0.5 * Math.PI, Math.PI, 0.5 * Math.PI};

  private static final double[] TURNS_REST = {0, 0.5 * PI_REST, PI_REST, 0.5 * PI_REST};
  private static final double[] SENSES = {1, -1, -1, 1};

  /** By sector and i: the angle of a slope of i/16, and what it exceeds its double by. */
  private static final double[] ANGLES = new double[4 << SECTOR_BITS];

  private static final double[] ANGLES_REST = new double[4 << SECTOR_BITS];

  static {
    BigDecimal step = LN_2.divide(BigDecimal.valueOf(PIECES), DIGITS);
    long bits = Double.doubleToRawLongBits(step.doubleValue());
    STEP = Double.longBitsToDouble(bits & -1L << 20);
    STEP_REST = step.subtract(new BigDecimal(STEP)).doubleValue();
    LN_2_HEAD = PIECES * STEP;
    LN_2_TAIL = PIECES * STEP_REST;
    STEPS_TO_ONE = BigDecimal.ONE.divide(step, DIGITS).doubleValue();
    BigDecimal root = BigDecimal.valueOf(2);
    for (int i = 0; i < PIECES_LOG; i++) {
      root = root.sqrt(DIGITS);
    }
    BigDecimal power = BigDecimal.ONE;
    for (int i = 0; i < PIECES; i++) {
      BigDecimal rounded = new BigDecimal(power.doubleValue());
      POWERS[i] =
          Double.doubleToRawLongBits(rounded.doubleValue())
              - ((long) i << SIGNIFICAND_BITS - PIECES_LOG);
      POWERS_REST[i] = power.subtract(rounded).divide(rounded, DIGITS).doubleValue();
      power = power.multiply(root, DIGITS);
    }
    for (int i = 0; i <= PIECES; i++) {
      LOGARITHMS[i] = StrictMath.log1p((double) i / PIECES);
      RECIPROCALS[i] = 1 / (1 + (double) i / PIECES);
    }
    for (int sector = 0; sector < 4; sector++) {
      for (int i = 0; i <= 16; i++) {
        double part = SENSES[sector] * StrictMath.atan(i / 16.0);
        double whole = TURNS[sector] + part;
        int at = sector << SECTOR_BITS | i;
        ANGLES[at] = whole;
        ANGLES_REST[at] = sector == 0 ? 0 : TURNS[sector] - whole + part + TURNS_REST[sector];
      }
    }
  }

  private Elementary() {}

  /** e^x within 0.52 ulp for |x| up to 700, as {@link Math#exp} beyond. */
  static double exp(double x) {
    if (!(Math.abs(x) < EXTREME)) {
      return Math.exp(x);
    }
    double shifted = x * STEPS_TO_ONE + INTEGER_IN_LAST_BITS;
    long count = Double.doubleToRawLongBits(shifted);
    double whole = shifted - INTEGER_IN_LAST_BITS;
    double rest = x - whole * STEP - whole * STEP_REST;
    int piece = (int) count & PIECES - 1;
    double square = rest * rest;
    double excess =
        POWERS_REST[piece]
            + rest
            + square * (0.5 + rest * (1.0 / 6))
            + square * square * (1.0 / 24 + rest * (1.0 / 120));
    double power =
        Double.longBitsToDouble(POWERS[piece] + (count << SIGNIFICAND_BITS - PIECES_LOG));
    return power + power * excess;
  }

  /** ln(1 + y) within 3 ulp for y at least 0; NaN for NaN. */
  static double log1p(double y) {
    if (!(y <= 1)) {
      return logOfMoreThanTwo(1 + y);
    }
    // The nearest multiple of 1/128 c leaves (y - c) / (1 + c), of which y - c is exact.
    int nearest = (int) (y * PIECES + 0.5);
    double r = (y - nearest * (1.0 / PIECES)) * RECIPROCALS[nearest];
    double square = r * r;
    double series = r * (1.0 / 3 - r * 0.25) + square * r * (0.2 - r * (1.0 / 6 - r * (1.0 / 7)));
    return LOGARITHMS[nearest] + (r - square * (0.5 - series));
  }

  /** What the rounding of 1 + y costs here is less than half an ulp. */
  private static double logOfMoreThanTwo(double s) {
    if (!(s < Double.POSITIVE_INFINITY)) {
      return s;
    }
    long bits = Double.doubleToRawLongBits(s);
    int exponent = (int) (bits >>> SIGNIFICAND_BITS) - 1023;
    long fraction = bits & FRACTION_MASK;
    int nearest = (int) (fraction + HALF_PIECE >>> SIGNIFICAND_BITS - PIECES_LOG);
    double significand = Double.longBitsToDouble(fraction | ONE);
    double r = (significand - 1 - nearest * (1.0 / PIECES)) * RECIPROCALS[nearest];
    double square = r * r;
    double series = r * (1.0 / 3 - r * 0.25) + square * r * (0.2 - r * (1.0 / 6 - r * (1.0 / 7)));
    return exponent * LN_2_HEAD
        + LOGARITHMS[nearest]
        + (r - square * (0.5 - series) + exponent * LN_2_TAIL);
  }

  /** The angle of the point (x, y) in [-pi, pi] within 3 ulp; NaN where one is NaN. */
  static double atan2(double y, double x) {
    double across = Math.abs(x);
    double up = Math.abs(y);
    double larger = Math.max(across, up);
    double smaller = Math.min(across, up);
    if (!(larger < 1e150 && smaller > 1e-150)) {
      return Math.atan2(y, x);
    }
    // The nearest multiple of 1/16 leaves a tangent of 1/32 at most.
    int nearest = (int) (16 * (smaller / larger) + 0.5);
    double known = nearest * 0.0625;
    double t = (smaller - known * larger) / (larger + known * smaller);
    double square = t * t;
    double series =
        1.0 / 3
            - square * (1.0 / 5 - square * (1.0 / 7 - square * (1.0 / 9 - square * (1.0 / 11))));
    // Signs as numbers: a branch would be guessed wrong for every other row.
    int steep = (int) (Double.doubleToRawLongBits(across - up) >>> 63);
    int left = (int) (Double.doubleToRawLongBits(x) >>> 63);
    int sector = steep | left << 1;
    int at = sector << SECTOR_BITS | nearest;
    double angle = ANGLES[at] + (ANGLES_REST[at] + SENSES[sector] * (t - t * square * series));
    return Math.copySign(angle, y);
  }

  /**
   * The nearest integer as {@link Math#rint} has it, but 0 where that is -0. The processor's own
   * instruction keeps half of the register that it writes to (JDK 17), so that a row can wait for
   * the result of the one before it; sums do not.
   */
  static double nearest(double x) {
    return Math.abs(x) < 0x1p51 ? x + INTEGER_IN_LAST_BITS - INTEGER_IN_LAST_BITS : Math.rint(x);
  }

  /** sin(pi y) within 4 ulp for |y| up to 1, and exact where it is 0; NaN for NaN. */
  static double sinOfPi(double y) {
    // Sines of an angle and of what it lacks of half a turn are the same.
    double size = Math.abs(y);
    double folded = Math.min(size, 1 - size);
    double square = folded * folded;
    double fourth = square * square;
    double even =
        2.5501640398773007
            + fourth
                * (0.0821458865731029
                    + fourth * (0.0004662998161898394 + fourth * 7.697826768224191e-07));
    double odd =
        -5.167712780049969
            + fourth
                * (-0.5992645293189447
                    + fourth * (-0.007370430505916944 - fourth * 2.1903497074626018e-05));
    double cubic = folded * square * (odd + square * even);
    return Math.copySign(Math.PI * folded + cubic, y);
  }
}
