// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.Leaves;
import java.io.Serializable;

/**
 * The leaf of a row and the partition of a leaf. Public because generated code calls it; use {@link
 * LeafLayout}.
 *
 * @param leaves number of leaves
 * @param partitions number of partitions, at most that of leaves
 */
public record LeafFunction(int leaves, int partitions) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The leaf of the row whose key has this first half. */
  public int leaf(long keyFirst) {
    return Leaves.rangeOf(keyFirst, leaves);
  }

  /** The partition of a leaf; neighbours share one, so that partitions ascend with the key. */
  public int partition(int leaf) {
    return (int) ((long) leaf * partitions / leaves);
  }
}
