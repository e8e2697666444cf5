// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

/**
 * Counts the colourings of a cross: five unit squares in the form of a plus, 16 sides in all, each
 * side in one of three colours. A square is sound if one colour, its dominant one, has two of its
 * sides and the two others one each; a colouring counts if all five squares are sound and the
 * dominant colours of the three squares of the row differ from one another, and so those of the
 * column.
 *
 * <p>By brute force through the 3<sup>16</sup> colourings, so that it does for a test of machines;
 * where four squares are unsound, the ways for the fifth are passed over. {@value #ANSWER} count:
 * of 36 ways for the square in the middle, 24 (its dominant sides next to each other) leave 27 x 27
 * ways for the rest and 12 (opposite) leave 18 x 45. A pure function; ranges add up.
 *
 * <p><a href="https://kexue.fm/archives/9291">kexue.fm/archives/9291</a>
 */
public final class CrossColourings {
  /** Number of colourings to look at: 3<sup>16</sup>. */
  public static final long ALL = 43_046_721;

  /** How many of them count. */
  public static final long ANSWER = 27_216;

  private static final int COLOURS = 3;
  private static final int SIDES = 4;

  /** Colourings of the three sides of an outer square that are not the middle one's. */
  private static final int ARMS = 27;

  private static final int UNSOUND = -1;

  /** Dominant colour by the side that is shared and the three others. */
  private static final byte[] OUTER = dominants();

  private CrossColourings() {}

  /**
   * How many of the colourings with the numbers from {@code from} up to, not including, {@code to}
   * count.
   *
   * @param from 0 to {@link #ALL}
   * @param to {@code from} to {@link #ALL}
   * @throws IllegalArgumentException out of these ranges
   */
  public static long count(long from, long to) {
    if (from < 0 || to < from || to > ALL) {
      throw new IllegalArgumentException(
          "range of colourings: expected one within 0 to " + ALL + ", found " + from + " to " + to);
    }
    long count = 0;
    long number = from;
    while (number < to) {
      int head = (int) (number / ARMS);
      int first = (int) (number % ARMS);
      int last = (int) Math.min(ARMS, first + to - number);
      count += completions(head, first, last);
      number += last - first;
    }
    return count;
  }

  /**
   * How many of some colourings of the left square's own sides complete the others. Of those the
   * digits to the base 27 are bottom, right and top, with the four sides of the middle in front.
   */
  private static int completions(int head, int first, int last) {
    int bottom = head % ARMS;
    int right = head / ARMS % ARMS;
    int top = head / (ARMS * ARMS) % ARMS;
    int middle = head / (ARMS * ARMS * ARMS);
    int side = middle % COLOURS;
    int own = OUTER[side * ARMS + middle / COLOURS];
    int opposite = OUTER[middle / 9 % COLOURS * ARMS + right];
    boolean isColumnSound =
        differ(own, OUTER[middle / 27 * ARMS + top], OUTER[middle / 3 % COLOURS * ARMS + bottom]);
    if (own == UNSOUND || !isColumnSound) {
      return 0;
    }
    int count = 0;
    for (int left = first; left < last; left++) {
      count += differ(own, OUTER[side * ARMS + left], opposite) ? 1 : 0;
    }
    return count;
  }

  private static boolean differ(int own, int one, int other) {
    return one != UNSOUND && other != UNSOUND && one != own && other != own && one != other;
  }

  private static byte[] dominants() {
    byte[] dominants = new byte[COLOURS * ARMS];
    for (int square = 0; square < dominants.length; square++) {
      int[] sides = new int[COLOURS];
      int digits = square;
      for (int side = 0; side < SIDES; side++) {
        sides[digits % COLOURS]++;
        digits /= COLOURS;
      }
      dominants[square] = UNSOUND;
      for (int colour = 0; colour < COLOURS; colour++) {
        boolean others = sides[(colour + 1) % COLOURS] == 1 && sides[(colour + 2) % COLOURS] == 1;
        if (sides[colour] == 2 && others) {
          dominants[square] = (byte) colour;
        }
      }
    }
    return dominants;
  }
}
