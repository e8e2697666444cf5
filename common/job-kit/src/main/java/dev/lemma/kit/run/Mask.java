// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Redaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Masks secrets in any text that leaves a run: what looks like one, and the very values that the
 * configuration holds, which other people's exceptions may quote without their key.
 */
final class Mask {
  /** Shorter values would blot out ordinary words; nobody's password, it is hoped. */
  private static final int SHORTEST = 4;

  private final List<String> secrets;

  private Mask(Collection<String> secrets) {
    // Longest first, so that a secret that contains another is masked whole.
    this.secrets =
        secrets.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
  }

  /** Knows the secrets of a configuration record. */
  static Mask of(Record config) {
    Set<String> secrets = new TreeSet<>();
    collect("", config, secrets);
    return new Mask(secrets);
  }

  /** The text with every secret replaced. */
  String apply(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, Redaction.MASK);
    }
    return Redaction.maskText(masked);
  }

  Problem apply(Problem problem) {
    return new Problem(
        apply(problem.where()),
        apply(problem.what()),
        apply(problem.found()),
        apply(problem.expected()),
        apply(problem.remedy()));
  }

  private static void collect(String key, Object value, Set<String> secrets) {
    if (value instanceof Record part) {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        collect(component.getName(), component(part, component), secrets);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, entry) -> collect(String.valueOf(name), entry, secrets));
    } else if (value instanceof Collection<?> list) {
      list.forEach(entry -> collect(key, entry, secrets));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(entry -> collect(key, entry, secrets));
    } else if (value instanceof String text
        && text.length() >= SHORTEST
        && Redaction.isSecret(key)) {
      secrets.add(text);
    }
  }

  static Object component(Record part, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(part);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
