// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.Comparator;

/** Names in the order in which people number things: a2 before a10. */
final class NaturalOrder {
  /** Runs of digits compare as numbers, everything else letter by letter. */
  static final Comparator<String> BY_NUMBERS = NaturalOrder::compare;

  private NaturalOrder() {}

  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = digits(a, i);
      int endB = digits(b, j);
      boolean numbers = endA > i && endB > j;
      int order =
          numbers
              ? compareNumbers(a.substring(i, endA), b.substring(j, endB))
              : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i = numbers ? endA : i + 1;
      j = numbers ? endB : j + 1;
    }
    int left = Integer.compare(a.length() - i, b.length() - j);
    return left != 0 ? left : a.compareTo(b);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, String b) {
    String x = a.replaceFirst("^0+(?!$)", "");
    String y = b.replaceFirst("^0+(?!$)", "");
    return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
  }
}
