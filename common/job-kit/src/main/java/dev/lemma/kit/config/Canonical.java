// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The form in which a bound value is shown and hashed: one spelling for each meaning. */
final class Canonical {
  private static final int SHOWN = 60;

  private Canonical() {}

  /** A bound value as HOCON, with its secrets masked. */
  static ConfigValue masked(String path, Shape shape, Object bound, ConfigValue raw) {
    Object plain = plain(shape, bound, raw);
    return ConfigValueFactory.fromAnyRef(
        Redaction.isSecret(path) ? Redaction.MASK : mask(plain), "canonical");
  }

  private static Object plain(Shape shape, Object bound, ConfigValue raw) {
    if (shape instanceof Shape.Maybe maybe) {
      return plain(maybe.element(), Holders.content(bound), raw);
    }
    if (shape instanceof Shape.Sequence sequence) {
      List<?> values = (List<?>) bound;
      return IntStream.range(0, values.size())
          .mapToObj(i -> plain(sequence.element(), values.get(i), element(raw, i)))
          .toList();
    }
    if (shape instanceof Shape.Choice) {
      return Shape.Choice.name((Enum<?>) bound);
    }
    if (shape instanceof Shape.Span) {
      Duration span = (Duration) bound;
      return span.toMillisPart() == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
    return shape instanceof Shape.Parsed ? Values.text(raw).trim() : bound;
  }

  private static ConfigValue element(ConfigValue raw, int index) {
    return raw instanceof List<?> list ? (ConfigValue) list.get(index) : raw;
  }

  private static Object mask(Object plain) {
    if (plain instanceof List<?> list) {
      return list.stream().map(Canonical::mask).toList();
    }
    return plain instanceof String text ? Redaction.maskText(text) : plain;
  }

  /** What stands at a key, as a message may quote it: short, on one line, secrets masked. */
  static String quote(String path, ConfigValue raw) {
    if (raw.valueType() == ConfigValueType.LIST) {
      return "a list";
    }
    if (raw.valueType() == ConfigValueType.OBJECT) {
      return "a block";
    }
    if (Redaction.isSecret(path)) {
      return Redaction.MASK;
    }
    String text = Redaction.maskText(raw.render(ConfigRenderOptions.concise()));
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
