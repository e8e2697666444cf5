// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The draws of C chains of n iterations of d parameters. Immutable and thread-safe; 8 C n (d + 1)
 * bytes.
 */
public final class Chains {
  private final List<String> names;
  private final int chains;
  private final int draws;
  private final double[] values;
  private final double[] logDensities;
  private final double[] acceptance;

  /** Keeps the arrays. */
  Chains(
      List<String> names,
      int chains,
      int draws,
      double[] values,
      double[] logDensities,
      double[] acceptance) {
    this.names = List.copyOf(names);
    this.chains = chains;
    this.draws = draws;
    this.values = values;
    this.logDensities = logDensities;
    this.acceptance = acceptance;
  }

  /**
   * Draws from elsewhere.
   *
   * @param names of the d parameters
   * @param chains C
   * @param draws n
   * @param values C x n x d numbers, chain by chain, then iteration by iteration; copied
   * @param logDensities C x n numbers, NaN where unknown; copied
   * @param acceptance C rates, NaN where unknown; copied
   */
  public static Chains of(
      List<String> names,
      int chains,
      int draws,
      double[] values,
      double[] logDensities,
      double[] acceptance) {
    Require.atLeast("chains", chains, 1);
    Require.atLeast("draws", draws, 1);
    Require.length("values", values, (long) chains * draws * names.size());
    Require.length("log densities", logDensities, (long) chains * draws);
    Require.length("acceptance", acceptance, chains);
    return new Chains(
        names, chains, draws, values.clone(), logDensities.clone(), acceptance.clone());
  }

  /** C. */
  public int chains() {
    return chains;
  }

  /** n. */
  public int draws() {
    return draws;
  }

  /** d. */
  public int dimension() {
    return names.size();
  }

  /** The names of the d parameters. */
  public List<String> names() {
    return names;
  }

  /** Parameter j in draw i of chain c. */
  public double value(int c, int i, int j) {
    return values[at(c, i, j)];
  }

  /** Draw i of chain c: d numbers. */
  public double[] draw(int c, int i) {
    int from = at(c, i, 0);
    return Arrays.copyOfRange(values, from, from + names.size());
  }

  /** Parameter j along chain c: n numbers. */
  public double[] parameter(int c, int j) {
    double[] path = new double[draws];
    int at = at(c, 0, j);
    for (int i = 0; i < draws; i++) {
      path[i] = values[at];
      at += names.size();
    }
    return path;
  }

  /** Parameter j along all chains: C x n. */
  public double[][] parameter(int j) {
    double[][] paths = new double[chains][];
    for (int c = 0; c < chains; c++) {
      paths[c] = parameter(c, j);
    }
    return paths;
  }

  /** The parameter of this name along all chains: C x n. */
  public double[][] parameter(String name) {
    int j = names.indexOf(name);
    if (j < 0) {
      throw new IllegalArgumentException(
          "no parameter is called \"" + name + "\"; there are " + String.join(", ", names));
    }
    return parameter(j);
  }

  /** The log densities of the draws of chain c, n numbers; NaN where they are not known. */
  public double[] logDensities(int c) {
    Objects.checkIndex(c, chains);
    return Arrays.copyOfRange(logDensities, c * draws, (c + 1) * draws);
  }

  /** The share of accepted moves by chain; NaN where there was nothing to accept. */
  public double[] acceptance() {
    return acceptance.clone();
  }

  private int at(int c, int i, int j) {
    return (c * draws + i) * names.size() + j;
  }
}
