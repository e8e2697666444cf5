// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.data.LeafLayout;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PairwiseMerge;
import dev.lemma.math.sampling.glm.GlmBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a model in executors' memory, as leaves. With {@link Kernel#EXACT} the input is read
 * once and shuffled once, rows lie sorted by key in leaves that only their number and keys decide,
 * and leaves are merged pairwise by index: every sum has the same bits for any partitioning. With
 * {@link Kernel#FAST} rows stay where they are.
 */
final class CachedLeaves implements AutoCloseable {
  /** What is done with a leaf on an executor. */
  @FunctionalInterface
  interface LeafWork<R> extends Serializable {
    R of(RowLeaf leaf);
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Part<R>(long index, R value) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final JavaRDD<RowLeaf> leaves;
  private final LeafTally tally;
  private final int count;
  private Optional<List<RowLeaf>> here = Optional.empty();
  private int passes;

  private CachedLeaves(JavaRDD<RowLeaf> leaves, LeafTally tally, int count) {
    this.leaves = leaves;
    this.tally = tally;
    this.count = count;
  }

  /** Reads the rows. */
  static CachedLeaves of(ModelRows rows, LeafReader reader, Kernel kernel) {
    if (kernel == Kernel.FAST) {
      return cached(stored(rows.stored()).mapPartitionsWithIndex(reader::chunks, true));
    }
    // Kept until the leaves are laid out: how many there are follows from the number of rows, and
    // the input is to be read once.
    Dataset<Row> read = rows.stored().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> arranged = LeafLayout.arrange(read, ModelRows.rowKey(), read.count());
      return cached(stored(arranged).mapPartitions(reader::leaves, true));
    } finally {
      read.unpersist(true);
    }
  }

  private static JavaRDD<InternalRow> stored(Dataset<Row> rows) {
    return rows.queryExecution().toRdd().toJavaRDD();
  }

  private static CachedLeaves cached(JavaRDD<RowLeaf> made) {
    JavaRDD<RowLeaf> leaves = made.persist(StorageLevel.MEMORY_AND_DISK());
    LeafTally total = new LeafTally();
    List<LeafTally> tallies = leaves.map(RowLeaf::tally).collect();
    tallies.forEach(total::plus);
    return new CachedLeaves(leaves, total, tallies.size());
  }

  /** What was found in all leaves together. */
  LeafTally tally() {
    return tally;
  }

  /** Number of leaves. */
  int count() {
    return count;
  }

  /**
   * Brings the leaves to the driver, which from then on works on them by itself, with the same
   * result: for rows so few that a Spark job takes longer than its work.
   */
  void bringHere() {
    List<RowLeaf> all = new ArrayList<>(leaves.collect());
    all.sort(Comparator.comparingLong(RowLeaf::index));
    here = Optional.of(all);
    leaves.unpersist();
  }

  /** Whether the driver works by itself. */
  boolean areHere() {
    return here.isPresent();
  }

  /** Passes made so far, that which read the rows aside. */
  int passes() {
    return passes;
  }

  /**
   * Works on every leaf, in one Spark job at most, and merges the results pairwise by index.
   *
   * @param merge may change and return its left argument
   * @throws IllegalStateException if there are no leaves
   */
  <R> R pass(LeafWork<R> work, BinaryOperator<R> merge) {
    passes++;
    PairwiseMerge<R> merging = new PairwiseMerge<>(merge);
    if (here.isPresent()) {
      here.get().forEach(leaf -> merging.add(leaf.index(), work.of(leaf)));
    } else {
      List<Part<R>> parts =
          new ArrayList<>(leaves.map(leaf -> new Part<>(leaf.index(), work.of(leaf))).collect());
      parts.sort(Comparator.comparingLong(Part::index));
      parts.forEach(part -> merging.add(part.index(), part.value()));
    }
    return merging.finish().orElseThrow(() -> new IllegalStateException("there are no rows"));
  }

  /**
   * Draws in every shard by itself; one shuffle of the rows, and none where they are here.
   *
   * @param shards S
   * @return by shard; a shard without rows is left out
   */
  List<ShardDraws> shards(int shards, ShardWork work) {
    passes++;
    if (here.isPresent()) {
      List<ShardDraws> results = new ArrayList<>();
      for (int s = 0; s < shards; s++) {
        int shard = s;
        List<ShardPart> own =
            here.get().stream()
                .flatMap(leaf -> work.split(leaf).stream())
                .filter(part -> part.shard() == shard)
                .toList();
        if (!own.isEmpty()) {
          results.add(work.draw(shard, blocks(own)));
        }
      }
      return results;
    }
    List<ShardDraws> results =
        new ArrayList<>(
            leaves
                .flatMap(leaf -> work.split(leaf).iterator())
                .groupBy(ShardPart::shard, shards)
                .map(
                    shard -> {
                      List<ShardPart> own = new ArrayList<>();
                      shard._2().forEach(own::add);
                      return work.draw(shard._1(), blocks(own));
                    })
                .collect());
    results.sort(Comparator.comparingInt(ShardDraws::shard));
    return results;
  }

  private static List<GlmBlock> blocks(List<ShardPart> parts) {
    return parts.stream()
        .sorted(Comparator.comparingLong(ShardPart::leaf))
        .map(ShardPart::block)
        .toList();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    leaves.unpersist(true);
  }
}
