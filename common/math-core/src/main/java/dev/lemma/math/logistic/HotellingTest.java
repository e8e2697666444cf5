// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * Hotelling's test that two groups of Gaussian rows with one covariance have the same mean: T
 * <sup>2</sup> = n<sub>a</sub> n<sub>b</sub> / (n<sub>a</sub> + n<sub>b</sub>) D<sup>2</sup>, of
 * which (nu - r + 1) / (nu r) has the F law with r and nu - r + 1 degrees of freedom, nu being
 * those of the covariance.
 *
 * <p>With many rows a difference of no consequence is significant: read {@code distance} first.
 *
 * <p>H. Hotelling, <em>The generalization of Student's ratio</em>, 1931, <a
 * href="https://doi.org/10.1214/aoms/1177732979">doi:10.1214/aoms/1177732979</a>.
 *
 * @param distance D<sup>2</sup>, the squared Mahalanobis distance of the two means; infinite if
 *     they differ where the rows do not vary
 * @param tSquared T<sup>2</sup>
 * @param f the statistic with the F law
 * @param above r, the linearly independent features
 * @param below nu - r + 1
 * @param logP ln P(F &gt; f), to 12 digits however small
 */
public record HotellingTest(
    double distance, double tSquared, double f, int above, double below, double logP) {}
