// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What statistics must agree in before they can be added up.
 *
 * @param version of the table's schema
 * @param folds F
 * @param featureNames the features in order
 * @param weights what weights mean
 */
public record StatisticsHeader(
    int version, int folds, List<String> featureNames, WeightMeaning weights) {
  /** The schema version that this release writes and reads. */
  public static final int VERSION = 2;

  /** Takes a copy. */
  public StatisticsHeader {
    featureNames = List.copyOf(featureNames);
  }

  /** The header of statistics made now. */
  static StatisticsHeader of(LabelledRows rows, int folds) {
    return new StatisticsHeader(VERSION, folds, rows.featureNames(), rows.weights());
  }

  /** Hash of the feature names and their order, 16 hexadecimal digits. */
  public String featureHash() {
    return FeatureNames.hash(featureNames);
  }

  /** Number of features, d. */
  public int features() {
    return featureNames.size();
  }

  /**
   * What keeps other statistics from being added to these, empty when nothing does.
   *
   * @param where the place that the others came from
   */
  List<Problem> differences(StatisticsHeader other, String where) {
    List<Problem> problems = new ArrayList<>();
    if (other.folds != folds) {
      problems.add(
          new Problem(
              where,
              "statistics of different numbers of folds do not add up",
              "folds = " + other.folds,
              "folds = " + folds,
              "make them again with the same folds"));
    }
    if (!other.featureHash().equals(featureHash())) {
      problems.add(
          new Problem(
              where,
              "statistics of different features do not add up",
              other.features() + " features, hash " + other.featureHash(),
              features() + " features, hash " + featureHash(),
              "make them again from the same columns in the same order"));
    }
    if (other.weights != weights) {
      problems.add(
          new Problem(
              where,
              "statistics of different weights do not add up",
              "weights = " + other.weights.key(),
              "weights = " + weights.key(),
              "make them again with the same weights"));
    }
    return problems;
  }
}
