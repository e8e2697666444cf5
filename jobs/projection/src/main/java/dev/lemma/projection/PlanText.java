// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.FamilyAdvice;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.projection.PlanAnswer;
import dev.lemma.math.projection.PlanQuestion;
import dev.lemma.math.projection.PlanRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A plan as a terminal shows it. */
public final class PlanText {
  private PlanText() {}

  /**
   * The answer, without a final line break: what the guarantee needs, and the matrix that {@code
   * project} would take with the same keys.
   *
   * @param target guarantee and matrix; names the number of rows where the guarantee depends on it
   * @param precision type of the projected numbers
   */
  public static String of(TargetConfig target, Precision precision) {
    PlanQuestion question = question(target, precision);
    PlanAnswer answer = PlanAnswer.of(question);
    PlanMatrix matrix = PlanMatrix.of(target);
    if (matrix.taken().isPresent()) {
      answer = answer.taking(matrix.taken().get().k());
    }
    boolean share = question.guarantee() instanceof Guarantee.Share;
    StringBuilder text = new StringBuilder();
    text.append(promise(question)).append("\n\n");
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "", "k", share ? "share outside" : "P(failure)", "eps kept", "bytes/row", "formula"
        });
    for (PlanRow row : answer.rows()) {
      rows.add(
          new String[] {
            row.rule().title(),
            String.format(Locale.ROOT, "%,d", row.k()),
            probability(row.logFailure()),
            epsilon(row.epsilon()),
            String.format(Locale.ROOT, "%,d", row.bytesPerRow()),
            row.rule().formula()
          });
    }
    text.append(table(rows));
    if (question.scale() == DistanceScale.UNSQUARED) {
      text.append(
          String.format(
              Locale.ROOT,
              "classic bounds speak of squared distances: taken at eps = %.4g, the largest change of"
                  + " squares that keeps both factors%n",
              answer.classicEps()));
    }
    text.append("\nAt other dimensions\n");
    List<String[]> steps = new ArrayList<>();
    steps.add(
        new String[] {
          "", "k", "eps, Gaussian", "eps, orthonormal", "pairs outside " + question.eps()
        });
    for (PlanAnswer.Step step : answer.steps()) {
      steps.add(
          new String[] {
            step.k() == answer.k() ? "chosen" : "",
            String.format(Locale.ROOT, "%,d", step.k()),
            epsilon(step.gaussian()),
            epsilon(step.orthonormal()),
            ProjectReport.percent(step.shareOutside())
          });
    }
    text.append(table(steps));
    text.append('\n').append(matrix.text()).append(advice(answer, matrix));
    return text.toString().stripTrailing();
  }

  private static PlanQuestion question(TargetConfig target, Precision precision) {
    OptionalInt k = target.k().given();
    return new PlanQuestion(
        target.guarantee(() -> target.rows().orElseThrow()),
        target.eps(),
        target.delta(),
        target.distance(),
        target.rows(),
        target.d(),
        k.isPresent() ? OptionalLong.of(k.getAsInt()) : OptionalLong.empty(),
        precision);
  }

  private static String promise(PlanQuestion question) {
    String distances =
        question.scale() == DistanceScale.SQUARED ? "squared distances" : "distances";
    String whose =
        question.guarantee() instanceof Guarantee.Share share
            ? ProjectReport.percent(share.share()) + " of all pairs keep their " + distances
            : switch (question.guarantee().key()) {
              case "all-pairs" ->
                  String.format(
                      Locale.ROOT,
                      "all pairs of %,d rows keep their %s",
                      rows(question),
                      distances);
              case "queries" ->
                  String.format(
                      Locale.ROOT,
                      "all %s of queries to %,d rows are kept",
                      distances,
                      rows(question));
              default ->
                  String.format(
                      Locale.ROOT,
                      "the %s of all %,d rows are kept",
                      question.scale() == DistanceScale.SQUARED ? "squared norms" : "norms",
                      rows(question));
            };
    String within = whose + " within eps = " + question.eps();
    return question.guarantee() instanceof Guarantee.Share
        ? within
        : within + ", but for a probability of delta = " + question.delta();
  }

  private static long rows(PlanQuestion question) {
    return question.rows().orElseThrow();
  }

  private static String advice(PlanAnswer answer, PlanMatrix matrix) {
    StringBuilder text = new StringBuilder();
    for (FamilyAdvice.Suggestion suggestion : answer.advice().suggestions()) {
      if (matrix.taken().filter(taken -> taken.family() == suggestion.family()).isPresent()) {
        continue;
      }
      text.append("consider family = ")
          .append(suggestion.family().key())
          .append(": ")
          .append(suggestion.why())
          .append('\n');
    }
    text.append(
        switch (answer.usefulness()) {
          case SHORTENS -> "";
          case ORTHONORMAL_ONLY ->
              "independent entries need k >= d here: only orthonormal rows make rows shorter\n";
          case KEEP_ROWS -> "nothing below d keeps this guarantee: keep the rows as they are\n";
        });
    answer
        .embedding()
        .ifPresent(
            size ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "a trained embedding of %,d things: 8.33 ln N = %.1f dimensions\n",
                        rows(answer.question()),
                        size)));
    return text.toString();
  }

  private static String epsilon(OptionalDouble eps) {
    return eps.isPresent() ? String.format(Locale.ROOT, "%.4f", eps.getAsDouble()) : "-";
  }

  /** A probability from its logarithm, also where a double would be zero. */
  private static String probability(double logProbability) {
    if (logProbability > Math.log(1e-3)) {
      return String.format(Locale.ROOT, "%.4f", Math.exp(logProbability));
    }
    double decimal = logProbability / Math.log(10);
    long exponent = (long) Math.floor(decimal);
    return String.format(Locale.ROOT, "%.2fe%d", Math.pow(10, decimal - exponent), exponent);
  }

  /** Columns aligned: the first and the last left, the rest right. */
  static String table(List<String[]> rows) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String pad = " ".repeat(widths[c] - row[c].length());
        boolean left =
            c == 0 || row[c].contains(" ") && c == columns - 1 || row[c].equals("formula");
        line.append(c == 0 ? "" : "  ").append(left ? row[c] + pad : pad + row[c]);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
