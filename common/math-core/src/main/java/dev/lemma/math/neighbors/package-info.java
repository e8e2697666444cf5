// SPDX-License-Identifier: Apache-2.0

/**
 * Near neighbours: hash functions under which near rows collide, their exact collision laws, the
 * choice of their parameters, exact distances and exact tiles.
 *
 * <p>How a job uses it:
 *
 * <ol>
 *   <li>{@link dev.lemma.math.neighbors.NeighborPlanner} chooses from a sample of distances: a
 *       {@link dev.lemma.math.neighbors.HashSpec} and a number of probes, or exact tiles.
 *   <li>{@link dev.lemma.math.neighbors.HashFamily} makes the signature of every row, {@link
 *       dev.lemma.math.neighbors.Signatures} the bucket keys of a signature. Rows with a common key
 *       are candidates. Buckets that turn out too large get longer keys ({@link
 *       dev.lemma.math.neighbors.KeyLengths}); what is still too large is split into an exact grid
 *       by the job.
 *   <li>A pair that meets in several tables is taken from the first one: {@link
 *       dev.lemma.math.neighbors.Signatures#firstCollision} tells from the two signatures.
 *   <li>Candidates, or whole tiles, are settled by exact distances: {@link
 *       dev.lemma.math.neighbors.RowBlock} and {@link dev.lemma.math.neighbors.ExactTiles}, with
 *       {@link dev.lemma.math.neighbors.NearestHeap} for the nearest of each query and {@link
 *       dev.lemma.math.neighbors.SmallestKeyUnion} for groups.
 *   <li>{@link dev.lemma.math.neighbors.RecallEstimate} says how much was found, from a sample
 *       searched by brute force.
 * </ol>
 *
 * <p>Rows are binary32, distances binary64. Everything is a function of the rows and the seed: the
 * same bits for dense and sparse rows, alone or in blocks, whatever the tiles.
 */
package dev.lemma.math.neighbors;
