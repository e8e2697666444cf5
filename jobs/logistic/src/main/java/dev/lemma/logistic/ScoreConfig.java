// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Configuration of the job {@code logistic-score}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the result goes
 * @param model an earlier output with a model
 * @param priors shares of the classes among the rows to score
 * @param probability form of the probabilities
 * @param falsePositiveCost cost of taking a row of class 0 for one of class 1
 * @param falseNegativeCost cost of taking a row of class 1 for one of class 0
 * @param reliabilityBins parts of the reliability table
 * @param maxLogLoss the gate
 * @param run what all jobs have
 */
public record ScoreConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Key(doc = "output.path of an earlier run that stored a model") String model,
    @Key(
            doc =
                "Shares of the classes where the rows come from, one for each class by name, such"
                    + " as { no = 0.97, yes = 0.03 }; their scale does not matter; empty: those"
                    + " that the model is for",
            fallback = "{}")
        Map<String, Double> priors,
    @Key(
            doc =
                "array: the probabilities in the order of the model's classes; map: by the name of"
                    + " the class",
            fallback = "array")
        ProbabilityForm probability,
    @Key(
            doc =
                "Cost of taking a row of the model's first class for one of its second, in the"
                    + " table of thresholds (two classes)",
            fallback = "1",
            effect = Effect.OPERATION)
        double falsePositiveCost,
    @Key(
            doc = "Cost of taking a row of the second class for one of the first",
            fallback = "1",
            effect = Effect.OPERATION)
        double falseNegativeCost,
    @Key(
            doc = "Parts of equal weight that the reliability table has",
            fallback = "20",
            effect = Effect.OPERATION)
        int reliabilityBins,
    @Key(
            doc =
                "Gate: largest mean log-loss on the labelled rows; above it the run ends with code"
                    + " 5 and publishes nothing; unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble maxLogLoss,
    @Inline RunConfig run)
    implements Checked {
  /** How probabilities are written. */
  public enum ProbabilityForm {
    /** In the order of the classes. */
    ARRAY,
    /** By the name of the class. */
    MAP
  }

  /** Checks the range of each component. */
  public ScoreConfig {
    priors = Map.copyOf(priors);
    if (model.isBlank()) {
      throw new IllegalArgumentException("model must name a folder, found an empty text");
    }
    if (!isCost(falsePositiveCost) || !isCost(falseNegativeCost)) {
      throw new IllegalArgumentException("costs must be finite and at least 0");
    }
    if (reliabilityBins < 1) {
      throw new IllegalArgumentException(
          "reliability-bins must be at least 1, found " + reliabilityBins);
    }
    if (!(maxLogLoss.orElse(1) > 0)) {
      throw new IllegalArgumentException(
          "max-log-loss must be above 0, found " + maxLogLoss.getAsDouble());
    }
  }

  private static boolean isCost(double cost) {
    return cost >= 0 && cost <= Double.MAX_VALUE;
  }

  /** Whether rows may have labels to be compared with. */
  boolean evaluates() {
    return columns.label().isPresent();
  }

  @Override
  public void check(Findings findings) {
    priors.forEach(
        (name, share) -> {
          if (!isCost(share)) {
            findings.add("priors." + name, "a share must be finite and at least 0", "correct it");
          }
        });
    if (!priors.isEmpty() && priors.values().stream().noneMatch(share -> share > 0)) {
      findings.add("priors", "all shares are 0", "give a class a share, or leave priors out");
    }
    if (maxLogLoss.isPresent() && !evaluates()) {
      findings.add(
          "columns.label", "the gate max-log-loss has nothing to judge", "name the label column");
    }
  }
}
