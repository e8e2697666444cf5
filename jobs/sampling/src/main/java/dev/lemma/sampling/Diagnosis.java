// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.report.Quantity;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.diagnostics.Summary;
import dev.lemma.math.sampling.diagnostics.SummaryKernel;
import dev.lemma.math.sampling.diagnostics.Superchains;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the diagnostics say of draws, and whether they are good enough.
 *
 * @param summaries of the parameters, in their order
 * @param rHatName which R-hat counts, in words
 * @param rHats of the parameters: nested above 16 chains, else rank-normalised
 * @param kHat of the importance weights, where there are any
 */
record Diagnosis(List<Summary> summaries, String rHatName, double[] rHats, OptionalDouble kHat) {
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
    return new Diagnosis(
        summaries, superchains.isPresent() ? "nested R-hat" : "R-hat", rHats, kHat);
  }

  /**
   * Groups of chains that start together, none for up to 16 chains: the fewest from 4 on, since
   * nested R-hat sees the means of groups, whose noise many chains in a group average out. Where
   * the number of chains is a prime each is a group.
   */
  static OptionalInt superchains(int chains) {
    if (chains <= MANY_CHAINS) {
      return OptionalInt.empty();
    }
    int count = FEWEST_GROUPS;
    while (chains % count != 0) {
      count++;
    }
    return OptionalInt.of(count);
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

  /**
   * What fails, in words, with the limit that it breaks; empty when all is well. Numbers are
   * rounded away from the limit, so that none seems to keep it.
   */
  Optional<String> failure(List<String> names, LimitsConfig limits) {
    List<String> failures = new ArrayList<>();
    double largest = worstRHat();
    if (!(largest <= limits.rHat())) {
      int worst = first(j -> Double.compare(rHats[j], largest) == 0);
      failures.add(
          Double.isNaN(largest)
              ? String.format("%s of %s is unknown", rHatName, names.get(worst))
              : String.format(
                  Locale.ROOT,
                  "%s of %s is %.4f, above %s",
                  rHatName,
                  names.get(worst),
                  Math.ceil(largest * 1e4) / 1e4,
                  limits.rHat()));
    }
    double least = leastBulk();
    if (!(least >= limits.essBulk())) {
      int worst = first(j -> Double.compare(summaries.get(j).essBulk(), least) == 0);
      failures.add(
          Double.isNaN(least)
              ? String.format("the bulk effective size of %s is unknown", names.get(worst))
              : String.format(
                  Locale.ROOT,
                  "the bulk effective size of %s is %.0f, below %s",
                  names.get(worst),
                  Math.floor(least),
                  Quantity.of(limits.essBulk()).text()));
    }
    if (kHat.isPresent() && !(kHat.getAsDouble() <= limits.kHat())) {
      failures.add(
          String.format(
              Locale.ROOT,
              "k-hat is %.2f, above %s",
              Math.ceil(kHat.getAsDouble() * 100) / 100,
              limits.kHat()));
    }
    return failures.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", failures));
  }

  private int first(IntPredicate condition) {
    return IntStream.range(0, rHats.length).filter(condition).findFirst().orElseThrow();
  }
}
