// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import org.apache.spark.Partitioner;

/** Sends each group of parameters to the task of its number. */
final class GroupPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int groups;

  GroupPartitioner(int groups) {
    this.groups = groups;
  }

  @Override
  public int numPartitions() {
    return groups;
  }

  @Override
  public int getPartition(Object group) {
    return (Integer) group;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupPartitioner that && groups == that.groups;
  }

  @Override
  public int hashCode() {
    return groups;
  }
}
