// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import dev.lemma.kit.run.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts one record together. A compact constructor stops at its first complaint; so that all are
 * heard, the component it names is replaced by a stand-in and the constructor is called again.
 */
final class Assembly {
  private record Part(Slot slot, Origin origin, Outcome outcome) {}

  private final Shape.Block block;
  private final String path;
  private final Faults faults;
  private final List<Part> parts = new ArrayList<>();

  Assembly(Shape.Block block, String path, Faults faults) {
    this.block = block;
    this.path = path;
    this.faults = faults;
  }

  /** Adds the next component. */
  void add(Slot slot, Origin origin, Outcome outcome) {
    parts.add(new Part(slot, origin, outcome));
  }

  /** The record, sound if every component was and the constructor had nothing to complain about. */
  Outcome finish() {
    Object[] values = new Object[parts.size()];
    boolean[] replaced = new boolean[parts.size()];
    boolean sound = true;
    for (int i = 0; i < values.length; i++) {
      Outcome outcome = parts.get(i).outcome();
      Optional<Object> any = outcome.value().or(outcome::standIn);
      if (any.isEmpty()) {
        return Outcome.FAILED;
      }
      values[i] = any.get();
      replaced[i] = outcome.value().isEmpty();
      sound &= !replaced[i];
    }
    while (true) {
      try {
        Object built = construct(block.constructor(), values);
        return sound ? Outcome.sound(built) : Outcome.replaced(Optional.of(built));
      } catch (IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        if (namesReplaced(message, replaced)) {
          return Outcome.FAILED;
        }
        int culprit = culprit(message);
        report(culprit, message);
        if (culprit < 0 || parts.get(culprit).outcome().standIn().isEmpty()) {
          return Outcome.FAILED;
        }
        sound = false;
        replaced[culprit] = true;
        values[culprit] = parts.get(culprit).outcome().standIn().get();
      }
    }
  }

  private static Object construct(Constructor<?> constructor, Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(constructor + " failed", thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(constructor + " cannot be called", impossible);
    }
  }

  /** Whether the complaint may be due to a stand-in, which nobody has set. */
  private boolean namesReplaced(String message, boolean[] replaced) {
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] && firstMention(parts.get(i).slot(), message) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The component that the message names first, or -1. */
  private int culprit(String message) {
    int culprit = -1;
    int earliest = Integer.MAX_VALUE;
    for (int i = 0; i < parts.size(); i++) {
      int mention = firstMention(parts.get(i).slot(), message);
      if (mention >= 0 && mention < earliest) {
        earliest = mention;
        culprit = i;
      }
    }
    return culprit;
  }

  /** Where the message first mentions the component as a word, or -1. */
  private static int firstMention(Slot slot, String message) {
    return names(slot).stream()
        .map(name -> word(name).matcher(message))
        .filter(Matcher::find)
        .mapToInt(Matcher::start)
        .min()
        .orElse(-1);
  }

  private void report(int culprit, String message) {
    if (culprit < 0) {
      String where = path.isEmpty() ? "configuration" : path;
      faults.doubt(path);
      faults.add(Origin.NOWHERE, Problem.of(where, Redaction.maskText(message), ""));
      return;
    }
    Part part = parts.get(culprit);
    String key = Layers.child(path, part.slot().name());
    String what = message;
    for (String name : names(part.slot())) {
      what = what.startsWith(name + " ") ? what.substring(name.length() + 1) : what;
    }
    what = Redaction.isSecret(key) ? "this value cannot be used" : Redaction.maskText(what);
    faults.add(key, part.origin(), what, "", "", "");
  }

  private static List<String> names(Slot slot) {
    return Arrays.asList(slot.name(), slot.component());
  }

  private static Pattern word(String name) {
    return Pattern.compile("(?<![A-Za-z0-9-])" + Pattern.quote(name) + "(?![A-Za-z0-9-])");
  }
}
