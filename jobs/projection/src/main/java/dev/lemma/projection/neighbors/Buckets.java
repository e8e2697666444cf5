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
 * Records of points in buckets, as they cross the network: of each record the cell's key, table and
 * part, 16 bytes; of each point, once for each partition that it has records in, its number and,
 * where that is less than pairs sent twice, its signature.
 *
 * <p>A crowded bucket is a grid of cells. Of a self join its points are split into g parts by their
 * numbers; part a goes to the cells (a, b) and (b, a), where two different parts meet across and
 * one part meets itself: every pair is in one cell.
 *
 * @param cells key of each record's cell
 * @param rows place of its point among points
 * @param tables its table times 4, plus its part: {@link #ALL}, {@link #LEFT} or {@link #RIGHT}
 * @param points numbers of the points
 * @param signatures of the points, or empty
 */
@DefaultSerializer(JavaSerializer.class)
record Buckets(long[] cells, int[] rows, int[] tables, long[] points, long[] signatures)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Meets all records of its cell. */
  static final int ALL = 0;

  /** Meets the cell's right records. */
  static final int LEFT = 1;

  /** Meets the cell's left records. */
  static final int RIGHT = 2;

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /**
   * The records that cross the network, each with the partition that it is sent to.
   *
   * @param meeting keys of the buckets that hold points of other tiles too, in partition i of tile
   *     i
   */
  static JavaPairRDD<Integer, Buckets> of(
      Hashing hashing,
      Search search,
      PointSet points,
      JavaRDD<long[]> meeting,
      boolean asking,
      int partitions) {
    PointSet.Starts starts = points.starts();
    return points
        .indexed()
        .zipPartitions(
            meeting,
            (tile, keys) ->
                new Split(hashing, search, asking, true, KeySet.of(keys), partitions)
                    .records(tile.next(), starts))
        .mapToPair(chunk -> chunk);
  }

  /** Of a self join the records of buckets that lie within one tile, in partition i of tile i. */
  static JavaRDD<Buckets> local(
      Hashing hashing, Search search, PointSet points, JavaRDD<long[]> meeting) {
    PointSet.Starts starts = points.starts();
    return points
        .indexed()
        .zipPartitions(
            meeting,
            (tile, keys) ->
                new Split(hashing, search, true, false, KeySet.of(keys), 1)
                    .records(tile.next(), starts))
        .map(Tuple2::_2);
  }

  /** Splits a tile's records among partitions. */
  private static final class Split {
    private final Hashing hashing;
    private final boolean self;
    private final boolean asking;
    private final boolean crossing;
    private final KeySet meeting;
    private final Growing[] parts;
    private long[] signatures;
    private int words;
    private int sent;

    Split(
        Hashing hashing,
        Search search,
        boolean asking,
        boolean crossing,
        KeySet meeting,
        int partitions) {
      this.hashing = hashing;
      this.self = search.isSelf();
      this.asking = asking;
      this.crossing = crossing;
      this.meeting = meeting;
      parts = new Growing[partitions];
      Arrays.setAll(parts, p -> new Growing());
    }

    Iterator<Tuple2<Integer, Buckets>> records(
        Tuple2<Integer, Tile> indexed, PointSet.Starts starts) {
      Tile tile = indexed._2();
      long first = starts.first()[indexed._1()];
      HashFamily family = HashFamily.of(hashing.spec());
      signatures = tile.signatures(family);
      words = family.spec().words();
      sent = crossing && !hashing.signed() ? 0 : words;
      long[] keys = hashing.keys(tile, family, signatures, asking);
      int each = hashing.keysOfPoint(asking);
      int ofTable = each / hashing.tables();
      for (int i = 0; i < tile.size(); i++) {
        for (int r = 0; r < each; r++) {
          add(keys[i * each + r], r / ofTable, i, first + i);
        }
      }
      List<Tuple2<Integer, Buckets>> out = new ArrayList<>();
      for (int p = 0; p < parts.length; p++) {
        if (parts[p].records > 0) {
          out.add(new Tuple2<>(p, parts[p].chunk(sent)));
        }
      }
      return out.iterator();
    }

    private void add(long key, int table, int row, long number) {
      int place = hashing.hotPlace(key);
      if (crossing != (place >= 0 || meeting.contains(key))
          || !hashing.keeps(key, number, asking)) {
        return;
      }
      if (place < 0) {
        put(key, table, self ? ALL : asking ? LEFT : RIGHT, row, number);
        return;
      }
      int lefts = hashing.leftParts()[place];
      int rights = hashing.rightParts()[place];
      long mixed = (number * GOLDEN) >>> 33;
      if (self) {
        int own = (int) (mixed % lefts);
        for (int other = 0; other < lefts; other++) {
          int part = own == other ? ALL : own < other ? LEFT : RIGHT;
          put(
              cell(key, Math.min(own, other), Math.max(own, other), lefts),
              table,
              part,
              row,
              number);
        }
      } else if (asking) {
        int own = (int) (mixed % lefts);
        for (int other = 0; other < rights; other++) {
          put(cell(key, own, other, rights), table, LEFT, row, number);
        }
      } else {
        int own = (int) (mixed % rights);
        for (int other = 0; other < lefts; other++) {
          put(cell(key, other, own, rights), table, RIGHT, row, number);
        }
      }
    }

    private static long cell(long key, int a, int b, int columns) {
      long z = key ^ (((long) a * columns + b + 1) * GOLDEN);
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      return z ^ (z >>> 27);
    }

    private void put(long cell, int table, int part, int row, long number) {
      parts[BucketCounts.partition(cell, parts.length)].add(
          cell, table << 2 | part, row, number, signatures, words);
    }
  }

  /** The records of one partition while they are collected. */
  private static final class Growing {
    private long[] cells = new long[16];
    private int[] rows = new int[16];
    private int[] tables = new int[16];
    private long[] points = new long[16];
    private long[] signatures = new long[0];
    private int records;
    private int count;
    private int last = -1;

    void add(long cell, int table, int row, long number, long[] all, int words) {
      if (row != last) {
        if (count == points.length) {
          points = Arrays.copyOf(points, 2 * count);
        }
        if ((count + 1) * words > signatures.length) {
          signatures = Arrays.copyOf(signatures, Math.max(16, 2 * (count + 1)) * words);
        }
        System.arraycopy(all, row * words, signatures, count * words, words);
        points[count++] = number;
        last = row;
      }
      if (records == cells.length) {
        cells = Arrays.copyOf(cells, 2 * records);
        rows = Arrays.copyOf(rows, 2 * records);
        tables = Arrays.copyOf(tables, 2 * records);
      }
      cells[records] = cell;
      rows[records] = count - 1;
      tables[records++] = table;
    }

    Buckets chunk(int words) {
      return new Buckets(
          Arrays.copyOf(cells, records),
          Arrays.copyOf(rows, records),
          Arrays.copyOf(tables, records),
          Arrays.copyOf(points, count),
          Arrays.copyOf(signatures, count * words));
    }
  }
}
