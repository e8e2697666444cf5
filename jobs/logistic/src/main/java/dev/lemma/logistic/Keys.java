// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.Locale;

/** Constants as parameters and files spell them: in kebab-case. */
final class Keys {
  private Keys() {}

  /**
   * The constant that a key spells.
   *
   * @throws IllegalArgumentException if there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, String key) {
    return Enum.valueOf(type, key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
