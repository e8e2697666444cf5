// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Square tiles in rows, each in the colour of what lies there: the first kind has that of the
 * paper, the others those of series, which repeat after six.
 *
 * @param title what is shown
 * @param kinds names of the kinds of tiles, at least one
 * @param rows a number of a kind for each tile, rows from top to bottom, all of one length
 */
public record Mosaic(String title, List<String> kinds, List<List<Integer>> rows) implements Chart {
  private static final double MOST_HEIGHT = 480;

  /**
   * Keeps copies and checks.
   *
   * @throws IllegalArgumentException if there is no kind or no tile, rows differ in length, or a
   *     tile is of no kind
   */
  public Mosaic {
    Objects.requireNonNull(title, "title");
    kinds = List.copyOf(kinds);
    rows = rows.stream().map(List::copyOf).toList();
    if (kinds.isEmpty() || rows.isEmpty() || rows.get(0).isEmpty()) {
      throw new IllegalArgumentException("a mosaic needs a kind and a tile");
    }
    for (List<Integer> row : rows) {
      if (row.size() != rows.get(0).size()) {
        throw new IllegalArgumentException("rows of " + rows.get(0).size() + " and " + row.size());
      }
      for (int kind : row) {
        Objects.checkIndex(kind, kinds.size());
      }
    }
  }

  @Override
  public String description() {
    return "Tiles in "
        + Quantity.count(rows.size()).in(rows.size() == 1 ? "row" : "rows")
        + " of "
        + Quantity.count(rows.get(0).size())
        + ", of "
        + String.join(", ", kinds)
        + ".";
  }

  /** How many tiles of each kind there are. */
  @Override
  public Table data() {
    Table table = Table.of("kind", "tiles");
    for (int kind = 0; kind < kinds.size(); kind++) {
      long tiles = 0;
      for (List<Integer> row : rows) {
        for (int tile : row) {
          tiles += tile == kind ? 1 : 0;
        }
      }
      table = table.row(kinds.get(kind), tiles);
    }
    return table;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public String svg(ChartWidth size) {
    int columns = rows.get(0).size();
    double side = Math.min(size.width() / columns, MOST_HEIGHT / rows.size());
    Markup svg = Plot.open(this, size, side * rows.size());
    svg.open("g", "transform", "scale(" + side + ")").line();
    for (int kind = 1; kind < kinds.size(); kind++) {
      svg.empty(
              "path",
              "d",
              runs(kind),
              "class",
              Series.colour(kind - 1),
              "stroke-width",
              "1.02",
              "fill",
              "none")
          .line();
    }
    svg.close();
    double width = side * columns;
    double height = side * rows.size();
    svg.empty(
        "rect", "x", 0.0, "y", 0.0, "width", width, "height", height, "class", "axis", "fill",
        "none");
    return svg.close().toString();
  }

  /** A stroke along the middle of each run of tiles of one kind. */
  private String runs(int kind) {
    StringBuilder path = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      List<Integer> row = rows.get(r);
      int c = 0;
      while (c < row.size()) {
        int start = c;
        while (c < row.size() && row.get(c) == kind) {
          c++;
        }
        if (c > start) {
          path.append('M').append(start).append(' ').append(r).append(".5h").append(c - start);
        }
        c += c == start ? 1 : 0;
      }
    }
    return path.isEmpty() ? "M0 0" : path.toString();
  }

  /** A mosaic of the rows of an array. */
  public static Mosaic of(String title, List<String> kinds, int[][] tiles) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : tiles) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return new Mosaic(title, kinds, rows);
  }
}
