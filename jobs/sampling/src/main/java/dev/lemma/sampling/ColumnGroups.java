// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters in groups of neighbours, one task each: small enough that the draws of a group fit
 * into {@value #GROUP_BYTES} bytes where a single parameter does, and enough groups to keep every
 * core at work.
 *
 * @param names the parameters
 * @param count number of groups, at least 1 and at most the number of parameters (but 1 for none)
 */
record ColumnGroups(List<String> names, int count) implements Serializable {
  static final int GROUP_BYTES = 1 << 26;

  private static final int READ_TOGETHER = 1024;
  private static final int WIDEST = 64;
  private static final int GROUPS_PER_CORE = 3;

  static ColumnGroups of(List<String> names, long draws, int cores) {
    long room = Math.max(1, GROUP_BYTES / (Double.BYTES * Math.max(1, draws)));
    int width = (int) Math.min(WIDEST, room);
    int forRoom = (names.size() + width - 1) / width;
    int forCores = Math.min(names.size(), GROUPS_PER_CORE * cores);
    return new ColumnGroups(List.copyOf(names), Math.max(1, Math.max(forRoom, forCores)));
  }

  /**
   * Where the groups that are read together begin, and the number of groups last: up to {@value
   * #READ_TOGETHER} parameters, since what Spark does to open a Parquet file grows with the square
   * of the columns that it reads.
   */
  int[] readings() {
    List<Integer> starts = new ArrayList<>(List.of(0));
    for (int group = 1; group < count; group++) {
      if (from(group + 1) - from(starts.get(starts.size() - 1)) > READ_TOGETHER) {
        starts.add(group);
      }
    }
    starts.add(count);
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The first parameter of a group; that of group {@code count} is the number of parameters. */
  int from(int group) {
    return (int) ((long) group * names.size() / count);
  }

  /** The group of a parameter. */
  int groupOf(int column) {
    int group = (int) ((long) column * count / names.size());
    while (from(group + 1) <= column) {
      group++;
    }
    return group;
  }
}
