// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.List;

/** A plain target, asked once for every point of a batch. */
final class PointByPoint implements BatchTarget {
  private final Target target;
  private final double[] point;

  PointByPoint(Target target) {
    this.target = target;
    this.point = new double[Require.dimension(target.dimension())];
  }

  @Override
  public int dimension() {
    return point.length;
  }

  @Override
  public List<String> names() {
    return target.names();
  }

  @Override
  public void logDensities(double[] points, int count, double[] out) {
    for (int c = 0; c < count; c++) {
      System.arraycopy(points, c * point.length, point, 0, point.length);
      out[c] = target.logDensity(point);
    }
  }
}
