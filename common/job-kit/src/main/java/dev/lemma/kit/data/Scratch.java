// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.random.RowKeyHasher;

/**
 * Work memory of objects that Spark may share between threads while it plans on the driver. Grows
 * to the longest row of a thread and is reused by its later tasks.
 */
final class Scratch {
  private static final ThreadLocal<FeatureBuffer> BUFFER =
      ThreadLocal.withInitial(FeatureBuffer::new);
  private static final ThreadLocal<RowKeyHasher> HASHER =
      ThreadLocal.withInitial(RowKeyHasher::new);

  private Scratch() {}

  /** This thread's buffer, for use before the caller returns. */
  static FeatureBuffer buffer() {
    return BUFFER.get();
  }

  /** This thread's hasher, empty, for use before the caller returns. */
  static RowKeyHasher hasher() {
    return HASHER.get().reset();
  }
}
