// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Consumer;

/** The last differences of points and gradients, and the direction that they suggest. */
final class LimitedMemory {
  private static final int PAIRS = 12;
  private static final double LEAST_CURVATURE = 1e-10;

  private record Pair(double[] move, double[] change, double curvature) {}

  private final Deque<Pair> pairs = new ArrayDeque<>();
  private final int size;

  LimitedMemory(int size) {
    this.size = size;
  }

  void forget() {
    pairs.clear();
  }

  /** Keeps a step; one along which the gradient does not grow is left out. */
  void add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo) {
    double[] move = new double[size];
    double[] change = new double[size];
    for (int i = 0; i < size; i++) {
      move[i] = to[i] - from[i];
      change[i] = gradientTo[i] - gradientFrom[i];
    }
    double curvature = dot(move, change);
    if (curvature > LEAST_CURVATURE * Math.sqrt(dot(move, move) * dot(change, change))) {
      pairs.addLast(new Pair(move, change, curvature));
      if (pairs.size() > PAIRS) {
        pairs.removeFirst();
      }
    }
  }

  /**
   * Writes the direction -H g.
   *
   * @param preconditioner replaces a vector by an approximate solution with the Hessian
   */
  void direction(Consumer<double[]> preconditioner, double[] g, double[] out) {
    System.arraycopy(g, 0, out, 0, size);
    double[] shares = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> it = pairs.descendingIterator(); it.hasNext(); ) {
      Pair pair = it.next();
      shares[--i] = dot(pair.move, out) / pair.curvature;
      addScaled(-shares[i], pair.change, out);
    }
    preconditioner.accept(out);
    for (Pair pair : pairs) {
      double back = dot(pair.change, out) / pair.curvature;
      addScaled(shares[i++] - back, pair.move, out);
    }
    for (int j = 0; j < size; j++) {
      out[j] = -out[j];
    }
  }

  private static void addScaled(double factor, double[] v, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * v[j];
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
