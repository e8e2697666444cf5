// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.io.Serializable;

/**
 * What is looked for among points.
 *
 * @param task the question; groups ask for the pairs that connect
 * @param metric of the distances
 * @param sides whether points are searched among themselves
 * @param k neighbours (top-k)
 * @param radius largest distance (radius, groups)
 */
record Search(NeighborTask task, Metric metric, JoinSides sides, int k, double radius)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static Search of(JoinConfig join, JoinSides sides) {
    return new Search(join.task(), join.distance(), sides, join.k(), join.radius().orElse(0));
  }

  boolean isSelf() {
    return sides == JoinSides.SELF;
  }

  boolean isTopK() {
    return task == NeighborTask.TOP_K;
  }
}
