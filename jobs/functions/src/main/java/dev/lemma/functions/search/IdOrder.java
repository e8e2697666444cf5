// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import java.util.Arrays;

/**
 * The order of ids as Spark sorts them: nulls first, numbers and times by value, texts and bytes by
 * their unsigned bytes.
 */
final class IdOrder {
  private IdOrder() {}

  /** Negative where the first comes first; both of one column. */
  @SuppressWarnings("unchecked")
  static int compare(Object one, Object other) {
    if (one == null || other == null) {
      return one == other ? 0 : one == null ? -1 : 1;
    }
    if (one instanceof String text) {
      return compare(text, (String) other);
    }
    if (one instanceof byte[] bytes) {
      return Arrays.compareUnsigned(bytes, (byte[]) other);
    }
    if (one instanceof Double number) {
      // Adding 0 makes -0 the 0 that it equals.
      return Double.compare(number + 0.0, (Double) other + 0.0);
    }
    if (one instanceof Float number) {
      return Float.compare(number + 0f, (Float) other + 0f);
    }
    return ((Comparable<Object>) one).compareTo(other);
  }

  /** By code points, which is by bytes of UTF-8. */
  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char left = one.charAt(i);
      char right = other.charAt(i);
      if (left != right) {
        // Surrogates stand for code points above all others.
        boolean leftHigh = Character.isSurrogate(left);
        return leftHigh == Character.isSurrogate(right) ? left - right : leftHigh ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }
}
