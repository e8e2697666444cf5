// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a configuration record. The key's name is the kebab-case of the component's
 * name; a component that is itself a record opens a block of keys.
 *
 * <p>A component without {@link #fallback} is required, unless its type is {@code Optional} (or
 * {@code OptionalInt}, {@code OptionalLong}, {@code OptionalDouble}), which stays empty, or a
 * record, which takes the fallbacks of its own components.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** The meaning, in one or two sentences without a final full stop; help prints it. */
  String doc();

  /**
   * The value taken when none is given, as a HOCON literal: {@code 0.2}, {@code sign}, {@code []},
   * {@code {}}. For a component that is a record: an object laid over the fallbacks of its
   * components. Empty: there is none.
   */
  String fallback() default "";

  /** How help and messages spell the type, such as {@code auto | N}; empty: made from the type. */
  String type() default "";

  /** What the key decides; on a component that is a record, for all keys of the block. */
  Effect effect() default Effect.RESULT;
}
