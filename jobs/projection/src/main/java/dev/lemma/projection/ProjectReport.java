// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.io.SourceSize;
import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.BarChart;
import dev.lemma.kit.report.Histogram;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.math.probability.ProportionInterval;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.DistortionSummary;
import dev.lemma.math.projection.FamilyLaw;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.projection.JlBounds;
import dev.lemma.math.projection.PairDistortion;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.projection.TailLaw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a projection says of itself, in the manifest and on its page. */
final class ProjectReport {
  private static final double CONFIDENCE = 0.99;
  private static final int BINS = 60;

  /** Below this a share has a power of ten. */
  private static final double TINY = 1e-6;

  /** Shares of pairs whose eps is drawn, ascending. */
  private static final double[] LINES = {0.9, 0.99, 0.999};

  /** What a share of pairs is asked with, which has no use for it. */
  private static final double DELTA = 0.5;

  private static final double[] QUANTILES = {0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999};

  private final ProjectConfig config;
  private final ProjectInput input;
  private final Specification specification;
  private final RowCounts counts;
  private final long stored;

  /**
   * Begins the report.
   *
   * @param stored bytes of the main table as staged
   */
  ProjectReport(ProjectConfig config, ProjectInput input, RowCounts counts, long stored) {
    this.config = config;
    this.input = input;
    this.specification = input.settled().specification();
    this.counts = counts;
    this.stored = stored;
  }

  /** A share as messages show it. */
  static String percent(double share) {
    // Terminals are spared the superscripts of pages.
    return share > 0 && share < TINY
        ? String.format(Locale.ROOT, "%.2e %%", 100 * share)
        : Quantity.percent(share).text();
  }

  static String repeatedIds(ProjectConfig config, DistortionSample sample, long rows) {
    String whose =
        config
            .columns()
            .id()
            .map(id -> "ids (column " + id + ")")
            .orElse("rows with equal features");
    if (sample.sampled() >= rows) {
      return Quantity.count(sample.repeatedIds()).in("repeated " + whose).text();
    }
    long estimate = Math.round((double) sample.repeatedIds() * rows / sample.sampled());
    return "about "
        + Quantity.count(estimate)
        + " repeated "
        + whose
        + ", estimated from "
        + Quantity.count(sample.repeatedIds())
        + " among "
        + Quantity.count(sample.sampled())
        + " sampled rows";
  }

  /**
   * Root mean variance of the family's law over that of signs, for these pairs: above 1 where rows
   * differ in few features and the matrix is very sparse. NaN without pairs.
   */
  static double spreadOverSparseSign(Specification specification, List<PairDistortion> pairs) {
    Projection projection = Projection.of(specification.matrix());
    double law = 0;
    double signs = 0;
    for (PairDistortion pair : pairs) {
      if (!pair.isOfEqualRows()) {
        law += projection.squaredNormVariance(pair.q4());
        signs += 2 * (1 - pair.q4()) / specification.matrix().k();
      }
    }
    return Math.sqrt(law / signs);
  }

  /** Everything but the measured distortion. */
  void describe(Run run) {
    ProjectionSpec matrix = specification.matrix();
    run.metric("specification", specification.hash());
    run.metric("family", matrix.family().key());
    run.metric("k", matrix.k());
    matrix.d().ifPresent(d -> run.metric("d", d));
    run.metric("eps", config.target().eps());
    run.metric("output-bytes", stored);
    Page page = run.report();
    page.headline(
        Quantity.count(matrix.k()), "dimensions", ProjectFacts.features(input.features()));
    page.headline(Quantity.count(counts.accepted()), "rows projected", left());
  }

  private String left() {
    return counts.rejected() == 0
        ? "none left out"
        : Quantity.count(counts.rejected()) + " left out";
  }

  /** The measured distortion beside the law, and what the choice of k means. */
  void distortion(Run run, DistortionSample sample, DistortionSummary summary) {
    Page page = run.report();
    double eps = config.target().eps();
    DistanceScale scale = config.target().distance();
    if (summary.pairs() == 0) {
      run.metric("distortion", Map.of("pairs", 0, "equal-pairs", summary.equalPairs()));
    } else {
      ProportionInterval outside =
          ProportionInterval.of(summary.outside(), summary.pairs(), CONFIDENCE);
      run.metric("distortion", distortionMetric(summary, outside));
      page.headline(
          Quantity.percent(1 - summary.shareOutside()),
          "of pairs within " + percent(eps),
          "99 % interval "
              + percent(1 - outside.upper())
              + " to "
              + percent(1 - outside.lower())
              + ", "
              + Quantity.count(summary.pairs())
              + " pairs");
      page.section("Distortion", prose(summary, scale));
      page.figure(histogram(summary, eps, scale), caption(summary, eps, scale));
      page.table(quantiles(summary));
    }
    page.section(
        "Choice of the dimension",
        "The smallest eps that keeps a share of all pairs, by the exact law, for every k; and what"
            + " other k would cost.");
    epsilonByK(scale)
        .ifPresent(
            chart ->
                page.figure(
                    chart,
                    "Error falls as one over the square root of k: half of it costs four times the"
                        + " dimensions. The lines begin at the smallest k where an eps below 1"
                        + " keeps "
                        + percent(LINES[LINES.length - 1])
                        + " of pairs."));
    page.table(otherDimensions(scale));
    sizes(page);
    page.section("Run", "");
    for (Fact fact : ProjectFacts.of(config, input, run)) {
      page.fact(fact.name(), fact.value(), fact.why());
    }
    page.fact("seed", Long.toString(specification.matrix().seed()), "");
    page.fact(
        "pairs",
        Quantity.count(sample.pairs().size()).text(),
        "disjoint, drawn by row key: the same for every partitioning");
  }

  private Map<String, Object> distortionMetric(
      DistortionSummary summary, ProportionInterval outside) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("pairs", summary.pairs());
    metric.put("equal-pairs", summary.equalPairs());
    metric.put("share-outside", summary.shareOutside());
    metric.put("share-outside-low", outside.lower());
    metric.put("share-outside-high", outside.upper());
    metric.put("share-outside-confidence", CONFIDENCE);
    metric.put(
        "share-outside-law", law().shareOutside(config.target().eps(), config.target().distance()));
    metric.put("law-status", FamilyLaw.of(specification.matrix()).status().key());
    metric.put("mean-ratio", summary.mean());
    metric.put("deviation", summary.deviation());
    metric.put("predicted-deviation", summary.predictedDeviation());
    metric.put("standardised-deviation", summary.standardised());
    Map<String, Object> quantiles = new LinkedHashMap<>();
    for (double p : QUANTILES) {
      quantiles.put(Double.toString(p), summary.quantile(p));
    }
    metric.put("ratio-quantiles", quantiles);
    return metric;
  }

  private TailLaw law() {
    return FamilyLaw.of(specification.matrix()).law();
  }

  private String prose(DistortionSummary summary, DistanceScale scale) {
    String equal =
        summary.equalPairs() == 0
            ? ""
            : " " + Quantity.count(summary.equalPairs()) + " pairs of equal rows were left out.";
    return String.format(
            Locale.ROOT,
            "Squared distance after the projection over squared distance before, for %,d disjoint"
                + " pairs of rows. The ratios spread by %.4f around 1; the law of the family"
                + " predicts %.4f for these pairs (seen over predicted, pair by pair: %.3f).",
            summary.pairs(),
            summary.deviation(),
            summary.predictedDeviation(),
            summary.standardised())
        + equal;
  }

  private Histogram histogram(DistortionSummary summary, double eps, DistanceScale scale) {
    double low = 1 - scale.deficit(eps);
    double high = 1 + scale.excess(eps);
    // Both tails of the data and both limits are in the picture.
    double from = Math.min(low, summary.quantile(0.001)) - 0.1 * (high - low);
    double to = Math.max(high, summary.quantile(0.999)) + 0.1 * (high - low);
    Histogram chart =
        Histogram.of("Squared distance after over before", summary.ratios(), from, to, BINS)
            .x(Axis.linear("ratio of squared distances"))
            .counting("pairs")
            .marker(low, scale == DistanceScale.SQUARED ? "1 − ε" : "(1 − ε)²")
            .marker(high, scale == DistanceScale.SQUARED ? "1 + ε" : "(1 + ε)²")
            .inside(low, high);
    TailLaw law = law();
    return law.variance() > 0
        ? chart.law(ProjectFacts.law(specification), r -> Math.exp(law.logDensity(r)))
        : chart;
  }

  private String caption(DistortionSummary summary, double eps, DistanceScale scale) {
    return percent(summary.shareOutside())
        + " of the pairs changed their "
        + (scale == DistanceScale.SQUARED ? "squared distance" : "distance")
        + " by more than "
        + percent(eps)
        + "; the curve's share is "
        + percent(law().shareOutside(eps, scale))
        + ". The curve is "
        + ProjectFacts.lawStatus(specification)
        + ".";
  }

  private static Table quantiles(DistortionSummary summary) {
    Table table = Table.of("share of pairs below", "ratio");
    for (double p : QUANTILES) {
      table = table.row(percent(p), String.format(Locale.ROOT, "%.4f", summary.quantile(p)));
    }
    return table;
  }

  private long[] ladder() {
    int k = specification.matrix().k();
    long d = specification.matrix().d().orElse(Long.MAX_VALUE);
    return LongStream.of(64, 128, 256, 512, 1024, 2048, 4096, k)
        .filter(other -> other == k || other < d)
        .sorted()
        .distinct()
        .toArray();
  }

  private TailLaw lawAt(long k) {
    OptionalLong d = specification.matrix().d();
    return FamilyLaw.of(specification.matrix().family(), k, d).law();
  }

  /** Empty where so few dimensions are to be had that none keeps the largest share. */
  private Optional<LineChart> epsilonByK(DistanceScale scale) {
    int k = specification.matrix().k();
    long most = Math.min(specification.matrix().d().orElse(Long.MAX_VALUE), 16L * k + 64);
    double strictest = LINES[LINES.length - 1];
    double[] ks =
        IntStream.rangeClosed(0, 40)
            .mapToLong(i -> Math.round(16 * Math.pow(most / 16.0, i / 40.0)))
            .filter(value -> value >= 1 && value <= most)
            .distinct()
            // Orthonormal rows keep every distance at k = d: an eps of 0 has no logarithm.
            .filter(value -> epsilon(value, strictest, scale).orElse(0) > 0)
            .asDoubleStream()
            .toArray();
    if (ks.length < 2) {
      return Optional.empty();
    }
    LineChart chart =
        LineChart.of("Error kept by a share of pairs", Axis.log("dimensions k"), Axis.log("eps"));
    for (double share : LINES) {
      double[] eps = new double[ks.length];
      for (int i = 0; i < ks.length; i++) {
        // A smaller share is kept by a smaller eps.
        eps[i] = epsilon((long) ks[i], share, scale).orElseThrow();
      }
      chart = chart.line(percent(share) + " of pairs", ks, eps);
    }
    return Optional.of(chart.vertical(k, "k = " + Quantity.count(k)));
  }

  private OptionalDouble epsilon(long k, double share, DistanceScale scale) {
    return JlBounds.epsilon(lawAt(k), new Guarantee.Share(share), DELTA, scale);
  }

  private Table otherDimensions(DistanceScale scale) {
    int bytes = ProjectFacts.bytes(specification.precision());
    Table table =
        Table.of(
            "k",
            "eps at 99 % of pairs",
            "outside eps = " + config.target().eps(),
            "bytes a row",
            "all rows");
    for (long k : ladder()) {
      TailLaw law = lawAt(k);
      Object[] cells = {
        k,
        epsilon(k, 0.99, scale).isPresent()
            ? Quantity.of(epsilon(k, 0.99, scale).getAsDouble())
            : new Quantity(Double.NaN, "none below 1"),
        Quantity.percent(law.shareOutside(config.target().eps(), scale)),
        k * bytes,
        Quantity.bytes(k * bytes * counts.accepted())
      };
      table = k == specification.matrix().k() ? table.chosen(cells) : table.row(cells);
    }
    return table;
  }

  private void sizes(Page page) {
    int bytes = ProjectFacts.bytes(specification.precision());
    BarChart chart = BarChart.of("Size before and after");
    Optional<Long> before =
        Source.size(input.rows().sparkSession(), config.input())
            .map(SourceSize::bytes)
            .filter(stored -> stored > 0);
    if (before.isPresent()) {
      chart = chart.reference("input as stored", Quantity.bytes(before.get()));
    }
    OptionalLong d = specification.matrix().d();
    if (d.isPresent()) {
      chart =
          chart.reference(
              "input, dense", Quantity.bytes(d.getAsLong() * bytes * counts.accepted()));
    }
    chart =
        chart
            .bar(
                "projected, dense",
                Quantity.bytes(specification.matrix().k() * (long) bytes * counts.accepted()))
            .bar("output as stored", Quantity.bytes(stored));
    page.section("Size", "");
    page.figure(
        chart,
        d.isPresent()
            ? "As stored: with what is kept beside it, compressed."
            : "As stored: with what is kept beside it, compressed. Texts are short; what shrinks"
                + " is their space, from 2^64 possible features to k.");
  }
}
