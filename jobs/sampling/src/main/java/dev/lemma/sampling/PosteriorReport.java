// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.IntervalChart;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.diagnostics.Autocorrelation;
import dev.lemma.math.sampling.diagnostics.Summary;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;

/** What a page tells of draws. */
final class PosteriorReport {
  /** Parameters with charts of their own, the worst first. */
  private static final int CHARTED = 3;

  private static final int FOREST = 40;
  private static final int SHOWN_CHAINS = 4;
  private static final int TRACE_POINTS = 400;
  private static final int RANK_BINS = 20;
  private static final int LAGS = 40;

  private final PosteriorConfig config;
  private final Run run;
  private final PosteriorDraws draws;
  private final Diagnosis diagnosis;
  private final OptionalInt passes;
  private final long evaluations;

  /**
   * @param passes over the rows, once they were read; empty where there are none
   * @param evaluations passes times the points that each served
   */
  PosteriorReport(
      PosteriorConfig config,
      Run run,
      PosteriorDraws draws,
      Diagnosis diagnosis,
      OptionalInt passes,
      long evaluations) {
    this.config = config;
    this.run = run;
    this.draws = draws;
    this.diagnosis = diagnosis;
    this.passes = passes;
    this.evaluations = evaluations;
  }

  void write(Page page) {
    Chains chains = draws.chains();
    page.headline(
        Quantity.of(diagnosis.leastBulk()),
        "effective draws",
        "of the parameter with the fewest, of "
            + (long) chains.chains() * chains.draws()
            + " draws");
    page.headline(
        String.format(Locale.ROOT, "%.4f", diagnosis.worstRHat()),
        diagnosis.rHatName(),
        "the largest; up to " + config.limits().rHat() + " is well");
    draws
        .kHat()
        .ifPresent(
            kHat ->
                page.headline(
                    String.format(Locale.ROOT, "%.2f", kHat),
                    "k-hat",
                    "of the proposals' weights; up to " + config.limits().kHat() + " is well"));
    summary(page);
    forest(page);
    charts(page);
    cost(page);
  }

  private void summary(Page page) {
    Table table =
        Table.of(
            "parameter",
            diagnosis.rHatName(),
            "ESS bulk",
            "ESS tail",
            "mean",
            "MCSE",
            "sd",
            "MAD",
            "5 %",
            "50 %",
            "95 %");
    for (int j = 0; j < diagnosis.summaries().size(); j++) {
      Summary s = diagnosis.summaries().get(j);
      table =
          table.row(
              draws.chains().names().get(j),
              Quantity.of(diagnosis.rHats()[j]),
              Quantity.of(Math.rint(s.essBulk())),
              Quantity.of(Math.rint(s.essTail())),
              Quantity.of(s.mean()),
              Quantity.of(s.mcseMean()),
              Quantity.of(s.sd()),
              Quantity.of(s.mad()),
              Quantity.of(s.q5()),
              Quantity.of(s.median()),
              Quantity.of(s.q95()));
    }
    page.section(
            "Parameters",
            "What the draws say of each parameter, and how far to trust it: MCSE is the standard"
                + " error of the mean for having drawn and not integrated, MAD the median distance from the"
                + " median times 1.4826, which of a Gaussian is the sd.")
        .table(table);
  }

  private void forest(Page page) {
    int shown = Math.min(FOREST, diagnosis.summaries().size());
    IntervalChart chart = IntervalChart.of("90 % intervals", Axis.linear("value"));
    for (int j = 0; j < shown; j++) {
      Summary s = diagnosis.summaries().get(j);
      chart = chart.interval(draws.chains().names().get(j), s.q5(), s.median(), s.q95());
    }
    page.figure(
        chart,
        "Between the 5 % and 95 % quantiles, with the median"
            + (shown < diagnosis.summaries().size() ? ", of the first " + shown : "")
            + ".");
  }

  /** The parameters with the fewest effective draws. */
  private int[] worst() {
    return java.util.stream.IntStream.range(0, diagnosis.summaries().size())
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(j -> diagnosis.summaries().get(j).essBulk()))
        .limit(CHARTED)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void charts(Page page) {
    page.section(
        "Chains",
        "Of the parameters with the fewest effective draws. Chains that agree look alike: traces"
            + " without drift, ranks spread evenly, correlations that die out.");
    for (int j : worst()) {
      String name = draws.chains().names().get(j);
      page.figure(trace(name, j), "Draws of " + name + " in order, by chain.");
      page.figure(ranks(name, j), "Share of each chain among equal slices of all ranks.");
      page.figure(correlation(name, j), "Autocorrelation of " + name + " by chain.");
    }
  }

  private int shownChains() {
    return Math.min(SHOWN_CHAINS, draws.chains().chains());
  }

  private LineChart trace(String name, int j) {
    LineChart chart = LineChart.of("Trace of " + name, Axis.linear("draw"), Axis.linear(name));
    int n = draws.chains().draws();
    int every = Math.max(1, n / TRACE_POINTS);
    for (int c = 0; c < shownChains(); c++) {
      double[] path = draws.chains().parameter(c, j);
      int points = (n + every - 1) / every;
      double[] xs = new double[points];
      double[] ys = new double[points];
      for (int i = 0; i < points; i++) {
        xs[i] = i * every + 1;
        ys[i] = path[i * every];
      }
      chart = chart.line("chain " + (c + 1), xs, ys);
    }
    return chart;
  }

  private LineChart ranks(String name, int j) {
    double[][] paths = draws.chains().parameter(j);
    double[] all = Arrays.stream(paths).flatMapToDouble(Arrays::stream).sorted().toArray();
    int bins = Math.min(RANK_BINS, Math.max(2, draws.chains().draws() / 10));
    LineChart chart =
        LineChart.of(
            "Ranks of " + name,
            Axis.linear("rank among all draws").percent(),
            Axis.linear("share of chain").percent());
    for (int c = 0; c < shownChains(); c++) {
      double[] share = new double[bins];
      for (double value : paths[c]) {
        int below = Arrays.binarySearch(all, value);
        int rank = below < 0 ? -below - 1 : below;
        share[Math.min(bins - 1, (int) ((long) rank * bins / all.length))] += 1.0 / paths[c].length;
      }
      double[] xs = new double[bins];
      for (int b = 0; b < bins; b++) {
        xs[b] = (b + 0.5) / bins;
      }
      chart = chart.line("chain " + (c + 1), xs, share);
    }
    return chart.horizontal(1.0 / bins, "even");
  }

  private LineChart correlation(String name, int j) {
    LineChart chart =
        LineChart.of("Autocorrelation of " + name, Axis.linear("lag"), Axis.linear("correlation"));
    for (int c = 0; c < shownChains(); c++) {
      double[] rho = Autocorrelation.of(draws.chains().parameter(c, j));
      int lags = Math.min(LAGS, rho.length);
      double[] xs = new double[lags];
      for (int t = 0; t < lags; t++) {
        xs[t] = t;
      }
      if (Arrays.stream(rho).limit(lags).noneMatch(Double::isNaN)) {
        chart = chart.line("chain " + (c + 1), xs, Arrays.copyOf(rho, lags));
      }
    }
    return chart.horizontal(0, "none");
  }

  /** What an evaluation is worth. */
  private String worth() {
    return evaluations == 0
        ? "sufficient statistics were enough"
        : String.format(
            Locale.ROOT,
            "of the likelihood of all rows; %.2f effective draws each, %.3g for an effective draw",
            diagnosis.leastBulk() / evaluations,
            evaluations / diagnosis.leastBulk());
  }

  private void cost(Page page) {
    page.section("Cost", "What the draws took.")
        .fact("method", draws.method().key(), "method = " + config.method().key());
    draws
        .acceptance()
        .ifPresent(
            share -> page.fact("acceptance", Quantity.percent(share).text(), "mean over chains"));
    passes.ifPresent(
        count ->
            page.fact(
                    "passes",
                    Quantity.count(count).text(),
                    "over the rows, once they were read into leaves")
                .fact("evaluations", Quantity.count(evaluations).text(), worth()));
    draws
        .weighted()
        .ifPresent(
            weighted ->
                page.fact(
                        "importance effective size",
                        Quantity.of(Math.rint(weighted.effectiveSize())).text(),
                        "of " + weighted.size() + " proposals")
                    .fact(
                        "largest weight",
                        Quantity.percent(weighted.largestShare()).text(),
                        "of all weights together"));
    page.fact("run", run.id(), "seed " + config.run().seed());
  }
}
