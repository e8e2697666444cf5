// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.Arrays;
import java.util.List;

/**
 * The distribution of the rows of several parts: groups of the same scores become one, with the
 * moments of all their rows, so that it is no finer than its parts and no less true.
 */
final class GroupUnion {
  private final double[] lower;
  private final double[] upper;
  // By group, the two classes side by side.
  private final double[] weight;
  private final double[] mean;
  private final double[] variance;
  private int size;

  private GroupUnion(int most) {
    lower = new double[most];
    upper = new double[most];
    weight = new double[2 * most];
    mean = new double[2 * most];
    variance = new double[2 * most];
  }

  /** The union, which follows from the parts and their order; at least one part. */
  static ScoreGroups of(List<ScoreGroups> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int most = 0;
    double total = 0;
    double squares = 0;
    for (ScoreGroups part : parts) {
      most += part.size();
      double own = part.totalWeight();
      total += own;
      squares += own > 0 ? own / part.effectiveRows() * own : 0;
    }
    GroupUnion union = new GroupUnion(most);
    int[] next = new int[parts.size()];
    for (int p = lowest(parts, next); p >= 0; p = lowest(parts, next)) {
      union.add(parts.get(p), next[p]++);
    }
    return union.groups(ScoreGroups.effective(total, squares));
  }

  /** The part whose next group has the lowest scores, the first among equals; -1 at the end. */
  private static int lowest(List<ScoreGroups> parts, int[] next) {
    int lowest = -1;
    for (int p = 0; p < next.length; p++) {
      if (next[p] < parts.get(p).size()
          && (lowest < 0 || isBelow(parts.get(p), next[p], parts.get(lowest), next[lowest]))) {
        lowest = p;
      }
    }
    return lowest;
  }

  private static boolean isBelow(ScoreGroups a, int g, ScoreGroups b, int h) {
    return a.lower(g) < b.lower(h) || a.lower(g) == b.lower(h) && a.upper(g) < b.upper(h);
  }

  /** Adds a group whose scores are not below those of the last one. */
  private void add(ScoreGroups part, int group) {
    boolean same =
        size > 0 && lower[size - 1] == part.lower(group) && upper[size - 1] == part.upper(group);
    if (!same) {
      lower[size] = part.lower(group);
      upper[size++] = part.upper(group);
    }
    for (int label = 0; label < 2; label++) {
      double more = part.weight(group, label);
      if (more > 0) {
        merge(2 * (size - 1) + label, more, part.mean(group, label), part.variance(group, label));
      }
    }
  }

  private void merge(int at, double more, double theirs, double spread) {
    double all = weight[at] + more;
    double away = theirs - mean[at];
    double share = more / all;
    variance[at] = (1 - share) * variance[at] + share * (spread + (1 - share) * away * away);
    mean[at] += share * away;
    weight[at] = all;
  }

  private ScoreGroups groups(double effectiveRows) {
    return new ScoreGroups(
        Arrays.copyOf(lower, size),
        Arrays.copyOf(upper, size),
        byClass(weight),
        byClass(mean),
        byClass(variance),
        effectiveRows);
  }

  private double[] byClass(double[] values) {
    double[] sorted = new double[2 * size];
    for (int g = 0; g < size; g++) {
      sorted[g] = values[2 * g];
      sorted[size + g] = values[2 * g + 1];
    }
    return sorted;
  }
}
