// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.report.BarChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a check of the cluster says: in the manifest and on its page. */
final class SelfcheckReport {
  /** Bars of a chart: of more executors the slowest. */
  private static final int BARS = 24;

  private static final String CLOCK = "clock";

  /** Rates of processor and memory; as many as a page is wide, as are those of the others. */
  private static final Set<String> COMPUTING =
      Set.of(Gauges.BLAS, Gauges.LOOPS, Gauges.PROJECTION, Gauges.MEMORY);

  /** Rates of network and disks. */
  private static final Set<String> MOVING =
      Set.of(Examination.NETWORK, LocalDisk.WRITE, LocalDisk.READ);

  private final SelfcheckConfig config;
  private final List<Place> places;
  private final Verdict verdict;
  private final List<Problem> problems;
  private final SelfcheckLines lines;

  SelfcheckReport(
      SelfcheckConfig config, List<Place> places, Verdict verdict, List<Problem> problems) {
    this.config = config;
    this.places = places;
    this.verdict = verdict;
    this.problems = problems;
    this.lines = new SelfcheckLines(places, verdict, problems);
  }

  void describe(Run run) {
    metrics(run);
    if (!config.run().report()) {
      return;
    }
    Page page = run.report();
    headlines(page);
    if (!problems.isEmpty()) {
      page.section("At fault", remedies());
      Table faults = Table.of("where", "what", "found");
      for (Problem problem : problems) {
        faults = faults.row(problem.where(), problem.what(), problem.found());
      }
      page.table(faults);
      faults(page);
    }
    executors(page);
    rates(page);
    page.section(
        "Answers",
        "Known answers must come out to the last letter; the others must be the same on all"
            + " executors, and the driver settles who is right.");
    page.table(answers());
    page.section("Machines", "What differs here is no error, but worth knowing.");
    page.table(machines());
  }

  /** What to do, each once. */
  private String remedies() {
    return problems.stream()
        .map(Problem::remedy)
        .filter(remedy -> !remedy.isEmpty())
        .distinct()
        .map(remedy -> Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".")
        .collect(Collectors.joining(" "));
  }

  /** Each reading that is wrong or slow, which the problems name the first of. */
  private void faults(Page page) {
    Table table = Table.of("executor", "check", "found", "expected");
    for (Reading reading : verdict.readings()) {
      switch (reading.status()) {
        case WRONG ->
            table =
                table.row(
                    reading.place().executor(),
                    reading.check(),
                    reading.found(),
                    reading.expected());
        case SLOW ->
            table =
                table.row(
                    reading.place().executor(),
                    reading.check(),
                    Verdict.rate(reading.value(), reading.unit()).text(),
                    "peers " + verdict.peers(reading).text());
        case RIGHT, MEASURED -> {}
      }
    }
    if (table.size() > 0) {
      page.table(table);
    }
  }

  private void metrics(Run run) {
    run.metric("executors", places.size());
    run.metric("answers-right", verdict.right());
    run.metric("answers-wrong", verdict.count(Status.WRONG));
    run.metric("rates-slow", verdict.count(Status.SLOW));
    run.metric("at-fault", problems.stream().map(Problem::where).toList());
    Map<String, Object> rates = new LinkedHashMap<>();
    for (String name : verdict.rateNames()) {
      double[] sorted = verdict.rates(name);
      Arrays.sort(sorted);
      rates.put(
          name,
          Map.of(
              "unit",
              unit(name),
              "slowest",
              sorted[0],
              "median",
              Verdict.median(sorted),
              "fastest",
              sorted[sorted.length - 1]));
    }
    run.metric("rates", rates);
    double[] clocks = clocks();
    if (clocks.length > 0) {
      run.metric("largest-clock-difference-ms", largest(clocks));
    }
  }

  /** A length of time as people read it. */
  static String duration(Duration time) {
    return Quantity.seconds(time.toMillis() / 1e3).text();
  }

  private String unit(String rate) {
    return verdict.readings().stream()
        .filter(reading -> reading.demand() == Demand.RATE && reading.check().equals(rate))
        .findFirst()
        .orElseThrow()
        .unit();
  }

  private double[] clocks() {
    return verdict.readings().stream()
        .filter(reading -> reading.demand() == Demand.CLOCK)
        .mapToDouble(Reading::value)
        .toArray();
  }

  private static double largest(double[] clocks) {
    return Arrays.stream(clocks).map(Math::abs).max().orElse(0);
  }

  private void headlines(Page page) {
    page.headline(
        Quantity.count(places.size()),
        places.size() == 1 ? "executor examined" : "executors examined",
        lines.hosts());
    long wrong = verdict.count(Status.WRONG);
    page.headline(
        Quantity.count(verdict.right()),
        "answers right",
        wrong == 0 ? "none wrong" : wrong + " wrong");
    for (String name : List.of(Gauges.BLAS, Gauges.MEMORY)) {
      double[] sorted = verdict.rates(name);
      if (sorted.length > 0) {
        Arrays.sort(sorted);
        page.headline(
            tile(Verdict.median(sorted), unit(name)),
            name + ", a thread",
            sorted.length == 1
                ? ""
                : "median; slowest " + Verdict.rate(sorted[0], unit(name)).text());
      }
    }
    double[] clocks = clocks();
    if (clocks.length > 0 && places.size() > 1) {
      page.headline(
          Quantity.seconds(largest(clocks) / 1000), "largest clock difference", "to the driver");
    }
  }

  /** A rate of few digits that is not broken over lines. */
  private static String tile(double rate, String unit) {
    double rounded = new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    return Verdict.rate(rounded, unit).text().replace(" ", "\u00a0").replace("/", "/\u2060");
  }

  private void executors(Page page) {
    page.section(
        "Executors",
        "Rates of one thread on each executor, all executors at work at the same time.");
    List<String> names = verdict.rateNames();
    page.table(executors(names.stream().filter(COMPUTING::contains).toList()));
    page.table(
        executors(
            Stream.concat(
                    names.stream().filter(MOVING::contains),
                    clocks().length > 0 ? Stream.of(CLOCK) : Stream.empty())
                .toList()));
    List<String> common =
        names.stream().filter(name -> !COMPUTING.contains(name) && !MOVING.contains(name)).toList();
    if (!common.isEmpty()) {
      page.table(executors(common));
    }
  }

  /** A row for each executor, its rates as columns. */
  private Table executors(List<String> columns) {
    Table table =
        Table.of(
            Stream.concat(Stream.of("executor", "host"), columns.stream()).toArray(String[]::new));
    for (Place place : places) {
      List<Object> cells = new ArrayList<>(List.of(place.executor(), place.host()));
      columns.forEach(
          column -> cells.add(column.equals(CLOCK) ? clock(place) : lines.cell(place, column)));
      boolean isSlow =
          verdict.readings().stream()
              .filter(reading -> reading.status() == Status.SLOW)
              .anyMatch(
                  reading -> reading.place().equals(place) && columns.contains(reading.check()));
      table = isSlow ? table.chosen(cells.toArray()) : table.row(cells.toArray());
    }
    return table;
  }

  private String clock(Place place) {
    return verdict
        .reading(place, Demand.CLOCK, ClockWindow.CLOCK)
        .map(SelfcheckReport::clock)
        .orElse("");
  }

  private static String clock(Reading reading) {
    String text = String.format(Locale.ROOT, "%+.1f ms %s", reading.value(), reading.found());
    return text.replace(' ', '\u00a0');
  }

  private void rates(Page page) {
    if (places.size() < 2) {
      return;
    }
    page.section("Rates", "The slowest first; in grey the median.");
    for (String name : verdict.rateNames()) {
      List<Reading> sorted =
          verdict.readings().stream()
              .filter(reading -> reading.demand() == Demand.RATE && reading.check().equals(name))
              .sorted(Comparator.comparingDouble(Reading::value))
              .toList();
      double median = Verdict.median(sorted.stream().mapToDouble(Reading::value).toArray());
      BarChart chart = BarChart.of(name);
      for (Reading reading : sorted.subList(0, Math.min(BARS, sorted.size()))) {
        chart =
            chart.bar(
                reading.place().executor() + " on " + reading.place().host(),
                Verdict.rate(reading.value(), reading.unit()));
      }
      page.figure(chart.reference("median", Verdict.rate(median, unit(name))), "");
    }
  }

  private Table answers() {
    Table table = Table.of("check", "answer", "right", "wrong");
    for (String check : checks(Demand.KNOWN, Demand.SAME)) {
      List<Reading> group =
          verdict.readings().stream().filter(reading -> reading.check().equals(check)).toList();
      group = group.stream().filter(reading -> reading.demand() != Demand.RATE).toList();
      long right = group.stream().filter(each -> each.status() == Status.RIGHT).count();
      long wrong = group.size() - right;
      String answer = group.get(0).expected();
      Object[] cells = {check, answer.isEmpty() ? "no two agree" : answer, right, wrong};
      table = wrong > 0 ? table.chosen(cells) : table.row(cells);
    }
    return table;
  }

  private List<String> checks(Demand... demands) {
    List<Demand> wanted = List.of(demands);
    return verdict.readings().stream()
        .filter(reading -> wanted.contains(reading.demand()))
        .map(Reading::check)
        .distinct()
        .toList();
  }

  private Table machines() {
    List<String> facts = checks(Demand.TOLD);
    Table table =
        Table.of(Stream.concat(Stream.of("executor"), facts.stream()).toArray(String[]::new));
    for (Place place : places) {
      List<Object> cells = new ArrayList<>(List.of(place.executor()));
      for (String fact : facts) {
        cells.add(lines.told(place, fact));
      }
      table = table.row(cells.toArray());
    }
    return table;
  }
}
