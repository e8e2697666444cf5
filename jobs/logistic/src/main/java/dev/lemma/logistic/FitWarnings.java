// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ColumnFault;
import dev.lemma.math.logistic.ColumnFinding;
import dev.lemma.math.logistic.Diagnosis;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.ScatterLayout;
import java.util.List;

/** What a user should know of the data that a model was made from, by name. */
final class FitWarnings {
  private static final int LISTED = 8;

  private FitWarnings() {}

  static void tell(Run run, FitOutcome outcome) {
    ModelSpecification specification = outcome.fit().specification();
    Diagnosis diagnosis = outcome.fit().summary().diagnosis();
    for (ColumnFault fault : ColumnFault.values()) {
      List<String> names =
          diagnosis.findings().stream()
              .filter(finding -> finding.fault() == fault)
              .map(finding -> name(finding, specification.features()))
              .toList();
      if (!names.isEmpty()) {
        run.warn(text(fault, names.size()) + ": " + listed(names));
      }
    }
    classes(run, "no rows: never predicted", diagnosis.absentClasses(), specification);
    classes(
        run,
        "a single row, which says nothing of their spread",
        diagnosis.singleRowClasses(),
        specification);
    outcome.statistics().ifPresent(statistics -> moments(run, statistics));
    outcome.ladder().map(LadderResult::notes).orElse(List.of()).forEach(run::warn);
  }

  private static void moments(Run run, Statistics statistics) {
    ClassMoments total = statistics.total();
    if (total.rows() < total.features()) {
      run.warn(
          total.rows()
              + " rows for "
              + total.features()
              + " features: the covariance is singular, and shrinking alone makes a model");
    }
    folds(run, statistics.moments());
    if (total.layout() == ScatterLayout.POOLED) {
      run.warn(
          "the classes share one scatter matrix for want of memory: balanced and moment-matched"
              + " models need one for each");
    }
  }

  private static String name(ColumnFinding finding, List<String> features) {
    String name = features.get(finding.column());
    if (finding.others().isEmpty()) {
      return name;
    }
    List<String> others = finding.others().stream().map(features::get).toList();
    return name + " (with " + listed(others) + ")";
  }

  private static String text(ColumnFault fault, int count) {
    String columns = count == 1 ? "1 feature " : count + " features ";
    return switch (fault) {
      case UNKNOWN ->
          columns
              + (count == 1 ? "has" : "have")
              + " no moments (newer than the statistics, or squares beyond the range of numbers),"
              + " left out";
      case CONSTANT -> columns + (count == 1 ? "is" : "are") + " constant, left out";
      case DEPENDENT ->
          columns
              + (count == 1 ? "follows" : "follow")
              + " from others, left out of the closed form";
      case SEPARATING ->
          columns
              + (count == 1 ? "separates classes" : "alone or together separate classes")
              + " perfectly, the maximum of the likelihood is at infinity";
    };
  }

  private static void classes(
      Run run, String what, List<Integer> numbers, ModelSpecification specification) {
    if (!numbers.isEmpty()) {
      List<String> names = numbers.stream().map(specification.classes()::get).toList();
      run.warn(
          names.size()
              + (names.size() == 1 ? " class has " : " classes have ")
              + what
              + ": "
              + listed(names));
    }
  }

  private static void folds(Run run, FoldMoments moments) {
    long empty = moments.folds().stream().filter(fold -> fold.rows() == 0).count();
    if (empty > 0) {
      run.warn(
          empty
              + " of "
              + moments.count()
              + " folds hold no rows: there are too few rows, or too few different ids");
    }
  }

  private static String listed(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
        + (names.size() > LISTED ? ", ..." : "");
  }
}
