// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds room for texts inside a picture: off other texts first, off the data second. Not
 * thread-safe.
 */
final class Labels {
  private static final double OUTSIDE = 1e6;
  private static final double COVERS_TEXT = 1e4;
  private static final double STEP = 5;
  private static final double OFFSET = 8;

  private final Box area;
  private final List<Box> taken = new ArrayList<>();
  private final List<Point> data = new ArrayList<>();

  /** A text and where it goes. */
  record Place(double x, double baseline, Box.Anchor anchor, Box box) {
    static Place of(String text, double x, double baseline, Box.Anchor anchor) {
      return new Place(x, baseline, anchor, Box.of(text, x, baseline, anchor));
    }
  }

  Labels(Box area) {
    this.area = area;
  }

  /** Data along a straight line that texts should rather not cover. */
  void avoid(double x1, double y1, double x2, double y2) {
    int steps = (int) Math.ceil(Math.hypot(x2 - x1, y2 - y1) / STEP) + 1;
    for (int i = 0; i <= steps; i++) {
      data.add(new Point(x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps));
    }
  }

  /** Room that is used already. */
  void take(Box box) {
    taken.add(box);
  }

  /** The best place around a point, in order of preference: above right, above left, below ... */
  Place around(String text, double x, double y) {
    double above = y - OFFSET;
    double below = y + OFFSET + 10;
    double level = y + 4;
    return best(
        List.of(
            Place.of(text, x + OFFSET, above, Box.Anchor.START),
            Place.of(text, x - OFFSET, above, Box.Anchor.END),
            Place.of(text, x + OFFSET, below, Box.Anchor.START),
            Place.of(text, x - OFFSET, below, Box.Anchor.END),
            Place.of(text, x + OFFSET + 4, level, Box.Anchor.START),
            Place.of(text, x - OFFSET - 4, level, Box.Anchor.END),
            Place.of(text, x, above - 4, Box.Anchor.MIDDLE),
            Place.of(text, x, below + 4, Box.Anchor.MIDDLE)));
  }

  /** The best place along a horizontal line that crosses the whole picture. */
  Place along(String text, double y) {
    double right = area.right() - 2;
    double left = area.left() + 4;
    double middle = (left + right) / 2;
    return best(
        List.of(
            Place.of(text, right, y - 5, Box.Anchor.END),
            Place.of(text, left, y - 5, Box.Anchor.START),
            Place.of(text, right, y + 14, Box.Anchor.END),
            Place.of(text, left, y + 14, Box.Anchor.START),
            Place.of(text, middle, y - 5, Box.Anchor.MIDDLE),
            Place.of(text, middle, y + 14, Box.Anchor.MIDDLE)));
  }

  private Place best(List<Place> places) {
    Place best =
        places.stream().min(Comparator.comparingDouble(place -> cost(place.box))).orElseThrow();
    taken.add(best.box);
    return best;
  }

  private double cost(Box box) {
    double cost = box.inside(area) ? 0 : OUTSIDE;
    cost += COVERS_TEXT * taken.stream().filter(box::overlaps).count();
    return cost + data.stream().filter(point -> box.contains(point.x(), point.y())).count();
  }
}
