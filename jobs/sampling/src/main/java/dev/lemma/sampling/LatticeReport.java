// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Mosaic;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a lattice run tells: metrics, warnings, report. */
final class LatticeReport {
  /** Tiles along the longer side of the picture. */
  static final int TILES = 96;

  private static final double R_HAT_LIMIT = 1.01;
  private static final double ESS_LIMIT = 400;
  private static final int MOST_POINTS = 400;
  private static final int MOST_TRACES = 6;

  private final LatticeConfig config;
  private final SpinTrace trace;
  private final Run run;

  LatticeReport(LatticeConfig config, SpinTrace trace, Run run) {
    this.config = config;
    this.trace = trace;
    this.run = run;
  }

  /** Means with their errors; replicas that do not agree are warned of. */
  void equilibrium(LatticeSummary summary) {
    Page page = run.report();
    for (LatticeSummary.Line line : summary.lines()) {
      var s = line.summary();
      String name = line.name().replace('_', '-');
      run.metric(name, s.mean());
      run.metric(name + "-mcse", s.mcseMean());
      if (line.decides()) {
        page.headline(
            Quantity.of(s.mean()),
            line.name().replace('_', ' ') + " per site",
            "give or take "
                + Quantity.of(s.mcseMean())
                + line.exact().stream()
                    .mapToObj(exact -> "; exactly " + Quantity.of(exact))
                    .findAny()
                    .orElse(""));
        warn(line);
      }
    }
    double beta = config.schedule().to();
    double sd = summary.lines().get(0).summary().sd();
    double capacity = beta * beta * sd * sd * trace.sites();
    run.metric("heat-capacity", capacity);
    page.headline(Quantity.of(capacity), "heat capacity per site", "beta² N Var(energy)");
    page.section(
        "Observables",
        "Energy and magnetisation are per site. MCSE is the Monte Carlo standard error of the mean,"
            + " ESS the number of independent draws that would do as well.");
    Table table =
        Table.of("observable", "mean", "MCSE", "exact", "sd", "ESS bulk", "ESS tail", "R-hat");
    for (LatticeSummary.Line line : summary.lines()) {
      var s = line.summary();
      table =
          table.row(
              line.name(),
              s.mean(),
              s.mcseMean(),
              line.exact().isPresent() ? line.exact().getAsDouble() : "",
              s.sd(),
              s.essBulk(),
              s.essTail(),
              s.rHat());
    }
    page.table(table);
  }

  private void warn(LatticeSummary.Line line) {
    var s = line.summary();
    if (s.rHat() > R_HAT_LIMIT) {
      run.warn(
          String.format(
              Locale.ROOT,
              "%s: R-hat %.3f is above %.2f: the replicas do not agree; take a longer warmup, or"
                  + " more sweeps",
              line.name(),
              s.rHat(),
              R_HAT_LIMIT));
    } else if (s.essBulk() < ESS_LIMIT) {
      run.warn(
          String.format(
              Locale.ROOT,
              "%s: the draws are worth %.0f independent ones, fewer than %.0f; take more sweeps",
              line.name(),
              s.essBulk(),
              ESS_LIMIT));
    }
  }

  /** The lowest energies. */
  void annealing() {
    double best = Double.POSITIVE_INFINITY;
    Table table = Table.of("replica", "lowest energy", "per site", "sweep");
    for (int replica = 0; replica < trace.replicas(); replica++) {
      best = Math.min(best, trace.best(replica));
    }
    for (int replica = 0; replica < trace.replicas(); replica++) {
      double energy = trace.best(replica);
      Object[] cells = {
        replica + 1, energy, energy / trace.sites(), trace.bestSweep(replica),
      };
      table = energy == best ? table.chosen(cells) : table.row(cells);
    }
    run.metric("lowest-energy", best);
    run.report()
        .headline(Quantity.of(best), "lowest energy", "of " + trace.replicas() + " replicas")
        .headline(Quantity.of(best / trace.sites()), "per site", "")
        .section(
            "Lowest energies",
            "Each replica's configuration of lowest energy is in the table configuration.")
        .table(table);
  }

  /** How energy and order went. */
  void traces() {
    run.report()
        .section("Traces", "Of at most " + MOST_TRACES + " replicas, and at most 400 sweeps each.")
        .figure(
            chart("Energy per site", trace.energies()),
            "Replicas that have reached equilibrium wander over the same range.")
        .figure(
            chart(
                config.model() == LatticeConfig.Model.ISING
                    ? "Magnetisation per site"
                    : "Order parameter",
                trace.orders()),
            "");
  }

  private LineChart chart(String title, double[][] draws) {
    int sweeps = trace.sweeps();
    int points = Math.min(sweeps, MOST_POINTS);
    int[] at = IntStream.range(0, points).map(i -> (int) ((long) i * sweeps / points)).toArray();
    double[] x = IntStream.of(at).mapToDouble(i -> i + 1.0).toArray();
    LineChart chart = LineChart.of(title, Axis.linear("sweep"), Axis.linear("value"));
    for (int replica = 0; replica < Math.min(draws.length, MOST_TRACES); replica++) {
      double[] own = draws[replica];
      chart =
          chart.line(
              "replica " + (replica + 1), x, IntStream.of(at).mapToDouble(i -> own[i]).toArray());
    }
    return chart;
  }

  /** The lattice itself. */
  void picture(int[][] tiles, int states) {
    int step = (Math.max(config.size().rows(), config.size().columns()) + TILES - 1) / TILES;
    List<String> kinds =
        config.model() == LatticeConfig.Model.ISING
            ? List.of("down", "up")
            : IntStream.range(0, states).mapToObj(s -> "state " + s).toList();
    run.report()
        .section(
            "Lattice",
            "The first replica "
                + (config.annealing().isOn() ? "at its lowest energy" : "after the last sweep")
                + (step == 1 ? "." : "; one site in " + step + " of one row in " + step + "."))
        .figure(
            Mosaic.of("Spins", kinds, tiles),
            config.model() == LatticeConfig.Model.ISING
                ? "Up is coloured, down is not."
                : "State 0 has no colour; colours repeat after six.");
  }

  /** How it was done. */
  void facts(List<Fact> facts) {
    run.report().section("How", "");
    facts.forEach(fact -> run.report().fact(fact.name(), fact.value(), fact.why()));
  }
}
