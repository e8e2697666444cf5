// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

/**
 * What the steps of a search cost a core. Only ratios decide.
 *
 * @param signatureRate operations a second of signatures
 * @param recordSeconds to make, send, sort and group a record of a bucket
 * @param recordBytes of such a record on the network
 * @param collisionSeconds to form a pair inside a bucket and see whether it is its first
 * @param candidateSeconds to bring a candidate pair's rows together
 * @param distanceRate operations a second of single distances
 * @param tileRate operations a second of dense tiles
 * @param sparseSeconds for one pair of sparse rows in a tile, without its entries
 * @param entrySeconds for one entry of a sparse row in a tile
 */
public record CostModel(
    double signatureRate,
    double recordSeconds,
    double recordBytes,
    double collisionSeconds,
    double candidateSeconds,
    double distanceRate,
    double tileRate,
    double sparseSeconds,
    double entrySeconds) {

  /** All positive and finite. */
  public CostModel {
    double[] all = {
      signatureRate,
      recordSeconds,
      recordBytes,
      collisionSeconds,
      candidateSeconds,
      distanceRate,
      tileRate,
      sparseSeconds,
      entrySeconds
    };
    for (double value : all) {
      if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "costs of a search: expected positive finite numbers, found " + value);
      }
    }
  }

  /** Orders of magnitude of one core of a current server, with Spark's shuffle. */
  public static CostModel defaults() {
    return new CostModel(2e10, 1e-6, 24, 1e-8, 3e-7, 3e9, 2.5e10, 1e-9, 1e-8);
  }
}
