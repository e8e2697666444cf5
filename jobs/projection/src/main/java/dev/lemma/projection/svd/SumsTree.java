// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.math.linalg.PairwiseMerge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Merges partial sums on the executors, level by level, along the tree of {@link PairwiseMerge}:
 * eight neighbours come together in one task and leave it as one. The tree follows from the indices
 * alone, so the order in which tasks finish has no say in the bits; the driver receives one n x l
 * sum.
 */
final class SumsTree {
  /** Indices that meet in one task, as a power of two. */
  private static final int BITS = 3;

  private SumsTree() {}

  /**
   * The sum of all parts, empty when there are none.
   *
   * @param parts with different indices
   * @param bound all indices lie below it
   */
  static Optional<PartialSums> of(JavaRDD<PartialSums> parts, long bound) {
    JavaRDD<PartialSums> level = parts;
    long blocks = bound;
    int shift = 0;
    while (blocks > 1) {
      blocks = blocks + (1L << BITS) - 1 >> BITS;
      shift += BITS;
      level = merged(level, shift, (int) Math.min(blocks, level.getNumPartitions()));
    }
    return merged(level.collect().iterator(), Long.SIZE - 1).stream().findFirst();
  }

  private static JavaRDD<PartialSums> merged(JavaRDD<PartialSums> parts, int shift, int tasks) {
    return parts
        .mapToPair(part -> new Tuple2<>(part.index >> shift, part))
        .partitionBy(new HashPartitioner(tasks))
        .mapPartitions(
            pairs -> {
              Iterator<PartialSums> values =
                  new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                      return pairs.hasNext();
                    }

                    @Override
                    public PartialSums next() {
                      return pairs.next()._2();
                    }
                  };
              return merged(values, shift).iterator();
            });
  }

  private static List<PartialSums> merged(Iterator<PartialSums> parts, int shift) {
    Map<Long, List<PartialSums>> blocks = new TreeMap<>();
    while (parts.hasNext()) {
      PartialSums part = parts.next();
      blocks.computeIfAbsent(part.index >> shift, block -> new ArrayList<>()).add(part);
    }
    List<PartialSums> results = new ArrayList<>();
    for (List<PartialSums> block : blocks.values()) {
      block.sort(Comparator.comparingLong(part -> part.index));
      PairwiseMerge<PartialSums> merging = new PairwiseMerge<>(PartialSums::plus);
      block.forEach(part -> merging.add(part.index, part));
      results.add(merging.finish().orElseThrow());
    }
    return results;
  }
}
