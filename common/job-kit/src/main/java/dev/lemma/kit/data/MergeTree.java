// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

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
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SizeEstimator;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Merges the parts of each group level by level along the tree of {@link PairwiseMerge}: blocks of
 * 2<sup>b</sup> neighbouring indices come together in one task and leave it as one part. The tree
 * follows from the indices alone, so neither the block size, nor the place where parts are merged,
 * nor the order in which tasks finish has a say in the bits. No task holds more than a block of
 * parts, small where they are heavy, and the driver none but the light ones that {@link #gather}
 * brings there.
 */
public final class MergeTree {
  /** Most indices that meet in one task, as a power of two: few parts, few levels. */
  private static final int BITS = 3;

  /** Bytes of them from which fewer meet, two at least. */
  private static final double BLOCK_BYTES = 256 << 20;

  /** Tasks for each block of such parts: its groups go different ways. */
  private static final int TASKS = 8;

  /** Most blocks that come to the driver unmerged. */
  private static final long FEW = 64;

  /** Most bytes of them together: the driver has merged them before a stage would have begun. */
  private static final long LIGHT_BYTES = 16L << 20;

  private static final String MOST_RESULTS = "spark.driver.maxResultSize";

  private MergeTree() {}

  /** Joins two values; travels to the tasks. */
  public interface Merge extends BinaryOperator<Serializable>, Serializable {}

  /**
   * The parts merged on the executors to one for each group.
   *
   * @param parts parts of any number of groups; those of a group differ in their index
   * @param bound all indices lie below it
   * @param merge joins a part and a later one
   * @param expected bytes of the parts of one index, of all groups together, as far as they are
   *     known beforehand
   */
  public static <G extends Serializable> JavaRDD<Part<G>> reduce(
      JavaRDD<Part<G>> parts, long bound, Merge merge, double expected) {
    return new Level<>(parts, bound, 0, bits(expected)).next(merge).downTo(1, merge).parts;
  }

  /**
   * The same for who wants them on the driver. Few parts that are light come there as they are and
   * are merged there: a stage of Spark takes longer than that. How heavy they are shows when they
   * are there, so until then the executors keep them, and merge them if they are too heavy.
   *
   * @param expected bytes of the parts of one index as far as they are known beforehand: where they
   *     are too heavy by that, nothing is tried
   */
  public static <G extends Serializable> List<Part<G>> gather(
      JavaRDD<Part<G>> parts, long bound, Merge merge, double expected) {
    Level<G> level = new Level<>(parts, bound, 0, bits(expected)).downTo(FEW, merge);
    long most = mostBytes(parts.context().getConf());
    if (level.blocks * expected > most) {
      return level.downTo(1, merge).parts.collect();
    }
    JavaRDD<Part<G>> kept = level.parts.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long share = most / Math.max(1, kept.getNumPartitions());
      List<Part<G>> light = kept.mapPartitions(own -> light(own, share)).collect();
      return light.stream().allMatch(part -> part.value() != null)
          ? merged(light, Long.SIZE - 1, merge)
          : level.downTo(1, merge).parts.collect();
    } finally {
      kept.unpersist();
    }
  }

  /** Bytes that may come to the driver unmerged: Spark ends a job whose results are too large. */
  private static long mostBytes(SparkConf conf) {
    long most = conf.getSizeAsBytes(MOST_RESULTS, "1g");
    return most == 0 ? LIGHT_BYTES : Math.min(LIGHT_BYTES, most / 2);
  }

  /** The parts, or one without a value where they are larger than that. */
  private static <G extends Serializable> Iterator<Part<G>> light(
      Iterator<Part<G>> parts, long bytes) {
    List<Part<G>> all = new ArrayList<>();
    parts.forEachRemaining(all::add);
    return SizeEstimator.estimate(all) <= bytes
        ? all.iterator()
        : List.of(new Part<G>(null, 0, null)).iterator();
  }

  /** How many indices of such parts meet, as a power of two. */
  private static int bits(double expected) {
    int bits = BITS;
    while (bits > 1 && (1 << bits) * expected > BLOCK_BYTES) {
      bits--;
    }
    return bits;
  }

  /** Parts of which each block of 2<sup>shift</sup> indices is merged already. */
  private record Level<G extends Serializable>(
      JavaRDD<Part<G>> parts, long blocks, int shift, int bits) {
    Level<G> next(Merge merge) {
      long fewer = Math.max(1, blocks + (1L << bits) - 1 >> bits);
      long wanted = bits < BITS ? TASKS * fewer : fewer;
      int tasks = (int) Math.min(wanted, parts.getNumPartitions());
      return new Level<>(merged(parts, shift + bits, tasks, merge), fewer, shift + bits, bits);
    }

    Level<G> downTo(long most, Merge merge) {
      return blocks > most ? next(merge).downTo(most, merge) : this;
    }
  }

  private static <G extends Serializable> JavaRDD<Part<G>> merged(
      JavaRDD<Part<G>> parts, int shift, int tasks, Merge merge) {
    JavaPairRDD<Part<G>, Part<G>> keyed = parts.mapToPair(part -> new Tuple2<>(head(part), part));
    ClassTag<Part<G>> tag = ClassTag$.MODULE$.apply(Part.class);
    ShuffledRDD<Part<G>, Part<G>, Part<G>> shuffled =
        new ShuffledRDD<Part<G>, Part<G>, Part<G>>(
                keyed.rdd(), new Blocks(tasks, shift), tag, tag, tag)
            // Whatever the session's serializer is, it need not know these classes.
            .setSerializer(new JavaSerializer(parts.context().getConf()));
    return JavaRDD.fromRDD(shuffled, ClassTag$.MODULE$.apply(Tuple2.class))
        .mapPartitions(
            pairs -> {
              List<Part<G>> met = new ArrayList<>();
              pairs.forEachRemaining(pair -> met.add(pair._2()));
              return merged(met, shift, merge).iterator();
            });
  }

  /** Group and index of a part without its value. */
  private static <G extends Serializable> Part<G> head(Part<G> part) {
    return new Part<>(part.group(), part.index(), null);
  }

  private static <G extends Serializable> List<Part<G>> merged(
      List<Part<G>> parts, int shift, Merge merge) {
    Map<G, Map<Long, List<Part<G>>>> blocks = new HashMap<>();
    for (Part<G> part : parts) {
      blocks
          .computeIfAbsent(part.group(), group -> new HashMap<>())
          .computeIfAbsent(part.index() >> shift, block -> new ArrayList<>())
          .add(part);
    }
    List<Part<G>> results = new ArrayList<>();
    for (Map<Long, List<Part<G>>> group : blocks.values()) {
      for (List<Part<G>> block : group.values()) {
        results.add(one(block, merge));
      }
    }
    return results;
  }

  /** The merge of a block under the index of its first part. */
  private static <G extends Serializable> Part<G> one(List<Part<G>> block, Merge merge) {
    block.sort(Comparator.comparingLong(part -> part.index()));
    PairwiseMerge<Serializable> merging = new PairwiseMerge<>(merge);
    Part<G> first = block.get(0);
    for (Part<G> part : block) {
      merging.add(part.index(), part.value());
    }
    return new Part<>(first.group(), first.index(), merging.finish().orElseThrow());
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
      Part<?> part = (Part<?>) key;
      return Math.floorMod(
          31 * part.group().hashCode() + Long.hashCode(part.index() >> shift), tasks);
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
