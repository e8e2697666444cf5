// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Locale;

/** How far two rows are apart. */
public enum Metric {
  /**
   * 1 - cos of the angle between the rows, in [0, 2]. A row of zeros has no direction: its distance
   * is 0 to another row of zeros and 1 to every other row.
   */
  COSINE,
  /** The length of the rows' difference. */
  EUCLIDEAN;

  /** The name as configurations spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metric so spelled; throws IllegalArgumentException that lists the names otherwise. */
  public static Metric parse(String key) {
    for (Metric metric : values()) {
      if (metric.key().equals(key)) {
        return metric;
      }
    }
    throw new IllegalArgumentException("no such metric: expected cosine or euclidean");
  }
}
