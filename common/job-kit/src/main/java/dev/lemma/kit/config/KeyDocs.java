// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/** Makes the help of a configuration out of its shape. */
final class KeyDocs {
  private static final ConfigObject NOTHING = ConfigFactory.empty().root();

  private KeyDocs() {}

  static void collect(Shape.Block block, List<KeyDoc> into) {
    collect(block, Effect.RESULT, "", NOTHING, into);
  }

  private static void collect(
      Shape.Block block, Effect outer, String parent, ConfigObject fallbacks, List<KeyDoc> into) {
    for (Slot slot : block.slots()) {
      Effect effect = outer.compareTo(slot.effect()) >= 0 ? outer : slot.effect();
      Optional<ConfigValue> fallback =
          slot.fallbackWithin(fallbacks).filter(value -> value.valueType() != ConfigValueType.NULL);
      String path = slot.inline() ? parent : Layers.child(parent, slot.name());
      if (KeyNames.inner(slot.shape()) instanceof Shape.Block nested) {
        ConfigObject inner =
            fallback.orElse(NOTHING) instanceof ConfigObject object ? object : NOTHING;
        collect(nested, effect, path, inner, into);
      } else {
        boolean required = fallback.isEmpty() && !(slot.shape() instanceof Shape.Maybe);
        into.add(
            new KeyDoc(
                path,
                slot.type(),
                fallback.map(KeyDocs::hocon).orElse(""),
                required ? KeyDoc.Presence.REQUIRED : KeyDoc.Presence.OPTIONAL,
                slot.doc(),
                effect));
      }
    }
  }

  private static String hocon(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise().setJson(false));
  }
}
