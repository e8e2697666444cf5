// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a fit says of itself; stored with the model.
 *
 * @param method what was computed, in a few words
 * @param passes how many times the rows were read
 * @param counts the rows of each class, by number
 * @param rho share by which the covariance was shrunk; empty where none was
 * @param errorKind where standard errors come from: {@code closed-form}, {@code sandwich}, {@code
 *     fisher}, or {@code none}
 * @param reference the class that coefficients are log odds against; empty: for two classes class
 *     0, for more none, coefficients being scores in the sum-to-zero gauge
 * @param coefficients estimates by class: for two classes the logit of class 1 against class 0,
 *     under 1; for more those of each class with rows, less the reference. Empty where there are no
 *     errors
 * @param diagnosis how sound the equations were, and what is wrong with which feature
 * @param gains what each pass bought
 * @param certificate distance to the maximum of the likelihood, where Newton steps were made
 */
public record FitSummary(
    String method,
    int passes,
    List<ClassCount> counts,
    OptionalDouble rho,
    String errorKind,
    OptionalInt reference,
    SortedMap<Integer, CoefficientErrors> coefficients,
    Diagnosis diagnosis,
    List<PassGain> gains,
    Optional<Certificate> certificate) {
  /**
   * The rows of a class.
   *
   * @param rows their number
   * @param weight the sum of their weights
   */
  public record ClassCount(long rows, double weight) {}

  /** Takes copies. */
  public FitSummary {
    counts = List.copyOf(counts);
    coefficients = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(coefficients));
    gains = List.copyOf(gains);
  }

  /** Number of rows. */
  public long rows() {
    return counts.stream().mapToLong(ClassCount::rows).sum();
  }
}
