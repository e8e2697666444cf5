// SPDX-License-Identifier: Apache-2.0
/**
 * Random features: maps z of rows to k numbers whose inner products z(x)'z(y) estimate a kernel
 * without bias, so that linear methods on z(x) are kernel methods on x.
 *
 * <p>{@link dev.lemma.math.features.FeatureSpec} says which kernel, how many features and how their
 * frequencies are drawn; {@link dev.lemma.math.features.FeatureMap} maps rows; {@link
 * dev.lemma.math.features.KernelFunction} gives the kernel itself and the variance of its estimate;
 * {@link dev.lemma.math.features.KernelErrorSummary} compares the two on pairs of rows. Fourier
 * features serve kernels of differences (Gaussian, Laplacian, Matern), positive features the
 * softmax kernel of attention.
 *
 * <p>Sources: A. Rahimi and B. Recht, <em>Random Features for Large-Scale Kernel Machines</em>,
 * NIPS 2007; F. X. Yu, A. T. Suresh, K. Choromanski, D. Holtmann-Rice and S. Kumar, <em>Orthogonal
 * Random Features</em>, 2016, <a href="https://arxiv.org/abs/1610.09072">arXiv:1610.09072</a>; K.
 * Choromanski et al., <em>Rethinking Attention with Performers</em>, 2020, <a
 * href="https://arxiv.org/abs/2009.14794">arXiv:2009.14794</a>.
 */
package dev.lemma.math.features;
