// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How sound the equations of a closed form were.
 *
 * @param features d
 * @param rank the number of linearly independent features used
 * @param condition the condition number, at least 1, of the matrix solved with, its features in
 *     units of their deviation within the classes: the ratio of the extreme eigenvalues, or the
 *     estimate of {@link dev.lemma.math.linalg.Cholesky#conditionEstimate} where no
 *     eigendecomposition was made
 * @param findings features with faults, ascending
 * @param absentClasses classes without weight, ascending: never predicted
 * @param singleRowClasses classes with one row, which say nothing about spread, ascending
 */
public record Diagnosis(
    int features,
    int rank,
    double condition,
    List<ColumnFinding> findings,
    List<Integer> absentClasses,
    List<Integer> singleRowClasses) {
  /** Copies the lists. */
  public Diagnosis {
    findings = List.copyOf(findings);
    absentClasses = List.copyOf(absentClasses);
    singleRowClasses = List.copyOf(singleRowClasses);
  }

  /** Whether some feature separates classes perfectly. */
  public boolean separated() {
    return !columns(ColumnFault.SEPARATING).isEmpty();
  }

  /** The same with these features found to separate classes, whatever else they are. */
  Diagnosis withSeparating(int[] columns) {
    List<ColumnFinding> all = new ArrayList<>(findings);
    for (int j : columns) {
      if (all.stream().noneMatch(f -> f.column() == j && f.fault() == ColumnFault.SEPARATING)) {
        all.add(new ColumnFinding(j, ColumnFault.SEPARATING, List.of()));
      }
    }
    all.sort(Comparator.comparingInt(ColumnFinding::column));
    return new Diagnosis(features, rank, condition, all, absentClasses, singleRowClasses);
  }

  /** The features with a fault, ascending. */
  public List<Integer> columns(ColumnFault fault) {
    return findings.stream()
        .filter(finding -> finding.fault() == fault)
        .map(ColumnFinding::column)
        .toList();
  }
}
