// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The four Optional classes, treated alike. */
final class Holders {
  private Holders() {}

  static Object empty(Class<?> holder) {
    if (holder == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (holder == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return holder == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
  }

  static Object of(Class<?> holder, Object content) {
    if (holder == OptionalInt.class) {
      return OptionalInt.of((Integer) content);
    }
    if (holder == OptionalLong.class) {
      return OptionalLong.of((Long) content);
    }
    return holder == OptionalDouble.class
        ? OptionalDouble.of((Double) content)
        : Optional.of(content);
  }

  /** What a holder that is not empty holds. */
  static Object content(Object holder) {
    if (holder instanceof OptionalInt number) {
      return number.getAsInt();
    }
    if (holder instanceof OptionalLong number) {
      return number.getAsLong();
    }
    return holder instanceof OptionalDouble number
        ? number.getAsDouble()
        : ((Optional<?>) holder).orElseThrow();
  }
}
