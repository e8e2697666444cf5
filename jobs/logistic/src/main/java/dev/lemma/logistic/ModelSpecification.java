// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.LinearModel;
import java.util.List;

/**
 * All that decides how a row is scored. Its JSON form is the model file, written to be read by eye.
 *
 * @param classes what the K classes are called, K at least 2; a class is its canonical string
 * @param features what the d features are called, in order
 * @param model intercepts and coefficients, in the units of the rows
 */
public record ModelSpecification(List<String> classes, List<String> features, LinearModel model) {
  /** The version of the JSON form that this release writes and reads. */
  public static final int VERSION = 1;

  /** Checks that all is of the same K and d. */
  public ModelSpecification {
    classes = List.copyOf(classes);
    features = List.copyOf(features);
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "a model needs at least 2 classes, found " + classes.size());
    }
    if (classes.stream().distinct().count() < classes.size()) {
      throw new IllegalArgumentException("two classes have the same name");
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

  /** Hash of the feature names and their order, 16 hexadecimal digits. */
  public String featureHash() {
    return FeatureNames.hash(features);
  }
}
