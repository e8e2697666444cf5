// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.diagnostics.Summary;
import dev.lemma.math.sampling.diagnostics.SummaryKernel;
import dev.lemma.math.sampling.diagnostics.Superchains;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the diagnostics say of draws, and whether they are good enough.
 *
 * @param summaries of the parameters, in their order
 * @param rHats of the parameters: nested above 16 chains of a common start, else rank-normalised
 * @param kHat of the importance weights, where there are any
 */
record Diagnosis(List<Summary> summaries, double[] rHats, OptionalDouble kHat) {
  /** Above it chains are short and many, and R-hat is nested. */
  private static final int MANY_CHAINS = 16;

  private static final int FEWEST_GROUPS = 4;

  /**
   * Diagnoses draws.
   *
   * @param superchains number of groups with a common start, where there are any
   */
  static Diagnosis of(Chains draws, OptionalInt superchains, OptionalDouble kHat) {
    List<Summary> summaries = new ArrayList<>();
    double[] rHats = new double[draws.dimension()];
    double[] paths = new double[draws.chains() * draws.draws()];
    SummaryKernel kernel =
        superchains.isPresent()
            ? SummaryKernel.of(
                Superchains.consecutive(draws.chains(), superchains.getAsInt()), draws.draws())
            : SummaryKernel.of(draws.chains(), draws.draws());
    for (int j = 0; j < rHats.length; j++) {
      for (int c = 0; c < draws.chains(); c++) {
        System.arraycopy(draws.parameter(c, j), 0, paths, c * draws.draws(), draws.draws());
      }
      Summary summary = kernel.summarise(paths);
      summaries.add(summary);
      rHats[j] = superchains.isPresent() ? summary.nestedRHat() : summary.rHat();
    }
    return new Diagnosis(summaries, rHats, kHat);
  }

  /**
   * Groups of chains that start together, none for up to 16 chains: the fewest from 4 on, since
   * nested R-hat sees the means of groups, whose noise many chains in a group average out.
   */
  static OptionalInt superchains(int chains) {
    if (chains <= MANY_CHAINS) {
      return OptionalInt.empty();
    }
    for (int count = FEWEST_GROUPS; count <= MANY_CHAINS; count++) {
      if (chains % count == 0) {
        return OptionalInt.of(count);
      }
    }
    return OptionalInt.empty();
  }

  /** Chains that start together. */
  static int group(int chains) {
    OptionalInt groups = superchains(chains);
    return groups.isPresent() ? chains / groups.getAsInt() : 1;
  }

  /** The largest R-hat; NaN if one is. */
  double worstRHat() {
    double worst = 0;
    for (double rHat : rHats) {
      worst = Math.max(worst, rHat);
    }
    return worst;
  }

  /** The smallest bulk effective size; NaN if one is. */
  double leastBulk() {
    double least = Double.POSITIVE_INFINITY;
    for (Summary summary : summaries) {
      least = Math.min(least, summary.essBulk());
    }
    return least;
  }

  /** What fails, in words; empty when all is well. */
  Optional<String> failure(List<String> names, LimitsConfig limits) {
    List<String> failures = new ArrayList<>();
    for (int j = 0; j < rHats.length && failures.isEmpty(); j++) {
      if (rHats[j] == worstRHat() && worstRHat() > limits.rHat() || Double.isNaN(rHats[j])) {
        failures.add(String.format("R-hat of %s is %.4f", names.get(j), rHats[j]));
      }
    }
    for (int j = 0; j < rHats.length; j++) {
      double bulk = summaries.get(j).essBulk();
      if (bulk == leastBulk() && bulk < limits.essBulk()) {
        failures.add(String.format("the bulk effective size of %s is %.0f", names.get(j), bulk));
        break;
      }
    }
    if (kHat.isPresent() && !(kHat.getAsDouble() <= limits.kHat())) {
      failures.add(String.format("k-hat is %.2f", kHat.getAsDouble()));
    }
    return failures.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", failures));
  }
}
