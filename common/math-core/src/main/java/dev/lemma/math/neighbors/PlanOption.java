// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.Optional;

/**
 * One way to search, and what is expected of it. Times are those of one core.
 *
 * @param hash the hash functions; empty for exact tiles
 * @param probes further buckets of each table that a query is looked up in
 * @param recall expected share of the wanted pairs that is found
 * @param records bucket records that cross the network; rows for tiles
 * @param bytes of these records
 * @param collisions pairs formed in all buckets of all tables; all pairs for tiles
 * @param candidates different pairs among them: distances to compute
 * @param signatureSeconds to hash the rows
 * @param recordSeconds to send, sort and group the records
 * @param candidateSeconds to form the pairs and settle the distances
 */
public record PlanOption(
    Optional<HashSpec> hash,
    int probes,
    double recall,
    double records,
    double bytes,
    double collisions,
    double candidates,
    double signatureSeconds,
    double recordSeconds,
    double candidateSeconds) {

  /** Whether these are exact tiles. */
  public boolean isExact() {
    return hash.isEmpty();
  }

  /** The whole. */
  public double seconds() {
    return signatureSeconds + recordSeconds + candidateSeconds;
  }
}
