// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a run tells of its sample: metrics, warnings, report. */
final class SampleReport {
  /** Strata that the report lists. */
  private static final int LISTED = 200;

  /** Names in a warning. */
  private static final int NAMED = 5;

  /** Two-sided quantile of the normal law at 99 %. */
  private static final double Z99 = 2.5758293035489004;

  private SampleReport() {}

  /** A sample whose rows decided by themselves: how many came, and how many were to be expected. */
  static void bernoulli(Run run, double rate, long rows, long taken) {
    double expected = rate * rows;
    double half = Z99 * Math.sqrt(rate * (1 - rate) * rows);
    run.metric("rows-expected", expected);
    run.metric("rows-taken", taken);
    run.report()
        .headline(Quantity.count(taken), "rows taken", "of " + Quantity.count(rows).text())
        .headline(
            String.format(Locale.ROOT, "%.6g", expected),
            "expected",
            String.format(Locale.ROOT, "give or take %.3g in 99 %% of all seeds", half));
    if (rows > 0 && taken == 0) {
      run.warn("no row was taken: the rate is too low for " + rows + " rows");
    }
  }

  /** Samples of fixed size. */
  static void sized(Run run, SampleConfig config, List<Stratum> strata, long taken) {
    long rows = strata.stream().mapToLong(Stratum::rows).sum();
    run.metric("rows-taken", taken);
    run.report()
        .headline(
            Quantity.count(taken),
            "rows taken",
            "of " + Quantity.count(rows).text() + " to draw from");
    if (!config.strata().isEmpty()) {
      run.metric("strata", strata.size());
      run.report().headline(Quantity.count(strata.size()), "strata", "");
      run.report()
          .section(
              "Strata",
              strata.size() > LISTED
                  ? "The " + LISTED + " largest of " + strata.size() + ", by rows."
                  : "By rows.");
      Table table = Table.of(String.join(", ", config.strata()), "rows", "taken", "share");
      List<Stratum> largest =
          strata.stream()
              .sorted(Comparator.comparingLong((Stratum s) -> -s.rows()))
              .limit(LISTED)
              .toList();
      for (Stratum stratum : largest) {
        table =
            table.row(
                stratum.name(),
                stratum.rows(),
                stratum.size(),
                Quantity.percent((double) stratum.size() / stratum.rows()));
      }
      run.report().table(table);
    }
    warn(run, config, strata);
  }

  private static void warn(Run run, SampleConfig config, List<Stratum> strata) {
    List<String> small =
        strata.stream()
            .filter(stratum -> stratum.rows() < wanted(config, stratum))
            .map(Stratum::name)
            .toList();
    if (!small.isEmpty()) {
      run.warn(
          config.strata().isEmpty()
              ? "the input has fewer rows than asked for: all of them were taken"
              : small.size()
                  + (small.size() == 1 ? " stratum has" : " strata have")
                  + " fewer rows than asked for, and gave all of them: "
                  + list(small));
    }
    if (strata.isEmpty()) {
      run.warn("no row can be drawn: the sample is empty");
    }
    List<String> absent =
        config.quotas().keySet().stream()
            .filter(name -> strata.stream().noneMatch(stratum -> stratum.name().equals(name)))
            .sorted()
            .toList();
    if (!absent.isEmpty()) {
      run.warn(
          absent.size()
              + (absent.size() == 1 ? " quota names" : " quotas name")
              + " a stratum without rows: "
              + list(absent));
    }
  }

  private static long wanted(SampleConfig config, Stratum stratum) {
    Long quota = config.quotas().get(stratum.name());
    return quota != null ? quota : config.rows().orElse(0);
  }

  private static String list(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }

  static void facts(Run run, List<Fact> facts) {
    run.report().section("How", "");
    facts.forEach(fact -> run.report().fact(fact.name(), fact.value(), fact.why()));
  }
}
