// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.PairwiseMerge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Merges the parts of each group on the executors, level by level, along the tree of {@link
 * PairwiseMerge}: blocks of 2<sup>b</sup> neighbouring indices come together in one task and leave
 * it as one part. The tree follows from the indices alone, so neither the block size nor the order
 * in which tasks finish has a say in the bits. No task holds more than a block of parts, and the
 * driver none.
 */
final class MergeTree {
  /** Indices that meet in one task, as a power of two: few parts, few levels. */
  private static final int BITS = 3;

  private MergeTree() {}

  /** Joins two values; travels to the tasks. */
  interface Merge extends BinaryOperator<Serializable>, Serializable {}

  /**
   * The parts merged to one for each group.
   *
   * @param parts parts of any number of groups; those of a group differ in their index
   * @param bound all indices lie below it
   * @param merge joins a part and a later one
   */
  static JavaRDD<Part> reduce(JavaRDD<Part> parts, long bound, Merge merge) {
    JavaRDD<Part> level = parts;
    long blocks = bound;
    int shift = 0;
    do {
      blocks = Math.max(1, blocks + (1L << BITS) - 1 >> BITS);
      shift += BITS;
      level = merged(level, shift, (int) Math.min(blocks, level.getNumPartitions()), merge);
    } while (blocks > 1);
    return level;
  }

  private static JavaRDD<Part> merged(JavaRDD<Part> parts, int shift, int tasks, Merge merge) {
    JavaPairRDD<Part, Part> keyed = parts.mapToPair(part -> new Tuple2<>(head(part), part));
    ClassTag<Part> tag = ClassTag$.MODULE$.apply(Part.class);
    ShuffledRDD<Part, Part, Part> shuffled =
        new ShuffledRDD<Part, Part, Part>(keyed.rdd(), new Blocks(tasks, shift), tag, tag, tag)
            // Whatever the session's serializer is, it need not know these classes.
            .setSerializer(new JavaSerializer(parts.context().getConf()));
    return JavaRDD.fromRDD(shuffled, ClassTag$.MODULE$.apply(Tuple2.class))
        .mapPartitions(pairs -> merged(pairs, shift, merge));
  }

  /** Group and index of a part without its value. */
  private static Part head(Part part) {
    return new Part(part.group, part.index, null);
  }

  private static Iterator<Part> merged(Iterator<Tuple2<Part, Part>> pairs, int shift, Merge merge) {
    Map<Part.Group, Map<Long, List<Part>>> blocks = new HashMap<>();
    while (pairs.hasNext()) {
      Part part = pairs.next()._2();
      blocks
          .computeIfAbsent(part.group, group -> new HashMap<>())
          .computeIfAbsent(part.index >> shift, block -> new ArrayList<>())
          .add(part);
    }
    List<Part> results = new ArrayList<>();
    for (Map<Long, List<Part>> group : blocks.values()) {
      for (List<Part> block : group.values()) {
        results.add(one(block, merge));
      }
    }
    return results.iterator();
  }

  /** The merge of a block under the index of its first part. */
  static Part one(List<Part> block, Merge merge) {
    block.sort(Comparator.comparingLong(part -> part.index));
    PairwiseMerge<Serializable> merging = new PairwiseMerge<>(merge);
    Part first = block.get(0);
    for (Part part : block) {
      merging.add(part.index, part.value);
    }
    return new Part(first.group, first.index, merging.finish().orElseThrow());
  }

  /** Brings the parts of a block together. */
  private static final class Blocks extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int tasks;
    private final int shift;

    Blocks(int tasks, int shift) {
      this.tasks = tasks;
      this.shift = shift;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object key) {
      Part part = (Part) key;
      return Math.floorMod(31 * part.group.hashCode() + Long.hashCode(part.index >> shift), tasks);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Blocks blocks && tasks == blocks.tasks && shift == blocks.shift;
    }

    @Override
    public int hashCode() {
      return 31 * tasks + shift;
    }
  }
}
