// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import java.util.Locale;

/** What the law beside a family's measured distortion is worth. */
public enum LawStatus {
  /** The distortion of the family follows the law exactly, for every vector. */
  GUARANTEE,
  /**
   * The family is compared with the law; its own depends on the vector. What is measured counts.
   */
  REFERENCE;

  /** The name in reports: {@code guarantee} or {@code reference}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
