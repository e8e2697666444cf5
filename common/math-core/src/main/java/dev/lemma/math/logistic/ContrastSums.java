// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * Sums over the classes for one contrast a; see {@link ClosedFormErrors}.
 *
 * @param beta sum of a<sub>k</sub> u<sub>k</sub>
 * @param constant sum of a<sub>k</sub> (ln p<sub>k</sub> - g<sub>kk</sub> / 2)
 * @param means sum of a<sub>k</sub><sup>2</sup> / n<sub>k</sub>
 * @param distance sum of a<sub>k</sub> h<sub>k</sub> = beta'S beta
 * @param scores sum of a<sub>k</sub><sup>2</sup> (1 + g<sub>kk</sub>) / n<sub>k</sub>
 * @param pairs sum of a<sub>k</sub> a<sub>l</sub> g<sub>kl</sub><sup>2</sup>
 * @param moved sum of a<sub>k</sub><sup>2</sup> u<sub>k</sub> / n<sub>k</sub>
 * @param along sum of a<sub>k</sub> h<sub>k</sub> u<sub>k</sub>
 */
record ContrastSums(
    double[] beta,
    double constant,
    double means,
    double distance,
    double scores,
    double pairs,
    double[] moved,
    double[] along) {}
