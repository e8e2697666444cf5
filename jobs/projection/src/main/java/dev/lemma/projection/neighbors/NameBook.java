// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import java.util.Arrays;
import java.util.Iterator;

/** The ids of all points that a tile's pairs lead to: its own and those that others answered. */
final class NameBook {
  private final PointSet.Starts starts;
  private final long[][] points;
  private final Names[] names;
  private Names found;
  private int place;

  private NameBook(PointSet.Starts starts) {
    this.starts = starts;
    points = new long[starts.tiles()][];
    names = new Names[starts.tiles()];
  }

  /** The answers of other tiles. */
  static NameBook of(PointSet.Starts starts, Iterator<TileRequests.Answer<Names>> answers) {
    NameBook book = new NameBook(starts);
    while (answers.hasNext()) {
      TileRequests.Answer<Names> answer = answers.next();
      book.points[answer.tile()] = answer.points();
      book.names[answer.tile()] = answer.content();
    }
    return book;
  }

  /** Adds the own tile of a self join, whose points are all known. */
  NameBook with(int tile, Names own) {
    points[tile] = starts.numbers(tile);
    names[tile] = own;
    return this;
  }

  /** Turns to a point. */
  void find(long point) {
    int tile = starts.tileOf(point);
    found = names[tile];
    place = Arrays.binarySearch(points[tile], point);
  }

  /** Number of rows of the point turned to. */
  int count() {
    return found.count(place);
  }

  /** Id of a row of the point turned to. */
  Object id(int row) {
    return found.ids()[found.starts()[place] + row];
  }
}
