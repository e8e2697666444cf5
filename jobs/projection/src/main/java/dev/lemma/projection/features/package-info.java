// SPDX-License-Identifier: Apache-2.0
/**
 * Random features on Spark: the stage {@link dev.lemma.projection.features.RandomFeatures} with its
 * model, and the job {@code features}, which also measures how well inner products of features
 * estimate the kernel. What features are is told in {@code dev.lemma.math.features}.
 */
package dev.lemma.projection.features;
