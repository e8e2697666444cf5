// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The nearest points of a tile's points as rows (id, neighbor, rank, distance), at most k of each
 * row, one at a time. Equal rows are each other's neighbours at distance 0; equally near points are
 * told in the order of their numbers, the rows of one point in the order of their ids.
 */
final class NearestRows implements Iterator<Row> {
  private final boolean self;
  private final int k;
  private final long first;
  private final Names own;
  private final NameBook book;
  private final Iterator<PairChunk> chunks;
  private PairChunk chunk = new PairChunk(new long[0], new long[0], new double[0]);
  private int pair;
  // The list of the point at hand: in a self join one more than k, for a row leaves itself out.
  private final Object[] names;
  private final double[] distances;
  private final int[] copies;
  private int size;
  private int point = -1;
  private int row;
  private int at;
  private int rank;

  /**
   * Rows of a tile's lists.
   *
   * @param first number of the tile's first point
   * @param own names of the tile's points
   * @param book names of the points that they are paired with, at most k of each
   * @param chunks point after point, nearest first
   */
  NearestRows(Search search, long first, Names own, NameBook book, Iterator<PairChunk> chunks) {
    this.self = search.isSelf();
    this.k = search.k();
    this.first = first;
    this.own = own;
    this.book = book;
    this.chunks = chunks;
    names = new Object[k + 1];
    distances = new double[k + 1];
    copies = new int[k + 1];
  }

  @Override
  public boolean hasNext() {
    while (true) {
      if (point >= 0 && point < own.starts().length - 1) {
        if (at < size && copies[at] == row) {
          at++;
        }
        if (at < size && rank < k) {
          return true;
        }
        at = 0;
        rank = 0;
        if (++row < own.starts()[point + 1]) {
          continue;
        }
      }
      if (point >= own.starts().length - 2) {
        point = own.starts().length - 1;
        return false;
      }
      point++;
      row = own.starts()[point];
      list();
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row next = RowFactory.create(own.ids()[row], names[at], ++rank, distances[at]);
    at++;
    return next;
  }

  /** Makes the list of the point at hand. */
  private void list() {
    size = 0;
    at = 0;
    rank = 0;
    long number = first + point;
    boolean isOwnDue = self;
    while (load() && chunk.left()[pair] == number) {
      double distance = chunk.distance()[pair];
      long other = chunk.right()[pair];
      if (isOwnDue && (distance > 0 || other > number)) {
        addOwn();
        isOwnDue = false;
      }
      book.find(other);
      for (int r = 0; r < book.count() && size < names.length; r++) {
        add(book.id(r), distance, -1);
      }
      pair++;
    }
    if (isOwnDue) {
      addOwn();
    }
  }

  private boolean load() {
    while (pair >= chunk.size()) {
      if (!chunks.hasNext()) {
        return false;
      }
      chunk = chunks.next();
      pair = 0;
    }
    return true;
  }

  private void addOwn() {
    for (int r = own.starts()[point]; r < own.starts()[point + 1] && size < names.length; r++) {
      add(own.ids()[r], 0, r);
    }
  }

  private void add(Object name, double distance, int copy) {
    names[size] = name;
    distances[size] = distance;
    copies[size++] = copy;
  }
}
