// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.math.neighbors.KeyLengths;
import dev.lemma.math.neighbors.Signatures;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Pairs of points that meet in a bucket, as numbers, 16 bytes a pair: the point whose tile settles
 * the pair, then the other.
 *
 * <p>A pair that shares buckets of several tables is taken in the first of them, which its two
 * signatures tell, so that none is sent twice. Where queries are looked up in further buckets the
 * signatures do not tell, and where they are longer than the pairs that they spare they do not
 * travel: such pairs may come twice, and are sorted out where they are settled.
 */
final class Candidates {
  private final Hashing hashing;
  private final boolean signed;
  private final Search search;
  private final PointSet.Starts homes;
  private final Signatures signatures;
  private final KeyLengths lengths;
  private final LongList[] out;

  private Candidates(Hashing hashing, Search search, PointSet.Starts homes, boolean signed) {
    this.hashing = hashing;
    this.signed = signed;
    this.search = search;
    this.homes = homes;
    signatures = Signatures.of(hashing.spec());
    lengths = hashing.lengths();
    out = new LongList[homes.tiles()];
  }

  /** The pairs of a partition of buckets, each chunk with the tile that settles it. */
  static JavaPairRDD<Integer, long[]> of(
      JavaPairRDD<Integer, Buckets> buckets,
      Hashing hashing,
      Search search,
      PointSet.Starts homes,
      int partitions) {
    return buckets
        .partitionBy(new ByIndex(partitions))
        .values()
        .mapPartitions(part -> new Candidates(hashing, search, homes, hashing.signed()).pairs(part))
        .mapToPair(chunk -> chunk);
  }

  /** The pairs of buckets that lie within one tile: they stay there. */
  static JavaRDD<long[]> local(
      JavaRDD<Buckets> buckets, Hashing hashing, Search search, PointSet.Starts homes) {
    return buckets
        .mapPartitions(part -> new Candidates(hashing, search, homes, true).pairs(part), true)
        .map(Tuple2::_2);
  }

  private Iterator<Tuple2<Integer, long[]>> pairs(Iterator<Buckets> parts) {
    List<Buckets> all = new ArrayList<>();
    parts.forEachRemaining(all::add);
    int records = all.stream().mapToInt(part -> part.cells().length).sum();
    int count = all.stream().mapToInt(part -> part.points().length).sum();
    long[] cells = new long[records];
    int[] tables = new int[records];
    int[] rows = new int[records];
    long[] numbers = new long[count];
    int words = signed ? signatures.words() : 0;
    long[] signs = new long[Math.multiplyExact(count, words)];
    int at = 0;
    int point = 0;
    for (Buckets part : all) {
      System.arraycopy(part.cells(), 0, cells, at, part.cells().length);
      System.arraycopy(part.tables(), 0, tables, at, part.cells().length);
      for (int r = 0; r < part.cells().length; r++) {
        rows[at + r] = point + part.rows()[r];
      }
      System.arraycopy(part.points(), 0, numbers, point, part.points().length);
      System.arraycopy(part.signatures(), 0, signs, point * words, part.signatures().length);
      at += part.cells().length;
      point += part.points().length;
    }
    KeyGroups groups = KeyGroups.of(cells, records);
    for (int g = 0; g < groups.groups(); g++) {
      for (int r = groups.start(g); r < groups.start(g + 1); r++) {
        int one = groups.place(r);
        for (int s = r + 1; s < groups.start(g + 1); s++) {
          int other = groups.place(s);
          if (meets(tables[one], tables[other])) {
            boolean swapped = (tables[one] & 3) == Buckets.RIGHT;
            int left = rows[swapped ? other : one];
            int right = rows[swapped ? one : other];
            if (isFirst(signs, numbers, left, right, tables[one] >> 2)) {
              add(numbers[left], numbers[right]);
            }
          }
        }
      }
    }
    return LongList.byPlace(out);
  }

  /** Of one table, and all with all or left with right. */
  private static boolean meets(int one, int other) {
    int parts = (one & 3) + (other & 3);
    return one >> 2 == other >> 2
        && (parts == Buckets.ALL || parts == Buckets.LEFT + Buckets.RIGHT && one != other);
  }

  private boolean isFirst(long[] signs, long[] numbers, int left, int right, int table) {
    if (!signed || hashing.probes() > 0) {
      return true;
    }
    int words = signatures.words();
    int first = signatures.firstCollision(signs, left * words, signs, right * words, lengths);
    if (hashing.isCapped() && first >= 0) {
      while (first < table && !meetIn(signs, numbers, left, right, first)) {
        first++;
      }
    }
    return first == table;
  }

  /** Whether two points share a table's bucket and the sample takes both of them into it. */
  private boolean meetIn(long[] signs, long[] numbers, int left, int right, int table) {
    int words = signatures.words();
    long key = signatures.effectiveKey(signs, left * words, table, lengths);
    return key == signatures.effectiveKey(signs, right * words, table, lengths)
        && hashing.keeps(key, numbers[left], true)
        && hashing.keeps(key, numbers[right], search.isSelf());
  }

  /** Of a self join either point can settle the pair; which one is drawn evenly. */
  private void add(long one, long other) {
    if (search.isSelf()) {
      long low = Math.min(one, other);
      long high = Math.max(one, other);
      boolean lowSettles = ((one ^ other) & 1) == 0;
      put(lowSettles ? low : high, lowSettles ? high : low);
    } else {
      put(one, other);
    }
  }

  private void put(long own, long other) {
    int tile = homes.tileOf(own);
    if (out[tile] == null) {
      out[tile] = new LongList();
    }
    out[tile].add(own, other);
  }
}
