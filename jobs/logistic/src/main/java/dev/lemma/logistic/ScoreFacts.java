// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.Fact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The derived numbers of a scoring run: for the dry run and the report. */
final class ScoreFacts {
  private ScoreFacts() {}

  static List<Fact> of(ScoreConfig config, ScoreInput input) {
    ModelSpecification specification = input.specification();
    int k = specification.classes().size();
    int d = specification.features().size();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", input.rows().schema().simpleString(), ""));
    facts.add(
        new Fact(
            "model",
            k + " classes, " + d + " features",
            ByteSize.describe((double) k * (d + 1) * Double.BYTES)
                + " to every executor, feature hash "
                + specification.featureHash()));
    facts.add(
        new Fact(
            "features",
            "d = " + d + " of " + shown(input.features().columns()),
            "in the order of the model"));
    facts.add(
        new Fact(
            "priors",
            config.priors().isEmpty() ? "those of the model" : "corrected",
            "slopes stay, intercepts move"));
    facts.add(
        new Fact(
            "flops",
            (k == 2 ? 2L * d : 2L * k * d) + " a row",
            k == 2 ? "one logit" : "one score for each class"));
    facts.add(
        config.evaluates()
            ? new Fact(
                "evaluation",
                "by column " + config.columns().label().orElseThrow(),
                Scoring.fitsTheDriver(input)
                    ? "in the pass that scores"
                    : "in a pass of its own: the states of so many classes and tasks would be too"
                        + " much for the driver")
            : new Fact("evaluation", "none", "no columns.label"));
    facts.add(
        new Fact(
            "passes",
            config.evaluates() && !Scoring.fitsTheDriver(input) ? "2" : "1",
            "every record is read once a pass"));
    facts.add(new Fact("shuffles", "0 of the data", "rows are scored where they lie"));
    facts.add(
        new Fact(
            "kernel",
            "exact",
            "bits = any: a row's scores depend on the row and the model alone, and the evaluation"
                + " on the set of rows"));
    return facts;
  }

  private static String shown(List<String> names) {
    int most = 8;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  /** Equal for models that score alike. */
  static String hash(ModelSpecification specification) {
    byte[] json = SpecificationJson.write(specification).getBytes(StandardCharsets.UTF_8);
    return String.format("%016x", dev.lemma.math.text.XxHash64.hash(json, 0, json.length, 0));
  }
}
