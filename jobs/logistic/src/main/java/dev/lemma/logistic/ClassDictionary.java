// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers the classes of one task in the order in which they appear, so that no pass over the data
 * is needed to know them beforehand. May begin with classes that are known: these keep their
 * numbers. Allocates only when a class is new. Not thread-safe.
 */
final class ClassDictionary {
  private static final int FIRST_CAPACITY = 64;
  private static final int NONE = -1;

  private final LabelKind kind;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<UTF8String, Integer> byText = new HashMap<>();

  // Open addressing over the bits of a number; a power of two in size, at most half full.
  private long[] bits = new long[FIRST_CAPACITY];
  private int[] classes = new int[FIRST_CAPACITY];
  private int used;

  /**
   * A dictionary.
   *
   * @param kind how labels are read
   * @param known classes 0, 1, ... by name
   */
  ClassDictionary(LabelKind kind, List<String> known) {
    this.kind = kind;
    Arrays.fill(classes, NONE);
    known.forEach(this::numberOf);
  }

  /** Number of classes so far. */
  int size() {
    return names.size();
  }

  /** The classes so far, by number. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The class of a row's label, which is neither null nor without a finite value. */
  int classOf(InternalRow row, int ordinal) {
    return switch (kind) {
      case WHOLE -> ofBits(row.getLong(ordinal));
      // -0.0 + 0.0 is 0.0.
      case FLOAT, DOUBLE -> ofBits(Double.doubleToLongBits(row.getDouble(ordinal) + 0.0));
      case DECIMAL, TEXT -> ofText(row.getUTF8String(ordinal));
    };
  }

  private int ofText(UTF8String text) {
    Integer known = byText.get(text);
    if (known != null) {
      return known;
    }
    int number = numberOf(kind.className(text.toString()));
    byText.put(text.clone(), number);
    return number;
  }

  private int ofBits(long value) {
    int slot = slot(value);
    if (classes[slot] == NONE) {
      if (2 * (used + 1) > bits.length) {
        grow();
        slot = slot(value);
      }
      bits[slot] = value;
      classes[slot] =
          numberOf(
              kind == LabelKind.WHOLE
                  ? Long.toString(value)
                  : kind.className(Double.longBitsToDouble(value)));
      used++;
    }
    return classes[slot];
  }

  private int slot(long value) {
    int mask = bits.length - 1;
    long mixed = value * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (classes[slot] != NONE && bits[slot] != value) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldBits = bits;
    int[] oldClasses = classes;
    bits = new long[2 * oldBits.length];
    classes = new int[bits.length];
    Arrays.fill(classes, NONE);
    for (int i = 0; i < oldBits.length; i++) {
      if (oldClasses[i] != NONE) {
        int slot = slot(oldBits[i]);
        bits[slot] = oldBits[i];
        classes[slot] = oldClasses[i];
      }
    }
  }

  private int numberOf(String name) {
    Integer known = byName.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    return names.size() - 1;
  }
}
