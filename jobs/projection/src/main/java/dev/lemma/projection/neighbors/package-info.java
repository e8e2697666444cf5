// SPDX-License-Identifier: Apache-2.0
/**
 * Nearest neighbours, similarity joins and near-duplicate groups of distributed rows: the job
 * {@link dev.lemma.projection.neighbors.NeighborsJob}.
 *
 * <p>Equal rows are collapsed first: the distinct rows, numbered in the order of their 128-bit
 * hash, lie in {@link dev.lemma.projection.neighbors.Tile}s. Pairs of them are compared, all in a
 * grid of tiles or those that a hash brings together; what is found of points is put back to rows
 * at the end. Numbers, distances and ties depend on the rows alone, never on how many tiles or
 * partitions there are. The mathematics lies in {@code dev.lemma.math.neighbors}.
 */
package dev.lemma.projection.neighbors;
