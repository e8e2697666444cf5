// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.neighbors.HashFamily;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * How full the buckets are: counted before a pair is formed, by a shuffle of at most 12 bytes for
 * each record.
 *
 * @param records bucket records
 * @param collisions pairs that meet in buckets, table by table
 * @param largest points in the fullest bucket
 * @param crowded buckets that hold more than {@link #CROWDED} points, by key
 */
record BucketCounts(long records, double collisions, long largest, List<Crowd> crowded)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Points of one side beyond which a bucket is split: 2 million pairs are one piece of work. */
  static final int CROWDED = 2048;

  /** A crowded bucket: points that ask (of a self join all) and points that are searched. */
  @DefaultSerializer(JavaSerializer.class)
  record Crowd(long key, long left, long right) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Counts(long[] keys, int[] counts, int side) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Counts the buckets. */
  static BucketCounts of(
      Hashing hashing, Search search, PointSet queries, PointSet data, int partitions) {
    JavaPairRDD<Integer, Counts> counts = counts(hashing, queries, true, partitions);
    if (!search.isSelf()) {
      counts = counts.union(counts(hashing, data, false, partitions));
    }
    return counts
        .partitionBy(new ByIndex(partitions))
        .values()
        .mapPartitions(part -> List.of(merge(search, part)).iterator())
        .collect()
        .stream()
        .reduce(new BucketCounts(0, 0, 0, List.of()), BucketCounts::plus);
  }

  private BucketCounts plus(BucketCounts other) {
    List<Crowd> all = new ArrayList<>(crowded);
    all.addAll(other.crowded);
    return new BucketCounts(
        records + other.records,
        collisions + other.collisions,
        Math.max(largest, other.largest),
        all);
  }

  /** Partition of a bucket. */
  static int partition(long key, int partitions) {
    return (int) Long.remainderUnsigned(key, partitions);
  }

  private static JavaPairRDD<Integer, Counts> counts(
      Hashing hashing, PointSet points, boolean asking, int partitions) {
    return points
        .tiles()
        .mapPartitions(
            part -> {
              Tile tile = part.next();
              HashFamily family = HashFamily.of(hashing.spec());
              long[] keys = hashing.keys(tile, family, tile.signatures(family), asking);
              return split(keys, asking ? 0 : 1, partitions);
            })
        .mapToPair(count -> count);
  }

  private static Iterator<Tuple2<Integer, Counts>> split(long[] keys, int side, int partitions) {
    KeyGroups groups = KeyGroups.of(keys, keys.length);
    int[] sizes = new int[partitions];
    for (int g = 0; g < groups.groups(); g++) {
      sizes[partition(groups.key(g), partitions)]++;
    }
    long[][] split = new long[partitions][];
    int[][] counts = new int[partitions][];
    for (int p = 0; p < partitions; p++) {
      split[p] = new long[sizes[p]];
      counts[p] = new int[sizes[p]];
    }
    Arrays.fill(sizes, 0);
    for (int g = 0; g < groups.groups(); g++) {
      int p = partition(groups.key(g), partitions);
      split[p][sizes[p]] = groups.key(g);
      counts[p][sizes[p]++] = groups.start(g + 1) - groups.start(g);
    }
    List<Tuple2<Integer, Counts>> out = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      if (split[p].length > 0) {
        out.add(new Tuple2<>(p, new Counts(split[p], counts[p], side)));
      }
    }
    return out.iterator();
  }

  private static BucketCounts merge(Search search, Iterator<Counts> parts) {
    List<Counts> all = new ArrayList<>();
    parts.forEachRemaining(all::add);
    int total = all.stream().mapToInt(part -> part.keys().length).sum();
    long[] keys = new long[total];
    long[] left = new long[total];
    long[] right = new long[total];
    int at = 0;
    for (Counts part : all) {
      for (int i = 0; i < part.keys().length; i++) {
        keys[at] = part.keys()[i];
        (part.side() == 0 ? left : right)[at++] = part.counts()[i];
      }
    }
    KeyGroups groups = KeyGroups.of(keys, total);
    long records = 0;
    double collisions = 0;
    long largest = 0;
    List<Crowd> crowded = new ArrayList<>();
    for (int g = 0; g < groups.groups(); g++) {
      long lefts = 0;
      long rights = 0;
      for (int r = groups.start(g); r < groups.start(g + 1); r++) {
        lefts += left[groups.place(r)];
        rights += right[groups.place(r)];
      }
      records += lefts + rights;
      collisions += search.isSelf() ? 0.5 * lefts * (lefts - 1) : (double) lefts * rights;
      largest = Math.max(largest, lefts + rights);
      boolean meets = search.isSelf() || (lefts > 0 && rights > 0);
      if (meets && Math.max(lefts, rights) > CROWDED) {
        crowded.add(new Crowd(groups.key(g), lefts, rights));
      }
    }
    return new BucketCounts(records, collisions, largest, crowded);
  }
}
