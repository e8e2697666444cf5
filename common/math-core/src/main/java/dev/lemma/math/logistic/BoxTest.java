// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * Box's test that two groups of Gaussian rows have the same covariance: M = nu ln|S| - nu<sub>a
 * </sub> ln|S<sub>a</sub>| - nu<sub>b</sub> ln|S<sub>b</sub>|, of which (1 - c) M has about the
 * chi-square law with r (r + 1) / 2 degrees of freedom, c = (2 r<sup>2</sup> + 3 r - 1) / (6 (r +
 * 1)) (1 / nu<sub>a</sub> + 1 / nu<sub>b</sub> - 1 / nu).
 *
 * <p>The approximation wants degrees of freedom well above r. The test is as sensitive to rows that
 * are not Gaussian as to unequal covariances.
 *
 * <p>G. E. P. Box, <em>A general distribution theory for a class of likelihood criteria</em>, 1949,
 * <a href="https://doi.org/10.1093/biomet/36.3-4.317">doi:10.1093/biomet/36.3-4.317</a>.
 *
 * @param m M; infinite if a combination of features varies in one group only
 * @param chiSquare (1 - c) M, at least 0
 * @param rank r, the linearly independent features
 * @param degrees r (r + 1) / 2
 * @param logP ln P(chi-square &gt; statistic), to 12 digits however small
 */
public record BoxTest(double m, double chiSquare, int rank, double degrees, double logP) {}
