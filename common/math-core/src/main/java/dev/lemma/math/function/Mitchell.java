// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Mitchell's arithmetic: with p = 2<sup>n</sup> (1 + x), 0 &le; x &lt; 1, the logarithm to base 2
 * is taken for n + x, and the antilogarithm of n + x for 2<sup>n</sup> (1 + x). Products and
 * quotients then are sums and differences of bit patterns.
 *
 * <p>A logarithm falls short by 0.0860713 at most. A product lies between 8/9 of the true one and
 * itself, worst where both x are 1/2; a quotient between itself and 9/8 of the true one. For
 * uniform x a product is 3.85 % short in the mean. Each is exactly what the definition says:
 * integers without any rounding, floating-point numbers with one at most, and that only below the
 * smallest normal number.
 *
 * <p>Signs multiply; zero, infinity, NaN, subnormal numbers and overflow are treated as by IEEE 754
 * and, for integers, as by {@link Math#multiplyExact(long, long)} and integer division.
 *
 * <p>J. N. Mitchell, <em>Computer Multiplication and Division Using Binary Logarithms</em>, IRE
 * Trans. Electronic Computers EC-11 (1962), <a
 * href="https://doi.org/10.1109/TEC.1962.5219391">doi:10.1109/TEC.1962.5219391</a>; <a
 * href="https://kexue.fm/archives/7991">kexue.fm/archives/7991</a>.
 */
public final class Mitchell {
  private static final int FRACTION = 52;
  private static final long FRACTION_MASK = (1L << FRACTION) - 1;
  private static final long ONE = 1023L << FRACTION;
  private static final long INFINITE = 1024L << FRACTION;
  private static final long SMALLEST_NORMAL = -1022L << FRACTION;

  private Mitchell() {}

  /** The approximate logarithm to base 2: -infinity for 0, NaN below 0. */
  public static double log2(double p) {
    if (!(p > 0 && p < Double.POSITIVE_INFINITY)) {
      return p == 0 ? Double.NEGATIVE_INFINITY : p < 0 ? Double.NaN : p;
    }
    long log = log(p);
    // Exponent and fraction apart: together they need 63 bits.
    return (log >> FRACTION) + (log & FRACTION_MASK) * 0x1p-52;
  }

  /** The approximate logarithm to base 2, exact in double. */
  public static double log2(float p) {
    return log2((double) p);
  }

  /** The approximate logarithm to base 2, exact in double. */
  public static double log2(int p) {
    return log2((double) p);
  }

  /** The approximate logarithm to base 2, rounded once. */
  public static double log2(long p) {
    if (p <= 0) {
      return p == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    int n = 63 - Long.numberOfLeadingZeros(p);
    long fraction = p ^ 1L << n;
    // The fraction is cut to what stays of it beside n, with a bit for the rest.
    int spare = Math.max(0, n - 60);
    long sticky = (fraction & (1L << spare) - 1) == 0 ? 0 : 1;
    return n + (fraction >>> spare | sticky) * Math.scalb(1.0, spare - n);
  }

  /** The approximate power of 2: 0 at -infinity, infinity from 1024 on. */
  public static double exp2(double y) {
    if (!(Math.abs(y) < 4096)) {
      return y > 0 ? Double.POSITIVE_INFINITY : y < 0 ? 0 : Double.NaN;
    }
    double n = Math.floor(y);
    return Math.scalb(1 + (y - n), (int) n);
  }

  /** The power of 2, which is exact for a whole number. */
  public static double exp2(long y) {
    return exp2((double) y);
  }

  /** The approximate power of 2 in binary32. */
  public static float exp2(float y) {
    return (float) exp2((double) y);
  }

  /**
   * The approximate power of 2, rounded down to an integer.
   *
   * @param y at least 0 and below 63
   * @throws ArithmeticException for any other y
   */
  public static long exp2ToLong(double y) {
    if (!(y >= 0 && y < 63)) {
      throw new ArithmeticException("the power of 2 does not fit into a long: " + y);
    }
    return (long) exp2(y);
  }

  /** The approximate product, exactly as defined. */
  public static long multiply(int p, int q) {
    // 62 bits at the most.
    return multiply((long) p, (long) q);
  }

  /**
   * The approximate product, exactly as defined.
   *
   * @throws ArithmeticException if it does not fit into a long
   */
  public static long multiply(long p, long q) {
    if (p == 0 || q == 0) {
      return 0;
    }
    long a = magnitude(p);
    long b = magnitude(q);
    int m = 63 - Long.numberOfLeadingZeros(a);
    int n = 63 - Long.numberOfLeadingZeros(b);
    if (m + n > 62) {
      throw overflow();
    }
    // x 2^(m+n) of both factors; each is below 2^(m+n), so that the sum has 63 bits at most.
    long sum = ((a ^ 1L << m) << n) + ((b ^ 1L << n) << m);
    long one = 1L << m + n;
    if (sum < 0 || sum >= one && m + n == 62) {
      throw overflow();
    }
    long product = sum < one ? one + sum : 2 * sum;
    return (p ^ q) < 0 ? -product : product;
  }

  /**
   * The approximate quotient, rounded once at most.
   *
   * @throws ArithmeticException if q is 0
   */
  public static double divide(long p, long q) {
    if (q == 0) {
      throw new ArithmeticException("division by zero");
    }
    return p == 0 ? 0 : divide((double) p, (double) q);
  }

  /** The approximate product. */
  public static double multiply(double p, double q) {
    if (!isOrdinary(p) || !isOrdinary(q)) {
      return p * q;
    }
    return Math.copySign(power(log(p), log(q)), sign(p) * sign(q));
  }

  /** The approximate quotient. */
  public static double divide(double p, double q) {
    if (!isOrdinary(p) || !isOrdinary(q)) {
      return p / q;
    }
    return Math.copySign(power(log(p), -log(q)), sign(p) * sign(q));
  }

  /** The approximate product in binary32. */
  public static float multiply(float p, float q) {
    if (!isOrdinary(p) || !isOrdinary(q)) {
      return p * q;
    }
    double product = power(log(p), log(q));
    return (float) Math.copySign(product, sign(p) * sign(q));
  }

  /** The approximate quotient in binary32. */
  public static float divide(float p, float q) {
    if (!isOrdinary(p) || !isOrdinary(q)) {
      return p / q;
    }
    double quotient = power(log(p), -log(q));
    return (float) Math.copySign(quotient, sign(p) * sign(q));
  }

  private static boolean isOrdinary(double p) {
    double size = Math.abs(p);
    return size > 0 && size < Double.POSITIVE_INFINITY;
  }

  private static double sign(double p) {
    return Math.copySign(1, p);
  }

  private static long magnitude(long p) {
    if (p == Long.MIN_VALUE) {
      throw overflow();
    }
    return Math.abs(p);
  }

  private static ArithmeticException overflow() {
    return new ArithmeticException("the product does not fit into a long");
  }

  /** (n + x) 2^52 of |p|: for a normal number its bits, less those of 1. */
  private static long log(double p) {
    long bits = Double.doubleToRawLongBits(p) & Long.MAX_VALUE;
    if (bits > FRACTION_MASK) {
      return bits - ONE;
    }
    int shift = Long.numberOfLeadingZeros(bits) - (63 - FRACTION);
    return (bits << shift & FRACTION_MASK) + ((long) (1 - shift) << FRACTION) - ONE;
  }

  /** The number whose logarithm is the sum of two. */
  private static double power(long a, long b) {
    long log = a + b;
    if (((a ^ log) & (b ^ log)) < 0) {
      return a < 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (log >= INFINITE) {
      return Double.POSITIVE_INFINITY;
    }
    if (log >= SMALLEST_NORMAL) {
      return Double.longBitsToDouble(log + ONE);
    }
    double significand = Double.longBitsToDouble(log & FRACTION_MASK | ONE);
    return Math.scalb(significand, (int) (log >> FRACTION));
  }
}
