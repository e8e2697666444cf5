// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import org.apache.spark.Partitioner;

/** Sends key i to partition i. */
final class ByIndex extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int count;

  ByIndex(int count) {
    this.count = count;
  }

  @Override
  public int numPartitions() {
    return count;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByIndex same && same.count == count;
  }

  @Override
  public int hashCode() {
    return count;
  }
}
