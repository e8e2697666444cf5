// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.Fact;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.sampling.glm.Likelihood;
import dev.lemma.math.sampling.glm.Surrogate;
import java.util.ArrayList;
import java.util.List;

/** What a dry run tells. */
final class PosteriorFacts {
  private PosteriorFacts() {}

  static List<Fact> of(PosteriorConfig config, ModelRows rows) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "features",
            "d = " + rows.d() + " of " + String.join(", ", rows.features().columns()),
            config.intercept() ? "and an intercept" : "and no intercept"));
    facts.add(
        new Fact(
            "likelihood", config.likelihood().text(), "labels are " + config.family().labels()));
    if (config.isMixture()) {
      facts.add(new Fact("method", Method.GIBBS.key(), "components of rows, then parameters"));
      facts.add(
          new Fact("passes", Long.toString(2L + config.warmup() + config.draws()), "one a step"));
      return facts;
    }
    facts.add(method(config));
    if (config.family() == Likelihood.LINEAR) {
      facts.add(new Fact("passes", "1", "sufficient statistics; draws ask no row"));
    } else if (config.method() != Method.AUTO
        && config.method() != Method.INDEPENDENCE
        && config.method() != Method.CONSENSUS) {
      long expansion = expansion(config, rows);
      facts.add(
          new Fact(
              "passes",
              "about " + (10L + expansion + config.warmup() + config.draws()),
              "one a step, and about 10 to find the mode"
                  + (expansion > 0 ? "; " + expansion + " for its third order" : "")));
    } else {
      facts.add(
          new Fact(
              "evaluations",
              Long.toString(IndependenceRun.proposals(config)),
              "chains x (draws + at most 20 to forget + the start); passes follow from the number"
                  + " of rows"));
    }
    facts.add(
        config.run().kernel() == Kernel.EXACT
            ? new Fact("shuffles", "1 of the data", "rows go to the leaves of the exact sum")
            : new Fact("shuffles", "0 of the data", "sums follow the partitions of the input"));
    return facts;
  }

  /** Passes for the surrogate, once the mode is found. */
  private static long expansion(PosteriorConfig config, ModelRows rows) {
    long parameters = DrawsRoom.parameters(config, rows.d());
    return config.method() == Method.DELAYED && parameters <= Surrogate.MOST_CUBIC
        ? 2 * parameters
        : 0;
  }

  /** Of a target of the user's own. */
  static List<Fact> ofOwn(PosteriorConfig config) {
    Fact likelihood =
        new Fact("likelihood", config.likelihood().text(), "a class on the class path");
    if (config.method() == Method.GIBBS) {
      return List.of(
          likelihood,
          new Fact("method", Method.GIBBS.key(), "each parameter in turn, by slices"),
          new Fact("evaluations", "about 5 a parameter, chain and iteration", "on the driver"));
    }
    return List.of(
        likelihood,
        new Fact(
            "method", Method.RANDOM_WALK.key(), "nothing is known of the class but its values"),
        new Fact(
            "evaluations",
            Long.toString(config.chains() * (1L + config.warmup() + config.draws())),
            "chains x (1 + warmup + draws), on the driver"));
  }

  private static Fact method(PosteriorConfig config) {
    return switch (config.method()) {
      case AUTO ->
          new Fact(
              "method",
              "independence",
              "proposals from the mode are evaluated in a few passes; random-walk follows if k-hat"
                  + " is above "
                  + config.limits().kHat());
      case INDEPENDENCE, RANDOM_WALK, DELAYED, GIBBS, CONSENSUS ->
          new Fact("method", config.method().key(), "as configured");
    };
  }
}
