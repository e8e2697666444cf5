// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.LinearModel;
import java.util.Arrays;
import java.util.List;

/**
 * All that decides how a row is scored. Its JSON form is the model file, written to be read by eye.
 *
 * @param classes what the K classes are called, K at least 2; a class is its canonical string
 * @param features what the d features are called, in order
 * @param priors shares of the classes in the population that the probabilities are for, K numbers,
 *     at least 0 and not all 0; their scale does not matter
 * @param model intercepts and coefficients, in the units of the rows
 */
public record ModelSpecification(
    List<String> classes, List<String> features, List<Double> priors, LinearModel model) {
  /** The version of the JSON form that this release writes and reads. */
  public static final int VERSION = 1;

  /** Checks that all is of the same K and d. */
  public ModelSpecification {
    classes = List.copyOf(classes);
    features = List.copyOf(features);
    priors = List.copyOf(priors);
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "a model needs at least 2 classes, found " + classes.size());
    }
    if (classes.stream().distinct().count() < classes.size()) {
      throw new IllegalArgumentException("two classes have the same name");
    }
    if (priors.size() != classes.size()
        || !priors.stream().allMatch(prior -> prior >= 0 && prior <= Double.MAX_VALUE)
        || priors.stream().noneMatch(prior -> prior > 0)) {
      throw new IllegalArgumentException(
          "a model needs a prior for each of its "
              + classes.size()
              + " classes: finite, at least 0, not all 0");
    }
    if (model.classes() != classes.size() || model.features() != features.size()) {
      throw new IllegalArgumentException(
          "a model of "
              + classes.size()
              + " classes and "
              + features.size()
              + " features has the coefficients of "
              + model.classes()
              + " and "
              + model.features());
    }
  }

  /**
   * The model for a population in which the classes are mixed otherwise: intercepts move, slopes
   * stay.
   *
   * @param shares K numbers as {@link #priors}
   * @throws IllegalArgumentException if they are not, or a class without a prior gets one
   */
  public ModelSpecification withPriors(double[] shares) {
    double[] from = priors.stream().mapToDouble(Double::doubleValue).toArray();
    for (int k = 0; k < Math.min(shares.length, from.length); k++) {
      if (shares[k] > 0 && from[k] == 0) {
        throw new IllegalArgumentException(
            "class " + k + " of the model had no rows and cannot have a share, found one");
      }
    }
    return new ModelSpecification(
        classes, features, Arrays.stream(shares).boxed().toList(), model.withPriors(from, shares));
  }

  /** Hash of the feature names and their order, 16 hexadecimal digits. */
  public String featureHash() {
    return FeatureNames.hash(features);
  }
}
