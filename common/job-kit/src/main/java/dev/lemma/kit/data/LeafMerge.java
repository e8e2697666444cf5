// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import dev.lemma.math.linalg.PairwiseMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the leaves of a partition as far as the tree over all leaves lets it. One thread's.
 *
 * @param <G> groups, see {@link Part}
 */
public final class LeafMerge<G extends Serializable> {
  private final LeafRun run;
  private final MergeTree.Merge merge;
  private final List<Part<G>> finished = new ArrayList<>();
  private final Map<G, PairwiseMerge<Serializable>> open = new LinkedHashMap<>();
  private long node = -1;

  /**
   * Nothing yet.
   *
   * @param run the leaves of the partition
   * @param merge joins a part and a later one
   */
  public LeafMerge(LeafRun run, MergeTree.Merge merge) {
    this.run = run;
    this.merge = merge;
  }

  /** Takes the parts of a leaf; leaves come in ascending order. */
  public void add(int leaf, List<Part<G>> parts) {
    long next = run.nodeOf(leaf);
    if (next != node) {
      close();
      node = next;
    }
    for (Part<G> part : parts) {
      open.computeIfAbsent(part.group(), group -> new PairwiseMerge<>(merge))
          .add(part.index(), part.value());
    }
  }

  /** The merged parts, each under the index of the first leaf of its node. */
  public List<Part<G>> finish() {
    close();
    return finished;
  }

  private void close() {
    open.forEach(
        (group, merging) -> finished.add(new Part<>(group, node, merging.finish().orElseThrow())));
    open.clear();
  }
}
