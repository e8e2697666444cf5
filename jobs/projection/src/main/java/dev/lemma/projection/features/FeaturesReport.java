// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.report.Axis;
import dev.lemma.kit.report.Histogram;
import dev.lemma.kit.report.LineChart;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.KernelErrorSummary;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.features.PairEstimate;
import dev.lemma.math.features.PairMeasures;
import dev.lemma.math.linalg.Precision;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What random features say of themselves, in the manifest and on their page. */
final class FeaturesReport {
  private static final int BINS = 60;
  private static final int STEPS = 120;

  /** The band's width is an average over one in so many of the pairs. */
  private static final int WINDOWS = 20;

  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};

  /** Two standard deviations hold about this share of Gaussian errors. */
  private static final double BAND = 2;

  private final FeaturesConfig config;
  private final FeaturesInput input;
  private final FeatureSpec map;
  private final RowCounts counts;
  private final Run run;

  FeaturesReport(FeaturesConfig config, FeaturesInput input, RowCounts counts, Run run) {
    this.config = config;
    this.input = input;
    this.map = input.settled().specification().map();
    this.counts = counts;
    this.run = run;
  }

  /**
   * Everything but the measured error.
   *
   * @param stored bytes of the main table as staged
   */
  void describe(long stored) {
    run.metric("specification", input.settled().specification().hash());
    run.metric("kernel-function", KernelChoice.of(map.kernel()).key());
    run.metric("bandwidth", map.kernel().bandwidth());
    run.metric("k", map.k());
    run.metric("d", map.d());
    run.metric("output-bytes", stored);
    Page page = run.report();
    page.headline(
        Quantity.count(map.k()),
        "features",
        "of " + Quantity.count(map.d()).in("numbers") + " a row");
    page.headline(
        Quantity.count(counts.accepted()),
        "rows mapped",
        counts.rejected() == 0 ? "none left out" : Quantity.count(counts.rejected()) + " left out");
    page.headline(
        Quantity.of(map.kernel().bandwidth()),
        "bandwidth",
        KernelChoice.of(map.kernel()).key() + " kernel");
  }

  /** The measured error beside the law of independent frequencies. */
  void error(List<PairEstimate> estimates, KernelErrorSummary summary) {
    if (summary.pairs() == 0) {
      run.metric("kernel-error", Map.of("pairs", 0));
      return;
    }
    run.metric("kernel-error", metric(summary));
    Page page = run.report();
    String kind = map.kernel().isBounded() ? "" : "relative ";
    page.headline(
        Quantity.of(summary.rms()),
        kind + "error of the kernel",
        "root mean square of "
            + Quantity.count(summary.pairs()).in("pairs")
            + "; independent frequencies: "
            + Quantity.of(summary.predicted()));
    page.section("Kernel against estimate", prose(summary, kind));
    page.figure(
        curve(estimates),
        "Each dot is a pair of sampled rows: the inner product of its features over what the kernel"
            + " sees of it. The curve is the kernel; the dashed lines lie two standard deviations of"
            + " independent frequencies away from it.");
    page.figure(
        histogram(estimates, summary, kind),
        "The curve is what Gaussian errors of the predicted size would give.");
    Table table = Table.of("share of pairs below", kind + "error");
    for (double p : QUANTILES) {
      table = table.row(Quantity.percent(p), Quantity.of(summary.quantile(p)));
    }
    page.table(table);
    page.section(
        "Choice of k",
        "The error falls as one over the square root of the number of features; predicted for these"
            + " pairs with independent frequencies.");
    page.table(otherSizes(summary, kind));
  }

  /** What was done, for the foot of the page. */
  void facts() {
    Page page = run.report();
    page.section("Run", "");
    for (Fact fact : FeaturesFacts.of(config, input, run)) {
      page.fact(fact.name(), fact.value(), fact.why());
    }
    page.fact("seed", Long.toString(map.seed()), "");
  }

  private static Map<String, Object> metric(KernelErrorSummary summary) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("pairs", summary.pairs());
    metric.put("rms", summary.rms());
    metric.put("predicted-rms", summary.predicted());
    metric.put("bias", summary.bias());
    metric.put("largest", summary.largest());
    Map<String, Object> quantiles = new LinkedHashMap<>();
    for (double p : QUANTILES) {
      quantiles.put(Double.toString(p), summary.quantile(p));
    }
    metric.put("magnitude-quantiles", quantiles);
    return metric;
  }

  private static String prose(KernelErrorSummary summary, String kind) {
    return String.format(
        Locale.ROOT,
        "Over %,d disjoint pairs of rows the %serror has a root mean square of %.4g, where"
            + " independent frequencies would have %.4g on average, and a mean of %.2g. All pairs"
            + " share the same frequencies, so that their errors are not independent of one another.",
        summary.pairs(),
        kind,
        summary.rms(),
        summary.predicted(),
        summary.bias());
  }

  /** What the kernel sees of a pair, in bandwidths. */
  private double argument(PairMeasures pair) {
    double s = map.kernel().bandwidth();
    return switch (KernelChoice.of(map.kernel())) {
      case GAUSSIAN, MATERN -> pair.distance() / s;
      case LAPLACIAN -> pair.manhattan() / s;
      case SOFTMAX -> pair.product() / (s * s);
    };
  }

  private static String argumentName(KernelFunction kernel) {
    return switch (KernelChoice.of(kernel)) {
      case GAUSSIAN, MATERN -> "distance over bandwidth";
      case LAPLACIAN -> "sum of absolute differences over bandwidth";
      case SOFTMAX -> "inner product over squared bandwidth";
    };
  }

  private LineChart curve(List<PairEstimate> estimates) {
    List<PairEstimate> finite =
        estimates.stream()
            .filter(one -> Double.isFinite(one.error()) && Double.isFinite(one.variance()))
            .sorted(Comparator.comparingDouble(one -> argument(one.measures())))
            .toList();
    double[] xs = finite.stream().mapToDouble(one -> argument(one.measures())).toArray();
    double[] ys = finite.stream().mapToDouble(PairEstimate::estimate).toArray();
    // The curve and its band go through evenly spaced ones of the pairs themselves.
    int[] at =
        IntStream.rangeClosed(0, STEPS)
            .map(i -> (int) ((long) i * (finite.size() - 1) / STEPS))
            .distinct()
            .toArray();
    double[] grid = Arrays.stream(at).mapToDouble(i -> xs[i]).toArray();
    double[] kernel = Arrays.stream(at).mapToDouble(i -> finite.get(i).kernel()).toArray();
    double[] upper = new double[at.length];
    double[] lower = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double reach = BAND * deviation(finite, at[i]);
      upper[i] = kernel[i] + reach;
      lower[i] = kernel[i] - reach;
    }
    return LineChart.of(
            "Kernel and its estimate",
            Axis.linear(argumentName(map.kernel())),
            Axis.linear("kernel"))
        .points("estimate", xs, ys)
        .line("kernel", grid, kernel)
        .dashed("two standard deviations above", grid, upper)
        .dashed("below", grid, lower);
  }

  /**
   * Standard deviation of the estimate of pairs about one place: that of the softmax kernel depends
   * on more than the argument, so that neighbours differ.
   */
  private double deviation(List<PairEstimate> sorted, int at) {
    int half = sorted.size() / (2 * WINDOWS);
    int from = Math.max(0, at - half);
    int to = Math.min(sorted.size(), at + half + 1);
    double sum = 0;
    for (PairEstimate one : sorted.subList(from, to)) {
      sum += one.variance();
    }
    double scale = map.kernel().isBounded() ? 1 : sorted.get(at).kernel();
    return scale * Math.sqrt(sum / (to - from));
  }

  private static Histogram histogram(
      List<PairEstimate> estimates, KernelErrorSummary summary, String kind) {
    double[] errors = estimates.stream().mapToDouble(PairEstimate::error).toArray();
    double reach = 1.05 * Math.max(summary.quantile(0.999), 3 * summary.predicted());
    // Equal rows have no error at all.
    double end = reach > 0 ? reach : 1e-9;
    Histogram chart =
        Histogram.of("Error of the kernel", errors, -end, end, BINS)
            .x(Axis.linear(kind + "error: estimate less kernel"))
            .counting("pairs");
    double sd = summary.predicted();
    return sd > 0
        ? chart.law(
            "Gaussian, predicted size",
            e -> Math.exp(-0.5 * e * e / (sd * sd)) / (sd * Math.sqrt(2 * Math.PI)))
        : chart;
  }

  private Table otherSizes(KernelErrorSummary summary, String kind) {
    int bytes =
        input.settled().specification().precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    Table table = Table.of("k", kind + "error, predicted", "bytes a row", "all rows");
    int[] ladder =
        IntStream.concat(
                IntStream.of(256, 512, 1024, 2048, 4096, 8192, 16_384), IntStream.of(map.k()))
            .sorted()
            .distinct()
            .toArray();
    for (int k : ladder) {
      Object[] cells = {
        k,
        Quantity.of(summary.predicted() * Math.sqrt((double) map.k() / k)),
        (long) k * bytes,
        Quantity.bytes((long) k * bytes * counts.accepted())
      };
      table = k == map.k() ? table.chosen(cells) : table.row(cells);
    }
    return table;
  }
}
