// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns points into the {@code d} attribute of an SVG path; every text is as short as it can be.
 */
final class PathData {
  /** More points in a column of one pixel than this cannot be told apart. */
  private static final int COLUMN = 4;

  private PathData() {}

  /** A line of no length, which a round cap shows as a dot; a tenth of the size of a circle. */
  static String dot(double x, double y) {
    return "M" + Markup.coordinate(x) + " " + Markup.coordinate(y) + "h0";
  }

  /** A polyline; of the points that fall into one column of pixels only the extremes are kept. */
  static String line(List<Point> points) {
    StringBuilder path = new StringBuilder();
    String last = "";
    for (Point point : thinned(points)) {
      String next = Markup.coordinate(point.x()) + " " + Markup.coordinate(point.y());
      if (!next.equals(last)) {
        path.append(path.isEmpty() ? "M" : "L").append(next);
        last = next;
      }
    }
    return path.indexOf("L") < 0 && !points.isEmpty() ? dash(points.get(0)) : path.toString();
  }

  /** What stands for a line of one point, which would otherwise be hard to see. */
  private static String dash(Point point) {
    return "M" + Markup.coordinate(point.x() - 3) + " " + Markup.coordinate(point.y()) + "h6";
  }

  private static List<Point> thinned(List<Point> points) {
    List<Point> kept = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= points.size(); i++) {
      if (i == points.size()
          || Math.round(points.get(i).x()) != Math.round(points.get(start).x())) {
        keep(points.subList(start, i), kept);
        start = i;
      }
    }
    return kept;
  }

  private static void keep(List<Point> column, List<Point> kept) {
    if (column.size() <= COLUMN) {
      kept.addAll(column);
      return;
    }
    int lowest = 0;
    int highest = 0;
    for (int i = 1; i < column.size(); i++) {
      lowest = column.get(i).y() < column.get(lowest).y() ? i : lowest;
      highest = column.get(i).y() > column.get(highest).y() ? i : highest;
    }
    kept.add(column.get(0));
    kept.add(column.get(Math.min(lowest, highest)));
    kept.add(column.get(Math.max(lowest, highest)));
    kept.add(column.get(column.size() - 1));
  }
}
