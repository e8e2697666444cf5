// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

/** Tells the names that hold rows from those that readers of rows pass over. */
final class HiddenName {
  private HiddenName() {}

  /** Spark's own rule: a folder {@code _x=1} is a partition, {@code _metadata} is not. */
  static boolean matches(String name) {
    return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
  }
}
