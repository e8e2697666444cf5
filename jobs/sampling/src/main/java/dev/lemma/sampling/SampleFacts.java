// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Fact;
import java.util.ArrayList;
import java.util.List;

/** The derived numbers of a sample: for the dry run and the report. */
final class SampleFacts {
  private SampleFacts() {}

  static List<Fact> of(SampleConfig config, SampleInput input) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", input.rows().schema().simpleString(), ""));
    facts.add(method(config));
    facts.add(
        config
            .columns()
            .id()
            .map(id -> new Fact("row key", id, "ids must differ; those in the sample are checked"))
            .orElse(
                new Fact("row key", "all columns", "equal rows are numbered, and drawn singly")));
    facts.add(
        new Fact(
            "passes",
            config.isBernoulli() ? "2" : config.columns().weight().isPresent() ? "4" : "3",
            config.isBernoulli()
                ? "count the rows, which Parquet has noted; take them"
                : (config.columns().weight().isPresent() ? "check the weights, " : "")
                    + "count rows by rank, find the threshold, take the rows below it"));
    facts.add(
        config.columns().id().isPresent()
            ? new Fact("shuffles", "0 of the data", "counts alone travel")
            : new Fact(
                "shuffles", "1 of the data", "to number equal rows: name an id to spare it"));
    return facts;
  }

  private static Fact method(SampleConfig config) {
    if (config.isBernoulli()) {
      return new Fact(
          "sample",
          "each row with probability " + config.rate().getAsDouble(),
          "the sample of a higher rate holds that of a lower one");
    }
    String size =
        config.rows().isPresent()
            ? config.rows().getAsLong() + (config.strata().isEmpty() ? " rows" : " rows a stratum")
            : "by quotas";
    return new Fact(
        "sample",
        size + " without replacement",
        config.columns().weight().isPresent()
            ? "the next row is drawn with probability proportional to "
                + config.columns().weight().get()
            : "all sets of that size are equally likely; a larger sample holds a smaller one");
  }
}
