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
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * How full the buckets are: counted before a pair is formed, by a shuffle of 12 bytes for each
 * bucket of a tile.
 *
 * @param records bucket records
 * @param collisions pairs that meet in buckets, table by table
 * @param largest points in the fullest bucket
 * @param crowded buckets that hold more than {@link #CROWDED} points, by key
 */
@DefaultSerializer(JavaSerializer.class)
record BucketCounts(long records, double collisions, long largest, List<Crowd> crowded)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Points of one side beyond which a bucket is split: 2 million pairs are one piece of work. */
  static final int CROWDED = 2048;

  private static final int ASKING = 0;
  private static final int SEARCHED = 1;

  /** A crowded bucket: points that ask (of a self join all) and points that are searched. */
  @DefaultSerializer(JavaSerializer.class)
  record Crowd(long key, long left, long right) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Counts(long[] keys, int[] counts, int side, int tile) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What was counted, and which buckets' records must cross the network: those of two tiles of a
   * self join, or of points of both tables.
   *
   * @param totals of all buckets
   * @param asking in partition i keys of tile i of those that ask
   * @param searched of those that are searched; of a self join the same
   */
  record Counted(BucketCounts totals, JavaRDD<long[]> asking, JavaRDD<long[]> searched) {}

  /** Counts the buckets. */
  static Counted of(
      Hashing hashing, Search search, PointSet queries, PointSet data, int partitions) {
    JavaPairRDD<Integer, Counts> counts = counts(hashing, queries, ASKING, partitions);
    if (!search.isSelf()) {
      counts = counts.union(counts(hashing, data, SEARCHED, partitions));
    }
    JavaRDD<Counts> parts = counts.partitionBy(new ByIndex(partitions)).values();
    BucketCounts totals =
        parts.mapPartitions(part -> List.of(merge(search, part)).iterator()).collect().stream()
            .reduce(new BucketCounts(0, 0, 0, List.of()), BucketCounts::plus);
    JavaRDD<long[]> asking = meeting(search, parts, ASKING, queries.starts().tiles());
    return new Counted(
        totals,
        asking,
        search.isSelf() ? asking : meeting(search, parts, SEARCHED, data.starts().tiles()));
  }

  private static JavaRDD<long[]> meeting(
      Search search, JavaRDD<Counts> parts, int side, int tiles) {
    return parts
        .mapPartitions(part -> meeting(search, part, side, tiles))
        .mapToPair(keys -> keys)
        .partitionBy(new ByIndex(tiles))
        .values();
  }

  private static Iterator<Tuple2<Integer, long[]>> meeting(
      Search search, Iterator<Counts> iterator, int side, int tiles) {
    List<Counts> parts = TileRequests.all(iterator);
    int total = parts.stream().mapToInt(part -> part.keys().length).sum();
    long[] keys = new long[total];
    int[] from = new int[total];
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      int length = parts.get(p).keys().length;
      System.arraycopy(parts.get(p).keys(), 0, keys, at, length);
      Arrays.fill(from, at, at + length, p);
      at += length;
    }
    KeyGroups groups = KeyGroups.of(keys, total);
    LongList[] lists = new LongList[tiles];
    for (int g = 0; g < groups.groups(); g++) {
      int sides = 0;
      for (int r = groups.start(g); r < groups.start(g + 1); r++) {
        sides |= 1 << parts.get(from[groups.place(r)]).side();
      }
      if (search.isSelf() ? groups.start(g + 1) - groups.start(g) > 1 : sides == 3) {
        for (int r = groups.start(g); r < groups.start(g + 1); r++) {
          Counts part = parts.get(from[groups.place(r)]);
          if (part.side() == side) {
            lists[part.tile()] = lists[part.tile()] == null ? new LongList() : lists[part.tile()];
            lists[part.tile()].add(groups.key(g));
          }
        }
      }
    }
    return LongList.byPlace(lists);
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
      Hashing hashing, PointSet points, int side, int partitions) {
    PointSet.Starts starts = points.starts();
    return points
        .tiles()
        .mapPartitionsWithIndex(
            (index, part) -> {
              Tile tile = part.next();
              HashFamily family = HashFamily.of(hashing.spec());
              boolean asking = side == ASKING;
              long[] keys = hashing.keys(tile, family, tile.signatures(family), asking);
              int count = keys.length;
              if (hashing.isCapped()) {
                count = 0;
                int each = hashing.keysOfPoint(asking);
                for (int r = 0; r < keys.length; r++) {
                  if (hashing.keeps(keys[r], starts.first()[index] + r / each, asking)) {
                    keys[count++] = keys[r];
                  }
                }
              }
              return split(KeyGroups.of(keys, count), side, index, partitions);
            },
            true)
        .mapToPair(count -> count);
  }

  private static Iterator<Tuple2<Integer, Counts>> split(
      KeyGroups groups, int side, int tile, int partitions) {
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
        out.add(new Tuple2<>(p, new Counts(split[p], counts[p], side, tile)));
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
        (part.side() == ASKING ? left : right)[at++] = part.counts()[i];
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
