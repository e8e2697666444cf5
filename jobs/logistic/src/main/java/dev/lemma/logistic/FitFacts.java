// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.Fact;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.MatrixFree;
import java.util.ArrayList;
import java.util.List;

/** The derived numbers of a fit: for the dry run and the report. */
final class FitFacts {
  /** Models that the second pass compares, at most. */
  private static final int CANDIDATES = 16;

  private FitFacts() {}

  static List<Fact> of(FitConfig config, FitInput input) {
    StatisticsHeader header = input.header();
    StatisticsSize size = input.size();
    int d = header.features();
    List<Fact> facts = new ArrayList<>();
    input
        .table()
        .ifPresent(
            table ->
                facts.add(
                    new Fact(
                        "statistics",
                        table.where(),
                        "feature hash "
                            + header.featureHash()
                            + ", weights = "
                            + header.weights().key())));
    input
        .rows()
        .ifPresent(rows -> facts.add(new Fact("input", rows.rows().schema().simpleString(), "")));
    facts.add(new Fact("features", "d = " + d, "feature hash " + header.featureHash()));
    facts.add(Fact.of("folds", header.folds()));
    if (input.route() == FitRoute.VARIANCES) {
      facts.add(
          new Fact(
              "scatter",
              "none",
              "means and variances alone: "
                  + ByteSize.describe(DiagonalPass.bytes(1, 1, d))
                  + " a class; a matrix would take "
                  + ByteSize.describe(size.scatterBytes())));
      facts.add(new Fact("passes", "1", "every record is read once"));
      facts.add(StatsFacts.kernel(config.run().kernel()));
      return facts;
    }
    if (input.route() == FitRoute.PRODUCTS) {
      facts.addAll(products(config, header));
      return facts;
    }
    facts.add(
        new Fact(
            "scatter",
            "of its own for each of up to " + size.mostPerClass() + " classes, then pooled",
            ByteSize.describe(size.scatterBytes()) + " a class, memory = " + config.memory()));
    facts.add(passes(config, input));
    facts.add(
        new Fact(
            "flops",
            String.format(java.util.Locale.ROOT, "%.3g a row", flops(config, d)),
            "two classes, dense rows"));
    if (config.rung() != Passes.ONE && config.rung() != Passes.MLE) {
      facts.add(
          new Fact(
              "models shipped",
              ByteSize.describe((double) CANDIDATES * header.folds() * (d + 1) * Double.BYTES),
              "at most "
                  + CANDIDATES
                  + " candidates in "
                  + header.folds()
                  + " folds, two classes; K times as much for K classes"));
    }
    if (input.rows().isPresent()) {
      facts.add(StatsFacts.kernel(config.run().kernel()));
      facts.add(
          config.run().kernel() == Kernel.EXACT
              ? new Fact(
                  "shuffles",
                  "1 of the data",
                  "rows go to the leaves of the exact sum and are kept there for later passes")
              : new Fact("shuffles", "0 of the data", "sums alone are merged by a tree"));
    } else {
      facts.add(new Fact("bits", "any", "equal statistics give equal models"));
    }
    return facts;
  }

  private static List<Fact> products(FitConfig config, StatisticsHeader header) {
    int d = header.features();
    int folds = header.folds();
    return List.of(
        new Fact(
            "scatter",
            "none",
            "means and variances, "
                + ByteSize.describe(DiagonalPass.bytes(1, folds, d))
                + " a class, and products with the covariance"),
        new Fact(
            "passes",
            "at most " + (config.iterations() + (folds > 1 ? 2 : 1)),
            "moments, at most "
                + config.iterations()
                + " steps to a residual of "
                + config.residual()
                + (folds > 1 ? ", scores of rows left out" : "; folds = 1: not calibrated")),
        new Fact(
            "directions shipped",
            ByteSize.describe(MatrixFree.bytes(d, 2, folds)),
            "a pass, and as much returned by a task; two classes, K - 1 times as much for K"),
        StatsFacts.kernel(config.run().kernel()));
  }

  private static Fact passes(FitConfig config, FitInput input) {
    String stored = input.table().isPresent() ? ", the first of them made already" : "";
    return switch (config.rung()) {
      case ONE ->
          new Fact("passes", "1" + stored, "statistics, and a model that follows from them");
      case TWO -> new Fact("passes", "2" + stored, "and scores of candidates on rows left out");
      case THREE -> new Fact("passes", "3" + stored, "and derivatives for a Newton step");
      case FOUR -> new Fact("passes", "4" + stored, "and a second step, both measured");
      case MLE ->
          new Fact(
              "passes",
              "as many as the likelihood takes" + stored,
              "until the Newton decrement is below " + config.tolerance() + " per unit of weight");
    };
  }

  /** Of all passes of the rung but mle, which is told for one step. */
  private static double flops(FitConfig config, double d) {
    double gram = d * d;
    return switch (config.rung()) {
      case ONE -> gram;
      case TWO -> gram + 2 * CANDIDATES * d;
      case THREE, MLE -> 2 * gram + 2 * CANDIDATES * d;
      case FOUR -> 3 * gram + 2 * CANDIDATES * d;
    };
  }
}
