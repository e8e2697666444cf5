// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code sample}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the sample goes
 * @param rate probability of each row
 * @param rows size of the sample, or of each stratum's
 * @param strata columns whose values make strata
 * @param quotas sizes of single strata
 * @param probabilities whether each row tells its inclusion probability
 * @param run what all jobs have
 */
public record SampleConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") SampleColumns columns,
    @Key(doc = "Where the sample goes") OutputConfig output,
    @Key(
            doc =
                "Probability with which each row is taken, by itself (a Bernoulli sample); one of"
                    + " rate, rows and quotas")
        OptionalDouble rate,
    @Key(doc = "Exact size of the sample; with strata, of each stratum's") OptionalLong rows,
    @Key(
            doc = "Columns whose values make strata, each with a sample of its own size",
            fallback = "[]")
        List<String> strata,
    @Key(
            doc =
                "Sizes of single strata by value, such as { noun = 500 }; the values of several"
                    + " columns are joined by a comma. Strata not named get rows, or nothing",
            fallback = "{}")
        Map<String, Long> quotas,
    @Key(
            doc =
                "Add the column inclusion_probability, whose inverse weighs a row in estimates of"
                    + " totals",
            fallback = "false")
        boolean probabilities,
    @Inline RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public SampleConfig {
    strata = List.copyOf(strata);
    quotas = Map.copyOf(quotas);
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("rate must lie in (0, 1], found " + rate.getAsDouble());
    }
    if (rows.isPresent() && rows.getAsLong() < 1) {
      throw new IllegalArgumentException("rows must be at least 1, found " + rows.getAsLong());
    }
    if (strata.stream().distinct().count() < strata.size()) {
      throw new IllegalArgumentException("strata must not name a column twice");
    }
    quotas.forEach(
        (stratum, size) -> {
          if (size < 0) {
            throw new IllegalArgumentException("quotas must be at least 0, found " + size);
          }
        });
  }

  @Override
  public void check(Findings findings) {
    boolean sized = rows.isPresent() || !quotas.isEmpty();
    if (rate.isPresent() && sized) {
      findings.add("rate", "both a rate and a size are set", "keep one of them");
    }
    if (rate.isEmpty() && !sized) {
      findings.add("rows", "the sample has no size", "set rows, or rate");
    }
    if (!quotas.isEmpty() && strata.isEmpty()) {
      findings.add("quotas", "there are no strata", "name their columns in strata");
    }
    if (!strata.isEmpty() && rate.isPresent()) {
      findings.add(
          "strata",
          "a rate takes the same share of every stratum already",
          "leave strata out, or set rows or quotas instead of rate");
    }
    if (columns.weight().isPresent() && rate.isPresent()) {
      findings.add(
          "columns.weight",
          "a rate gives every row the same chance",
          "set rows instead of rate, or leave the weight out");
    }
  }

  /** Whether every row is taken by itself, with one probability. */
  boolean isBernoulli() {
    return rate.isPresent();
  }
}
