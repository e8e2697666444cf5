// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/** Makes the help of a configuration out of its shape. */
final class KeyDocs {
  private KeyDocs() {}

  static void collect(Shape.Block block, List<KeyDoc> into) {
    collect(block, Effect.RESULT, "", Place.NOTHING, into);
  }

  private static void collect(
      Shape.Block block, Effect outer, String parent, ConfigObject fallbacks, List<KeyDoc> into) {
    for (Slot slot : block.slots()) {
      Place place = Place.of(slot, outer, parent, Place.NOTHING, fallbacks);
      Optional<ConfigValue> fallback =
          place.fallback().filter(value -> value.valueType() != ConfigValueType.NULL);
      if (KeyNames.inner(slot.shape()) instanceof Shape.Block nested) {
        collect(nested, place.effect(), place.path(), place.fallbacks(), into);
      } else {
        boolean required = fallback.isEmpty() && !(slot.shape() instanceof Shape.Maybe);
        into.add(
            new KeyDoc(
                place.path(),
                slot.type(),
                fallback.map(KeyDocs::hocon).orElse(""),
                required ? KeyDoc.Presence.REQUIRED : KeyDoc.Presence.OPTIONAL,
                slot.doc(),
                place.effect()));
      }
    }
  }

  private static String hocon(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
