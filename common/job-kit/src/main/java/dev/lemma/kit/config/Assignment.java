// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One {@code KEY=VALUE} word of the command line.
 *
 * @param path the key's names
 * @param value the value
 */
record Assignment(List<String> path, ConfigValue value) {
  static final String PLACE = "command line";

  /**
   * Reads a value the way a user of a shell means it. A list, an object, a quoted text or a
   * substitution is HOCON; {@code null} unsets; all else is plain text, since HOCON would cut
   * {@code /data/x,y} at the comma and {@code s3a://x} at the colon.
   */
  static ConfigValue value(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("null")) {
      return ConfigValueFactory.fromAnyRef(null, PLACE);
    }
    boolean structured = trimmed.matches("(?s)(\\[|\\{|\"|\\$\\{).*");
    return (structured ? hocon(trimmed) : Optional.<ConfigValue>empty())
        .orElseGet(() -> ConfigValueFactory.fromAnyRef(text, PLACE));
  }

  private static Optional<ConfigValue> hocon(String text) {
    try {
      ConfigObject parsed =
          ConfigFactory.parseString(
                  "value = " + text, ConfigParseOptions.defaults().setOriginDescription(PLACE))
              .root();
      return parsed.size() == 1 ? Optional.ofNullable(parsed.get("value")) : Optional.empty();
    } catch (ConfigException plainText) {
      return Optional.empty();
    }
  }

  /**
   * The names of a key, where all that follows a dictionary is one name: {@code
   * spark.conf.spark.executor.memory} has three.
   *
   * @throws ConfigException if the key is malformed
   */
  static List<String> path(String key, Shape.Block schema) {
    List<String> names = ConfigUtil.splitPath(key);
    Shape shape = schema;
    for (int depth = 0; depth < names.size(); depth++) {
      if (shape instanceof Shape.Maybe maybe) {
        shape = maybe.element();
      }
      if (shape instanceof Shape.Dictionary) {
        List<String> joined = new ArrayList<>(names.subList(0, depth));
        joined.add(String.join(".", names.subList(depth, names.size())));
        return joined;
      }
      if (!(shape instanceof Shape.Block block)) {
        return names;
      }
      Optional<Slot> slot = block.slot(names.get(depth));
      if (slot.isEmpty()) {
        return names;
      }
      shape = slot.get().shape();
    }
    return names;
  }

  /** As an object with nothing but this value in it. */
  ConfigObject tree() {
    ConfigValue tree = value;
    for (int depth = path.size() - 1; depth >= 0; depth--) {
      tree =
          ConfigFactory.empty(PLACE)
              .root()
              .withValue(path.get(depth), tree)
              .withOrigin(value.origin());
    }
    return (ConfigObject) tree;
  }
}
