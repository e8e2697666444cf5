// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A page like that of a projection, with made-up numbers. Tests check it; run {@link #main} with a
 * file name to look at it in a browser.
 */
final class DemoPage {
  private static final int PAIRS = 20_000;

  private DemoPage() {}

  /** Writes the page to the file named by the only argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), page().html());
  }

  static Page page() {
    return Page.titled(
            "Random projection",
            "117,659 glosses of WordNet 3.1, words and pairs of words, to 334 dimensions")
        .warnings(
            List.of(
                "12 rows have no words at all; they became the zero vector.",
                "Tf-idf weights were fitted on this run; reuse the stored table for later ones."))
        .headline(Quantity.count(334), "dimensions", "from an open feature space")
        .headline(Quantity.percent(0.991), "of pairs within 20 %", "the law promises 99 %")
        .headline(Quantity.bytes(157_192_424), "written", "26 MB of text read")
        .headline(Quantity.seconds(14.2), "run time", "8,286 rows a second")
        .section(
            "Distortion",
            "How far the squared distance between two rows moved, measured on 20,000 pairs drawn at"
                + " random. A ratio of one means that the projection kept the distance exactly.")
        .figure(
            distances(),
            "Blue bars kept their squared distance within 20 %; orange ones did not (0.9 % of the"
                + " pairs). The line is the chi-square law with 334 degrees of freedom, which the"
                + " guarantee rests on.")
        .section("Choice of the dimension", "What other numbers of dimensions would have given.")
        .figure(
            failure(),
            "The exact law, beside the classic bounds that are often quoted; both axes are"
                + " logarithmic.")
        .table(costs())
        .section("Size", "")
        .figure(sizes(), "On disk, zstd-compressed Parquet in both cases.")
        .section("Agreement of replicas", "")
        .figure(cloud(), "One dot a pair; the diagonal would be a perfect projection.")
        .figure(replicas(), "Mean ratio with its 95 % interval, for five seeds.")
        .section("Run", "")
        .fact("family", "sparse-sign", "the number of features is not known in advance")
        .fact("guarantee", "share = 0.99, eps = 0.2", "default")
        .fact("k", "334", "smallest k with P(|ratio − 1| > 0.2) ≤ 0.01 under the chi-square law")
        .fact("kernel", "exact", "bits = any: equal on every cluster")
        .fact("seed", "0", "")
        .fact("passes over the input", "1", "no shuffle")
        .footer("lemma 0.1.0-SNAPSHOT, Spark 4.1.0, Java 17 · run 20260101-000000-demo");
  }

  static Histogram distances() {
    Random random = new Random(7);
    double[] ratios = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      double sum = 0;
      for (int j = 0; j < 334; j++) {
        double g = random.nextGaussian();
        sum += g * g;
      }
      ratios[i] = sum / 334;
    }
    return Histogram.of("Squared distance after / before", ratios, 0.7, 1.3, 60)
        .x(Axis.linear("ratio of squared distances"))
        .counting("pairs")
        .law("chi-square law, k = 334", chiSquareMean(334))
        .marker(0.8, "1 − ε")
        .marker(1.2, "1 + ε")
        .inside(0.8, 1.2);
  }

  static LineChart failure() {
    double[] k =
        IntStream.rangeClosed(0, 60).mapToDouble(i -> 10 * Math.pow(200, i / 60.0)).toArray();
    double[] exact = new double[k.length];
    double[] chernoff = new double[k.length];
    double[] frankl = new double[k.length];
    for (int i = 0; i < k.length; i++) {
      exact[i] = Math.min(1, 0.9 * Math.exp(-k[i] * 0.0135));
      chernoff[i] = Math.min(1, 2 * Math.exp(-k[i] / 4 * (0.04 - 0.008)));
      frankl[i] = Math.min(1, 2 * Math.exp(-k[i] * 0.0105));
    }
    return LineChart.of(
            "Probability that a pair moves by more than 20 %",
            Axis.log("dimensions k"), Axis.log("failure probability"))
        .line("exact law", k, exact)
        .dashed("Chernoff bound", k, frankl)
        .dashed("Dasgupta–Gupta", k, chernoff)
        .horizontal(0.01, "δ = 1 %")
        .spot(334, 0.0099, "k = 334");
  }

  static Table costs() {
    return Table.of("k", "ε at 99 % of pairs", "bytes a row", "all rows", "relative time")
        .row(64, Quantity.percent(0.47), 256, Quantity.bytes(30_120_704), Quantity.of(0.41))
        .row(128, Quantity.percent(0.328), 512, Quantity.bytes(60_241_408), Quantity.of(0.55))
        .chosen(334, Quantity.percent(0.2), 1336, Quantity.bytes(157_192_424), Quantity.of(1))
        .row(1024, Quantity.percent(0.114), 4096, Quantity.bytes(481_931_264), Quantity.of(2.7))
        .row(1335, Quantity.percent(0.1), 5340, Quantity.bytes(628_299_060), Quantity.of(3.4));
  }

  static BarChart sizes() {
    return BarChart.of("Size before and after")
        .reference("dense, all features", Quantity.bytes(4_120_000_000L))
        .reference("sparse, as read", Quantity.bytes(318_000_000))
        .bar("projected", Quantity.bytes(157_192_424));
  }

  static LineChart cloud() {
    Random random = new Random(3);
    double[] before = new double[400];
    double[] after = new double[400];
    for (int i = 0; i < before.length; i++) {
      before[i] = 1 + Math.abs(random.nextGaussian()) * 12;
      after[i] = before[i] * (1 + random.nextGaussian() * 0.04);
    }
    return LineChart.of(
            "Distances of pairs",
            Axis.linear("distance before").from(0),
            Axis.linear("distance after").from(0))
        .points("pairs", before, after)
        .dashed("unchanged", new double[] {0, 50}, new double[] {0, 50});
  }

  static IntervalChart replicas() {
    IntervalChart chart =
        IntervalChart.of("Mean ratio by seed", Axis.linear("mean ratio of squared distances"));
    for (int seed = 0; seed < 5; seed++) {
      double mean = 1 + 0.0011 * (seed - 2) * (seed % 2 == 0 ? 1 : -1);
      chart = chart.interval("seed " + seed, mean - 0.0022, mean, mean + 0.0022);
    }
    return chart.marker(1, "unbiased");
  }

  /** The density of a chi-square variable divided by its degrees of freedom (an even number). */
  static DoubleUnaryOperator chiSquareMean(int degrees) {
    double logGamma = 0;
    for (int i = 2; i < degrees / 2; i++) {
      logGamma += Math.log(i);
    }
    double constant = Math.log(degrees) - degrees / 2.0 * Math.log(2) - logGamma;
    return x -> Math.exp(constant + (degrees / 2.0 - 1) * Math.log(degrees * x) - degrees * x / 2);
  }
}
