// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The singular triplets of a tall matrix in blocks, from a factor of each block: with X_b = Q_b R_b
 * the matrix of the R_b below one another has the singular values of X, and its left vectors, cut
 * at the blocks and multiplied by the Q_b, are those of X. Nothing is squared, so vectors are
 * orthonormal whatever the condition is.
 *
 * <p>Source: J. Demmel, L. Grigori, M. Hoemmen, J. Langou, <em>Communication-optimal parallel and
 * sequential QR and LU factorizations</em>, 2012, <a
 * href="https://doi.org/10.1137/080731992">doi:10.1137/080731992</a>.
 */
public final class BlockTriplets {
  private final double[] values;
  private final double[][] core;
  private final List<double[][]> weights;

  private BlockTriplets(double[] values, double[][] core, List<double[][]> weights) {
    this.values = values;
    this.core = core;
    this.weights = weights;
  }

  /**
   * The triplets.
   *
   * @param factors R_b by columns, in the order of the blocks
   * @return empty if they were not found
   */
  public static Optional<BlockTriplets> of(List<double[][]> factors) {
    int length = factors.stream().mapToInt(r -> r[0].length).sum();
    double[][] stacked = new double[factors.get(0).length][length];
    for (int c = 0; c < stacked.length; c++) {
      int at = 0;
      for (double[][] r : factors) {
        System.arraycopy(r[c], 0, stacked[c], at, r[c].length);
        at += r[c].length;
      }
    }
    return Triplets.of(stacked).map(found -> of(found, factors));
  }

  private static BlockTriplets of(Triplets found, List<double[][]> factors) {
    int rank = found.values().length;
    List<double[][]> weights = new ArrayList<>();
    int at = 0;
    for (double[][] r : factors) {
      double[][] rows = new double[r[0].length][rank];
      for (int i = 0; i < rows.length; i++) {
        for (int c = 0; c < rank; c++) {
          rows[i][c] = found.right()[c][at + i];
        }
      }
      weights.add(rows);
      at += rows.length;
    }
    return new BlockTriplets(found.values(), found.core(), weights);
  }

  /** Singular values, descending; their number is the rank. */
  public double[] values() {
    return values.clone();
  }

  /** What Q_b is multiplied by to be the block of V, a row for each column of Q_b. */
  public List<double[][]> weights() {
    return weights;
  }

  /**
   * Which columns of V and C are turned around, so that the entry of largest size is positive.
   *
   * @param largest of each block and column, see {@link TallBlock#largest}, in the order of blocks
   * @return 1 or -1 for each column
   */
  public static double[] signs(List<double[]> largest) {
    double[] all = largest.get(0).clone();
    for (double[] block : largest) {
      for (int c = 0; c < all.length; c++) {
        if (Math.abs(block[c]) > Math.abs(all[c])) {
          all[c] = block[c];
        }
      }
    }
    for (int c = 0; c < all.length; c++) {
      all[c] = all[c] < 0 ? -1 : 1;
    }
    return all;
  }

  /** C, its vectors turned around. */
  public double[][] core(double[] signs) {
    double[][] turned = new double[core.length][];
    for (int r = 0; r < turned.length; r++) {
      turned[r] = core[r].clone();
      TallColumns.scale(turned[r], signs[r]);
    }
    return turned;
  }
}
