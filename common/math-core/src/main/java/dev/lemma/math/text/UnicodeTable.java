// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What version 1 of the tokenizer knows of Unicode: the classes and simple lower-case mappings of
 * Unicode 13, frozen in a resource. The tables of {@link Character} follow the Java release; a
 * feature's id must not.
 *
 * <p>The Basic Multilingual Plane is looked up in flat arrays (192 KiB), what lies above by
 * bisection.
 */
final class UnicodeTable {
  static final String RESOURCE = "unicode-13.txt";

  /** Neither of the others: punctuation, symbols, controls, what Unicode 13 does not know. */
  static final byte OTHER = 0;

  /** Letters and decimal digits (categories L and Nd). */
  static final byte WORD = 1;

  /** Combining marks (category M), which belong to the letter before them. */
  static final byte MARK = 2;

  /** White space (category Z and the controls 9 to D, 1C to 1F and 85). */
  static final byte SPACE = 3;

  private static final int PLANE = 0x10000;
  private static final byte[] CLASSES = new byte[PLANE];
  private static final char[] LOWER = new char[PLANE];

  // Ranges above the plane, ascending: first and last code point, then class or distance to lower
  // case. No mapping above the plane has gaps or leads below it.
  private static int[] classRanges = new int[0];
  private static int[] lowerRanges = new int[0];

  static {
    for (int codePoint = 0; codePoint < PLANE; codePoint++) {
      LOWER[codePoint] = (char) codePoint;
    }
    load();
  }

  private UnicodeTable() {}

  static byte classOf(int codePoint) {
    return codePoint < PLANE ? CLASSES[codePoint] : (byte) valueIn(classRanges, codePoint);
  }

  static int toLower(int codePoint) {
    return codePoint < PLANE ? LOWER[codePoint] : codePoint + valueIn(lowerRanges, codePoint);
  }

  private static int valueIn(int[] ranges, int codePoint) {
    int low = 0;
    int high = ranges.length / 3;
    while (low < high) {
      int middle = low + high >>> 1;
      if (ranges[3 * middle + 1] < codePoint) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    boolean inside = 3 * low < ranges.length && ranges[3 * low] <= codePoint;
    return inside ? ranges[3 * low + 2] : 0;
  }

  private static void load() {
    try (InputStream stream = UnicodeTable.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(
            "the resource " + RESOURCE + " is missing: the jar of the mathematics is not whole");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          read(line.split(" "));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", unreadable);
    }
  }

  private static void read(String[] fields) {
    int first = Integer.parseInt(fields[1], 16);
    int last = Integer.parseInt(fields[2], 16);
    switch (fields[0]) {
      case "word" -> addClass(first, last, WORD);
      case "mark" -> addClass(first, last, MARK);
      case "space" -> addClass(first, last, SPACE);
      case "lower" ->
          addLower(first, last, Integer.parseInt(fields[3]), Integer.parseInt(fields[4]));
      default -> throw new IllegalStateException("unknown line in " + RESOURCE + ": " + fields[0]);
    }
  }

  private static void addClass(int first, int last, byte value) {
    if (first < PLANE) {
      Arrays.fill(CLASSES, first, Math.min(last + 1, PLANE), value);
    } else {
      classRanges = append(classRanges, first, last, value);
    }
  }

  private static void addLower(int first, int last, int step, int distance) {
    if (first < PLANE) {
      for (int codePoint = first; codePoint <= last; codePoint += step) {
        LOWER[codePoint] = (char) (codePoint + distance);
      }
    } else {
      lowerRanges = append(lowerRanges, first, last, distance);
    }
  }

  private static int[] append(int[] ranges, int first, int last, int value) {
    int[] longer = Arrays.copyOf(ranges, ranges.length + 3);
    longer[ranges.length] = first;
    longer[ranges.length + 1] = last;
    longer[ranges.length + 2] = value;
    return longer;
  }
}
