// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.util.List;

/** Which classes a model has, and in which order. */
interface ClassOrder {
  /** The classes that rows have, in the order of {@link ClassNames}. */
  ClassOrder AS_FOUND = statistics -> statistics;

  /** The same statistics with the classes that the model shall have. */
  Statistics arrange(Statistics statistics);

  /**
   * The labels of the classes 0 to K - 1 as rows spell them, canonical strings.
   *
   * @param arranged from {@link #arrange}
   */
  default List<String> labels(Statistics arranged) {
    return arranged.classes();
  }
}
