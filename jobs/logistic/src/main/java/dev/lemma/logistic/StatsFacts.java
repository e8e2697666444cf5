// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.NativeGram;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Kernel;
import java.util.ArrayList;
import java.util.List;

/** The derived numbers of a scan for statistics: for the dry run, the manifest and the report. */
final class StatsFacts {
  private StatsFacts() {}

  /** The section of a report on how a run was set up. */
  static void show(Run run, List<Fact> facts) {
    Page page = run.report();
    page.section("Run", "");
    for (Fact fact : facts) {
      page.fact(fact.name(), fact.value(), fact.why());
    }
  }

  static List<Fact> of(StatsConfig config, LabelledRows rows) {
    StatisticsSize size = size(config, rows);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", rows.rows().schema().simpleString(), ""));
    facts.add(
        new Fact(
            "features",
            "d = " + rows.d() + " of " + String.join(", ", rows.features().columns()),
            "feature hash " + FeatureNames.hash(rows.featureNames())));
    facts.add(
        new Fact(
            "folds",
            Integer.toString(config.folds()),
            config.folds() == 1
                ? "a single one: no cross-validation from these statistics"
                : "by a hash of "
                    + config
                        .columns()
                        .id()
                        .map(id -> "column " + id)
                        .orElse("features and label")));
    facts.add(
        new Fact(
            "scatter",
            "of its own for each of up to " + size.mostPerClass() + " classes, then pooled",
            "K F d (d + 1) / 2 doubles: "
                + ByteSize.describe(size.scatterBytes())
                + " a class, memory = "
                + config.memory()));
    facts.add(
        new Fact(
            "statistics",
            ByteSize.describe(size.bytes(2, size.layoutFor(2))) + " for 2 classes",
            "of each value of the keys, before compression; a task holds one, and two to merge"));
    facts.add(
        new Fact(
            "classes", "at most " + size.mostClasses(), "means and third sums have to fit too"));
    facts.add(kernel(config.run().kernel()));
    facts.add(new Fact("passes", "1", "every record is read once"));
    facts.add(
        config.run().kernel() == Kernel.EXACT
            ? new Fact(
                "shuffles",
                "1 of the data",
                "rows go to the leaves of the exact sum; then statistics are merged by a tree")
            : new Fact("shuffles", "0 of the data", "statistics alone are merged by a tree"));
    return facts;
  }

  /** How large the statistics get. */
  static StatisticsSize size(StatsConfig config, LabelledRows rows) {
    return new StatisticsSize(rows.d(), config.folds(), config.memory().bytes());
  }

  static Fact kernel(Kernel kernel) {
    return kernel == Kernel.EXACT
        ? new Fact("kernel", "exact", "bits = any: equal on every cluster")
        : new Fact(
            "kernel",
            "fast",
            NativeGram.ofMachine()
                    .map(blas -> "native BLAS on this machine")
                    .orElse("own loops, for want of a native BLAS on this machine")
                + "; bits = layout: the last bits depend on machine and splits");
  }
}
