// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Pairs of points as pairs of rows (id, neighbor, distance), one at a time: a point of m rows and
 * one of n make m n of them. In a self join pairs of equal rows come last.
 */
final class PairRows implements Iterator<Row> {
  private final boolean self;
  private final long first;
  private final Names own;
  private final NameBook book;
  private final Iterator<PairChunk> chunks;
  private PairChunk chunk = new PairChunk(new long[0], new long[0], new double[0]);
  private int pair = -1;
  // Rows of the own point and of the other; of equal rows both are places among the own names.
  private int row;
  private int rows;
  private int other;
  private int others;
  private double distance;
  private int equal = -1;
  private boolean ready;

  /**
   * Rows of a tile's pairs.
   *
   * @param first number of the tile's first point
   * @param own names of the tile's points
   * @param book names of the points that they are paired with
   */
  PairRows(boolean self, long first, Names own, NameBook book, Iterator<PairChunk> chunks) {
    this.self = self;
    this.first = first;
    this.own = own;
    this.book = book;
    this.chunks = chunks;
  }

  @Override
  public boolean hasNext() {
    if (!ready) {
      ready = equal < 0 ? advance() || nextEqual() : advanceEqual();
    }
    return ready;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    return equal < 0
        ? RowFactory.create(own.ids()[row], book.id(other), distance)
        : RowFactory.create(own.ids()[row], own.ids()[other], 0.0);
  }

  private boolean advance() {
    if (pair >= 0) {
      if (++other < others) {
        return true;
      }
      other = 0;
      if (++row < rows) {
        return true;
      }
    }
    pair++;
    while (pair >= chunk.size()) {
      if (!chunks.hasNext()) {
        return false;
      }
      chunk = chunks.next();
      pair = 0;
    }
    long left = chunk.left()[pair];
    long right = chunk.right()[pair];
    boolean leftIsOwn = !self || (left >= first && left - first < own.starts().length - 1);
    int mine = (int) ((leftIsOwn ? left : right) - first);
    book.find(leftIsOwn ? right : left);
    distance = chunk.distance()[pair];
    row = own.starts()[mine];
    rows = own.starts()[mine + 1];
    other = 0;
    others = book.count();
    return true;
  }

  private boolean nextEqual() {
    if (!self) {
      return false;
    }
    equal++;
    while (equal < own.starts().length - 1 && own.count(equal) < 2) {
      equal++;
    }
    if (equal >= own.starts().length - 1) {
      return false;
    }
    row = own.starts()[equal];
    other = row + 1;
    return true;
  }

  private boolean advanceEqual() {
    if (equal >= own.starts().length - 1) {
      return false;
    }
    if (++other < own.starts()[equal + 1]) {
      return true;
    }
    row++;
    other = row + 1;
    return other < own.starts()[equal + 1] || nextEqual();
  }
}
