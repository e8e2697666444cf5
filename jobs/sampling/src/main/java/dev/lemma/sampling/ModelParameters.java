// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Nearest;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.glm.Likelihood;
import dev.lemma.math.sampling.glm.Prior;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parameters of a model and their priors, in the order in which draws hold them.
 *
 * @param names of the parameters
 * @param priors of the parameters
 */
record ModelParameters(List<String> names, List<Prior> priors) {
  static final String INTERCEPT = "intercept";
  static final String SIGMA = "sigma";
  private static final Set<String> TAKEN =
      Set.of(DrawsTable.CHAIN, DrawsTable.ITERATION, DrawTables.LOG_DENSITY);

  /** Takes copies. */
  ModelParameters {
    names = List.copyOf(names);
    priors = List.copyOf(priors);
  }

  /**
   * The parameters of a model.
   *
   * @param features names of the features
   * @param classes K of a softmax model
   * @throws LemmaException with code 3 if names clash, or a prior is of a parameter that there is
   *     not
   */
  static ModelParameters of(PosteriorConfig config, List<String> features, int classes) {
    List<String> row = new ArrayList<>();
    if (config.intercept()) {
      row.add(INTERCEPT);
    }
    row.addAll(features);
    List<String> names = new ArrayList<>();
    if (config.family() == Likelihood.SOFTMAX) {
      for (int k = 1; k < classes; k++) {
        for (String name : row) {
          names.add(k + ":" + name);
        }
      }
    } else {
      names.addAll(row);
    }
    if (config.family() == Likelihood.LINEAR) {
      names.add(SIGMA);
    }
    requireDistinct(names);
    requireKnown(config, names);
    List<Prior> priors = new ArrayList<>();
    for (String name : names) {
      priors.add(prior(config, name));
    }
    return new ModelParameters(names, priors);
  }

  private static Prior prior(PosteriorConfig config, String name) {
    Prior usual = config.prior().coefficients();
    if (name.equals(SIGMA) && config.family() == Likelihood.LINEAR) {
      usual = config.prior().sigma();
    } else if (config.intercept() && (name.equals(INTERCEPT) || name.endsWith(":" + INTERCEPT))) {
      usual = config.prior().intercept().orElse(usual);
    }
    return config.prior().of().getOrDefault(name, usual);
  }

  private static void requireDistinct(List<String> names) {
    Set<String> seen = new HashSet<>(TAKEN);
    for (String name : names) {
      if (!seen.add(name)) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                "columns.features",
                "a feature is called " + name + ", as something else among the draws is",
                "rename the column where the input is written"));
      }
    }
  }

  private static void requireKnown(PosteriorConfig config, List<String> names) {
    List<Problem> problems = new ArrayList<>();
    config.prior().of().keySet().stream()
        .sorted()
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                problems.add(
                    new Problem(
                        "prior.of",
                        "no parameter has this name",
                        name,
                        "one of " + shown(names),
                        Nearest.of(name, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse(""))));
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
  }

  /** The first few names. */
  static String shown(List<String> names) {
    int most = 8;
    String first = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() <= most ? first : first + " and " + (names.size() - most) + " more";
  }
}
