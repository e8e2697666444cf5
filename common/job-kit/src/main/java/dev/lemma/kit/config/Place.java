// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Optional;

/**
 * A component of a record and what is there for it.
 *
 * @param slot the component
 * @param effect what its key decides, that of the blocks around it considered
 * @param path the whole key; for an inlined record that of the block around it
 * @param own what was given, or null
 * @param fallback what is taken when nothing was given
 */
record Place(
    Slot slot, Effect effect, String path, ConfigValue own, Optional<ConfigValue> fallback) {
  static final ConfigObject NOTHING = ConfigFactory.empty().root();

  static Place of(
      Slot slot, Effect outer, String parent, ConfigObject given, ConfigObject fallbacks) {
    Effect effect = outer.compareTo(slot.effect()) >= 0 ? outer : slot.effect();
    Optional<ConfigValue> fallback = slot.fallbackWithin(fallbacks);
    return slot.inline()
        ? new Place(slot, effect, parent, given, fallback)
        : new Place(
            slot, effect, Layers.child(parent, slot.name()), given.get(slot.name()), fallback);
  }

  /** Whether a value was given; null is none. */
  boolean isSet() {
    return own != null && own.valueType() != ConfigValueType.NULL;
  }

  /** Whether it stays empty. An explicit null unsets an optional key, even one with a fallback. */
  boolean isUnset() {
    boolean silent = fallback.isEmpty() || fallback.get().valueType() == ConfigValueType.NULL;
    return slot.shape() instanceof Shape.Maybe && !isSet() && (own != null || silent);
  }

  /**
   * What is read: the value given, dictionaries laid over their fallbacks; empty: nothing there.
   */
  Optional<ConfigValue> effective() {
    if (!isSet()) {
      return fallback;
    }
    return Optional.of(fallback.<ConfigValue>map(own::withFallback).orElse(own));
  }

  /** The fallbacks of a block. */
  ConfigObject fallbacks() {
    return fallback.orElse(NOTHING) instanceof ConfigObject object ? object : NOTHING;
  }
}
