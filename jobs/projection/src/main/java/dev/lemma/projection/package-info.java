// SPDX-License-Identifier: Apache-2.0
/**
 * Random projection on Spark: the ML stages {@link dev.lemma.projection.RandomProjection} and
 * {@link dev.lemma.projection.RandomProjectionModel}, and the jobs {@code plan} and {@code project}
 * around them.
 *
 * <p>A projection is its {@link dev.lemma.projection.Specification}, a few bytes of JSON: the
 * matrix is never shipped, every executor makes the entries that it needs. The mathematics lies in
 * {@code dev.lemma.math.projection}.
 */
package dev.lemma.projection;
