// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.Gemm;
import java.util.Optional;

/**
 * All pairs of two blocks of rows, exactly: those within a radius, or the nearest of each row.
 * Nothing of size n x n is stored.
 *
 * <p>Products of a row with {@value Products#COLUMNS} others at a time come from a fast kernel in
 * binary32, and tell most pairs to be too far; whatever could lie within the radius, by a bound on
 * the kernel's error, is settled by {@link RowBlock#distance}. So the result has the same bits
 * whatever the kernel, the order of its additions, the size of the blocks or their order: those of
 * a brute force search in binary64.
 *
 * <p><b>The bound.</b> A sum of d products in binary32 is off by at most gamma |a| |b| + d
 * 2<sup>-149</sup>, gamma = (d + 2) 2<sup>-24</sup> / (1 - (d + 2) 2<sup>-24</sup>), whatever the
 * order and with or without fused steps (Higham, <em>Accuracy and Stability of Numerical
 * Algorithms</em>, 2nd ed., section 3.1, <a
 * href="https://doi.org/10.1137/1.9780898718027">doi:10.1137/1.9780898718027</a>).
 *
 * <p>n1 n2 d multiplications for dense blocks; for sparse ones as many as there are pairs of
 * entries of one feature. Holds {@value Products#COLUMNS} d floats. Not thread-safe.
 */
public final class ExactTiles {
  /** Right rows that are multiplied at a time: a last panel of fewer costs as much. */
  public static final int PANEL = Products.COLUMNS;

  private final Metric metric;
  private final Optional<Gemm> gemm;

  /** Tiles by this module's own loops. */
  public ExactTiles(Metric metric) {
    this.metric = metric;
    gemm = Optional.empty();
  }

  /** Tiles whose products come from a library; the results are the same. */
  public ExactTiles(Metric metric, Gemm gemm) {
    this.metric = metric;
    this.gemm = Optional.of(gemm);
  }

  /**
   * All pairs (i, j) of a left and a right row that lie within a radius.
   *
   * @param radius at least 0
   * @param sink receives the pairs, in no promised order
   */
  public void within(RowBlock left, RowBlock right, double radius, PairSink sink) {
    checkRadius(radius);
    left.checkLike(right);
    Filter filter = new Filter(metric, left, right);
    Products products = Products.of(left, right, gemm);
    for (int from = 0; from < right.size(); from += Products.COLUMNS) {
      int count = products.load(from);
      filter.load(from, count);
      for (int i = 0; i < left.size(); i++) {
        within(filter, products, i, 0, radius, sink);
      }
    }
  }

  /**
   * All pairs (i, j), i below j, of one block's rows that lie within a radius.
   *
   * @param radius at least 0
   * @param sink receives the pairs, in no promised order
   */
  public void withinSelf(RowBlock rows, double radius, PairSink sink) {
    checkRadius(radius);
    Filter filter = new Filter(metric, rows, rows);
    Products products = Products.of(rows, rows, gemm);
    for (int from = 0; from < rows.size(); from += Products.COLUMNS) {
      int count = products.load(from);
      filter.load(from, count);
      for (int i = 0; i < from + count - 1; i++) {
        within(filter, products, i, Math.max(0, i + 1 - from), radius, sink);
      }
    }
  }

  private static void within(
      Filter filter, Products products, int i, int first, double radius, PairSink sink) {
    float[] dots = products.row(i);
    filter.row(i);
    filter.limit(radius);
    for (int c = filter.next(dots, first); c >= 0; c = filter.next(dots, c + 1)) {
      double distance = filter.distance(c);
      if (distance <= radius) {
        sink.accept(i, filter.from() + c, distance);
      }
    }
  }

  /**
   * Offers every row of data to every query.
   *
   * @param heaps one for each query
   * @param ids one for each row of data
   */
  public void nearest(RowBlock queries, NearestHeap[] heaps, RowBlock data, long[] ids) {
    queries.checkLike(data);
    checkCount("heaps", heaps.length, queries.size());
    checkCount("ids", ids.length, data.size());
    Filter filter = new Filter(metric, queries, data);
    Products products = Products.of(queries, data, gemm);
    for (int from = 0; from < data.size(); from += Products.COLUMNS) {
      int count = products.load(from);
      filter.load(from, count);
      for (int i = 0; i < queries.size(); i++) {
        float[] dots = products.row(i);
        NearestHeap heap = heaps[i];
        filter.row(i);
        filter.limit(heap.threshold());
        for (int c = filter.next(dots, 0); c >= 0; c = filter.next(dots, c + 1)) {
          heap.offer(ids[from + c], filter.distance(c));
          filter.limit(heap.threshold());
        }
      }
    }
  }

  /**
   * Offers every right row to every left one and the other way round, with one product for both.
   *
   * @param leftHeaps one for each left row
   * @param leftIds one for each left row
   * @param rightHeaps one for each right row
   * @param rightIds one for each right row
   */
  public void nearestBoth(
      RowBlock left,
      NearestHeap[] leftHeaps,
      long[] leftIds,
      RowBlock right,
      NearestHeap[] rightHeaps,
      long[] rightIds) {
    left.checkLike(right);
    checkCount("heaps", leftHeaps.length, left.size());
    checkCount("ids", leftIds.length, left.size());
    checkCount("heaps", rightHeaps.length, right.size());
    checkCount("ids", rightIds.length, right.size());
    Filter filter = new Filter(metric, left, right);
    Products products = Products.of(left, right, gemm);
    for (int from = 0; from < right.size(); from += Products.COLUMNS) {
      int count = products.load(from);
      filter.load(from, count);
      filter.columnThresholds(rightHeaps);
      for (int i = 0; i < left.size(); i++) {
        both(filter, products, i, 0, leftHeaps, leftIds, rightHeaps, rightIds);
      }
    }
  }

  /**
   * Offers every row to every other row of the block, with one product for both.
   *
   * @param heaps one for each row
   * @param ids one for each row
   */
  public void nearestSelf(RowBlock rows, NearestHeap[] heaps, long[] ids) {
    checkCount("heaps", heaps.length, rows.size());
    checkCount("ids", ids.length, rows.size());
    Filter filter = new Filter(metric, rows, rows);
    Products products = Products.of(rows, rows, gemm);
    for (int from = 0; from < rows.size(); from += Products.COLUMNS) {
      int count = products.load(from);
      filter.load(from, count);
      filter.columnThresholds(heaps);
      for (int i = 0; i < from + count - 1; i++) {
        both(filter, products, i, Math.max(0, i + 1 - from), heaps, ids, heaps, ids);
      }
    }
  }

  private static void both(
      Filter filter,
      Products products,
      int i,
      int first,
      NearestHeap[] leftHeaps,
      long[] leftIds,
      NearestHeap[] rightHeaps,
      long[] rightIds) {
    float[] dots = products.row(i);
    filter.row(i);
    filter.limit(leftHeaps[i].threshold());
    for (int c = filter.nextOfBoth(dots, first); c >= 0; c = filter.nextOfBoth(dots, c + 1)) {
      int j = filter.from() + c;
      double distance = filter.distance(c);
      leftHeaps[i].offer(rightIds[j], distance);
      filter.limit(leftHeaps[i].threshold());
      rightHeaps[j].offer(leftIds[i], distance);
      filter.columnThreshold(c, rightHeaps[j].threshold());
    }
  }

  private static void checkRadius(double radius) {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException(
          "radius: expected a number of at least 0, found " + radius);
    }
  }

  private static void checkCount(String what, int found, int rows) {
    if (found != rows) {
      throw new IllegalArgumentException(
          what + " of rows: expected one for each of " + rows + " rows, found " + found);
    }
  }
}
