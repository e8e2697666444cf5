// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The order of classes: by value where every name is a number, else by UTF-16 code. It follows from
 * the set of names alone, so wherever sets are joined the classes get the same numbers.
 */
final class ClassNames {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,400})?");

  private ClassNames() {}

  /** The names in order, without repeats. */
  static List<String> ordered(Collection<String> names) {
    TreeSet<String> byText = new TreeSet<>(names);
    if (!byText.stream().allMatch(name -> NUMBER.matcher(name).matches())) {
      return List.copyOf(byText);
    }
    // Texts such as 1 and 01 are two classes of one value.
    return byText.stream()
        .sorted(Comparator.comparing((String name) -> new BigDecimal(name)))
        .toList();
  }

  /** The names of both lists in order. */
  static List<String> union(List<String> one, List<String> other) {
    if (one.equals(other)) {
      return one;
    }
    TreeSet<String> all = new TreeSet<>(one);
    all.addAll(other);
    return ordered(all);
  }

  /**
   * Where each of {@code from} stands in {@code to}.
   *
   * @throws IllegalArgumentException if one is not there
   */
  static int[] positions(List<String> from, List<String> to) {
    Map<String, Integer> where = new HashMap<>();
    for (int i = 0; i < to.size(); i++) {
      where.put(to.get(i), i);
    }
    int[] positions = new int[from.size()];
    Arrays.setAll(
        positions,
        i -> {
          Integer at = where.get(from.get(i));
          if (at == null) {
            throw new IllegalArgumentException("a class is missing among " + to.size());
          }
          return at;
        });
    return positions;
  }
}
