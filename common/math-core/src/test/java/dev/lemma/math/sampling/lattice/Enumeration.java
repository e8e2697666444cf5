// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import java.util.function.IntToDoubleFunction;

/** The Ising model without field on a small lattice, by all of its configurations. */
record Enumeration(LatticeSize size, double k) {
  static Enumeration of(LatticeSize size, double k) {
    return new Enumeration(size, k);
  }

  /** Sum over bonds of the products. */
  private int products(int state) {
    int sum = 0;
    int n = (int) size.sites();
    for (int i = 0; i < n; i++) {
      int row = i / size.columns();
      int column = i % size.columns();
      int right = row * size.columns() + (column + 1) % size.columns();
      int below = (row + 1) % size.rows() * size.columns() + column;
      sum += product(state, i, right) + product(state, i, below);
    }
    return sum;
  }

  private static int product(int state, int i, int j) {
    return 1 - 2 * ((state >> i ^ state >> j) & 1);
  }

  private double mean(IntToDoubleFunction observable) {
    double total = 0;
    double sum = 0;
    for (int state = 0; state < 1 << size.sites(); state++) {
      double weight = Math.exp(k * (products(state) - size.bonds()));
      total += weight;
      sum += weight * observable.applyAsDouble(state);
    }
    return sum / total;
  }

  double energyPerSite() {
    return mean(state -> -products(state)) / size.sites();
  }

  /** Mean of a power of the absolute magnetisation per site. */
  double order(int power) {
    double n = size.sites();
    return mean(state -> Math.pow(Math.abs(2 * Integer.bitCount(state) / n - 1), power));
  }
}
