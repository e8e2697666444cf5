// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.projection.FamilyLaw;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The matrix that {@code project} would take with the keys of a plan, and what the law is worth for
 * its family.
 *
 * @param taken the matrix; empty where {@code project} would refuse
 * @param text the same for a terminal, in whole lines
 */
record PlanMatrix(Optional<ProjectionSpec> taken, String text) {
  /** q4 of a difference in two features, equally large. */
  private static final double TWO_FEATURES = 0.5;

  static PlanMatrix of(TargetConfig target) {
    try {
      Fitting fitting =
          Fitting.of(
              // No seed changes what is told here.
              Fitting.Wish.of(target, 0),
              target.d(),
              () -> target.rows().orElseThrow(),
              () -> {
                throw new IllegalStateException("a plan has no vocabulary to count");
              });
      return new PlanMatrix(Optional.of(fitting.matrix()), describe(target, fitting));
    } catch (LemmaException e) {
      return refused(e.problems().get(0).line());
    } catch (IllegalArgumentException e) {
      // The matrix cannot be held by this process.
      return refused(e.getMessage());
    }
  }

  private static PlanMatrix refused(String why) {
    return new PlanMatrix(Optional.empty(), "project refuses these keys: " + why + '\n');
  }

  private static String describe(TargetConfig target, Fitting fitting) {
    ProjectionSpec matrix = fitting.matrix();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"family", matrix.family().key(), why(target, matrix)});
    FamilyLaw law = FamilyLaw.of(matrix);
    rows.add(
        new String[] {
          "k",
          String.format(Locale.ROOT, "%,d", matrix.k()),
          switch (law.status()) {
            case GUARANTEE -> "the law is a guarantee for this family";
            case REFERENCE ->
                "the law is a reference for this family, no guarantee; project measures what it did";
          }
        });
    rows.add(deviation(matrix, law));
    rows.add(work(matrix));
    String note = fitting.note().isEmpty() ? "" : fitting.note() + '\n';
    return "The matrix that project takes\n" + PlanText.table(rows) + note;
  }

  private static String why(TargetConfig target, ProjectionSpec matrix) {
    return target.family() == FamilyChoice.AUTO && target.d().isEmpty()
        ? "for an open feature space; set d for a known width"
        : ProjectFacts.whyFamily(target, matrix);
  }

  private static String[] deviation(ProjectionSpec matrix, FamilyLaw law) {
    Projection projection = Projection.of(matrix);
    return new String[] {
      "deviation",
      root(projection.squaredNormVariance(0)),
      "of the ratio where many features differ, "
          + root(projection.squaredNormVariance(TWO_FEATURES))
          + " where two do; by the law "
          + root(law.law().variance())
    };
  }

  private static String root(double variance) {
    return String.format(Locale.ROOT, "%.4f", Math.sqrt(variance));
  }

  private static String[] work(ProjectionSpec matrix) {
    double k = matrix.k();
    return switch (matrix.family()) {
      case SIGN -> work(k / 8, "table look-ups for each non-zero value of a row");
      case SPARSE_SIGN -> work(matrix.nonzeros(), "additions for each non-zero value of a row");
      case GAUSSIAN, ORTHONORMAL -> work(k, "multiplications for each non-zero value of a row");
      case VERY_SPARSE ->
          work(matrix.density() * k, "additions on average for each non-zero value of a row");
      case HADAMARD -> {
        long padded = padded(matrix.d().orElseThrow());
        yield work(
            (double) padded * Long.numberOfTrailingZeros(padded),
            "additions a row, however few its non-zero values");
      }
    };
  }

  private static long padded(long d) {
    long below = Long.highestOneBit(d);
    return below == d ? d : 2 * below;
  }

  private static String[] work(double count, String what) {
    return new String[] {
      "work",
      count < 100
          ? String.format(Locale.ROOT, "%.3g", count).replaceAll("\\.?0+$", "")
          : String.format(Locale.ROOT, "%,.0f", count),
      what
    };
  }
}
