// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;

/**
 * One component of a configuration record.
 *
 * @param name the key: kebab-case of the component's name
 * @param component the component's name
 * @param shape its type
 * @param inline whether its keys stand beside those of the record around it
 * @param doc its meaning
 * @param fallback its fallback as HOCON, or empty
 * @param type its type as help spells it
 * @param effect what it decides
 */
record Slot(
    String name,
    String component,
    Shape shape,
    boolean inline,
    String doc,
    String fallback,
    String type,
    Effect effect) {
  static Slot of(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    Inline inline = component.getAnnotation(Inline.class);
    if ((key == null) == (inline == null)) {
      throw new IllegalStateException(component + " needs either @Key or @Inline");
    }
    Shape shape = Shape.of(component.getGenericType());
    if (inline != null && !(shape instanceof Shape.Block)) {
      throw new IllegalStateException(component + " is @Inline, but no record");
    }
    return new Slot(
        kebab(component.getName()),
        component.getName(),
        shape,
        inline != null,
        key == null ? "" : key.doc(),
        key == null ? "{" + inline.value() + "}" : key.fallback(),
        key == null || key.type().isEmpty() ? shape.describe() : key.type(),
        key == null ? Effect.RESULT : key.effect());
  }

  /** {@code onBadRow} becomes {@code on-bad-row}. */
  static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** The fallback of this slot, where the fallbacks of the block around it come first. */
  Optional<ConfigValue> fallbackWithin(ConfigObject outer) {
    ConfigValue own = fallback.isEmpty() ? null : literal(fallback);
    ConfigValue given = inline ? outer : outer.get(name);
    if (given == null) {
      return Optional.ofNullable(own);
    }
    return Optional.of(own == null ? given : given.withFallback(own));
  }

  private ConfigValue literal(String hocon) {
    try {
      return ConfigFactory.parseString(
              "value = " + hocon, ConfigParseOptions.defaults().setOriginDescription("default"))
          .getValue("value");
    } catch (ConfigException malformed) {
      throw new IllegalStateException("fallback of " + component + " is no HOCON", malformed);
    }
  }
}
