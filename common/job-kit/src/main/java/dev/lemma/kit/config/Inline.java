// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component that is a record whose keys stand beside those of the record around it, not in
 * a block of their own.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inline {
  /**
   * Fallbacks of this use that replace those of the inlined record, as HOCON, such as {@code
   * "precision = float"}; empty: none.
   */
  String value() default "";
}
