// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.WeightedDraws;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a sampler has made.
 *
 * @param method that made them
 * @param chains the draws as they are reported
 * @param centre where they began, of regressions
 * @param weighted proposals with their weights, of independence alone
 * @param kHat of these weights
 * @param superchains groups of chains with a common start, where there are any
 */
record PosteriorDraws(
    Method method,
    Chains chains,
    Optional<Centre> centre,
    Optional<WeightedDraws> weighted,
    OptionalDouble kHat,
    OptionalInt superchains) {}
