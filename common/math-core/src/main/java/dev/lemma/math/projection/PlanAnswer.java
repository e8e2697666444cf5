// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import dev.lemma.math.projection.PlanRow.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Everything that a plan prints, as numbers: the exact dimension, the classic bounds with their
 * true failure probability, the distortion at other dimensions and the family to take.
 *
 * <p>The classic bounds speak of squared distances. For unsquared ones they are asked at {@code
 * classicEps} = 1 - (1 - eps)^2, the largest squared distortion that keeps both factors.
 *
 * @param question what was asked
 * @param k the dimension to take: the given one, else the exact one for Gaussian entries, at most d
 * @param rows the ways to choose k: own answers first, then the classic bounds
 * @param classicEps the eps of the classic bounds
 * @param steps what eps becomes at k = 16, 32, 64, ... and at the chosen k, ascending
 * @param advice which family to take at k
 * @param embedding 8.33 ln N, the rule for trained embeddings of N things; empty without N
 * @param usefulness whether projecting makes rows shorter at all
 */
public record PlanAnswer(
    PlanQuestion question,
    long k,
    List<PlanRow> rows,
    double classicEps,
    List<Step> steps,
    FamilyAdvice advice,
    OptionalDouble embedding,
    Usefulness usefulness) {
  private static final long FIRST_STEP = 16;
  private static final long LAST_STEP = 1 << 16;

  /** Copies the lists. */
  public PlanAnswer {
    rows = List.copyOf(rows);
    steps = List.copyOf(steps);
  }

  /**
   * The distortion at one dimension.
   *
   * @param k output dimension
   * @param gaussian smallest eps that meets the guarantee with Gaussian entries; empty if none
   *     below 1
   * @param orthonormal likewise with orthonormal rows; empty also without d or beyond it
   * @param shareOutside expected share of pairs outside the eps asked for, Gaussian entries
   */
  public record Step(
      long k, OptionalDouble gaussian, OptionalDouble orthonormal, double shareOutside) {}

  /** Whether the answer is worth carrying out. */
  public enum Usefulness {
    /** k is below d, or d is not known. */
    SHORTENS,
    /** Gaussian entries would need k &gt;= d, orthonormal rows fewer. */
    ORTHONORMAL_ONLY,
    /** Nothing below d will do: keep the rows as they are. */
    KEEP_ROWS
  }

  /**
   * Answers a question, in some 20 milliseconds.
   *
   * @throws IllegalArgumentException if eps asks for more than 2^52 dimensions
   */
  public static PlanAnswer of(PlanQuestion question) {
    long gaussian =
        JlBounds.dimension(
            question.guarantee(), question.eps(), question.delta(), question.scale());
    OptionalLong orthonormal =
        question.d().isPresent()
            ? OptionalLong.of(
                JlBounds.haarDimension(
                    question.guarantee(),
                    question.eps(),
                    question.delta(),
                    question.scale(),
                    question.d().getAsLong()))
            : OptionalLong.empty();
    long widest = question.d().orElse(Long.MAX_VALUE);
    long k = question.k().orElse(Math.min(gaussian, widest));
    return new PlanAnswer(
        question,
        k,
        rows(question, gaussian, orthonormal),
        classicEps(question),
        steps(question, k),
        FamilyAdvice.of(k, question.d()),
        question.rows().isPresent()
            ? OptionalDouble.of(EmbeddingDimension.article(question.rows().getAsLong()))
            : OptionalDouble.empty(),
        usefulness(gaussian, orthonormal, widest));
  }

  /** This answer with another dimension to take, as orthonormal rows need fewer. */
  public PlanAnswer taking(long dimension) {
    return new PlanAnswer(
        question,
        dimension,
        rows,
        classicEps,
        steps(question, dimension),
        FamilyAdvice.of(dimension, question.d()),
        embedding,
        usefulness);
  }

  /** The row of a rule, if it applies to the question. */
  public Optional<PlanRow> row(Rule rule) {
    return rows.stream().filter(row -> row.rule() == rule).findFirst();
  }

  private static Usefulness usefulness(long gaussian, OptionalLong orthonormal, long widest) {
    if (gaussian < widest) {
      return Usefulness.SHORTENS;
    }
    return orthonormal.orElse(widest) < widest ? Usefulness.ORTHONORMAL_ONLY : Usefulness.KEEP_ROWS;
  }

  private static double classicEps(PlanQuestion question) {
    return question.scale().deficit(question.eps());
  }

  private static List<PlanRow> rows(
      PlanQuestion question, long gaussian, OptionalLong orthonormal) {
    List<PlanRow> rows = new ArrayList<>();
    question.k().ifPresent(k -> rows.add(row(question, Rule.GIVEN, new ChiSquareLaw(k))));
    rows.add(row(question, Rule.EXACT_GAUSSIAN, new ChiSquareLaw(gaussian)));
    orthonormal.ifPresent(
        k ->
            rows.add(
                row(question, Rule.EXACT_ORTHONORMAL, new BetaLaw(k, question.d().getAsLong()))));
    Guarantee guarantee = question.guarantee();
    double eps = classicEps(question);
    addClassic(
        rows,
        question,
        Rule.CHERNOFF,
        ClassicBounds.chernoff(guarantee, question.eps(), question.delta(), question.scale()));
    addClassic(
        rows,
        question,
        Rule.DASGUPTA_GUPTA,
        ClassicBounds.dasguptaGupta(guarantee, eps, question.delta()));
    question
        .rows()
        .ifPresent(
            n -> {
              addClassic(rows, question, Rule.SCIKIT_LEARN, ClassicBounds.scikitLearn(n, eps));
              addClassic(
                  rows,
                  question,
                  Rule.ARTICLE_CHERNOFF,
                  (long) Math.ceil(ClassicBounds.articleChernoff(n, eps)));
              addClassic(
                  rows,
                  question,
                  Rule.ARTICLE_EXISTENCE,
                  (long) ClassicBounds.articleExistence(n, eps) + 1);
              addClassic(
                  rows, question, Rule.ARTICLE, (long) ClassicBounds.articleDimension(n, eps) + 1);
            });
    return rows;
  }

  /** A bound that a single row, or an eps too small for the law, makes meaningless is left out. */
  private static void addClassic(List<PlanRow> rows, PlanQuestion question, Rule rule, long k) {
    if (k >= 1 && k <= TailLaw.MAX_DIMENSION) {
      rows.add(row(question, rule, new ChiSquareLaw(k)));
    }
  }

  private static PlanRow row(PlanQuestion question, Rule rule, TailLaw law) {
    int width =
        switch (question.precision()) {
          case FLOAT -> Float.BYTES;
          case DOUBLE -> Double.BYTES;
        };
    return new PlanRow(
        rule,
        law.k(),
        epsilon(question, law),
        JlBounds.logFailure(law, question.guarantee(), question.eps(), question.scale()),
        law.k() * width);
  }

  private static List<Step> steps(PlanQuestion question, long chosen) {
    List<Step> steps = new ArrayList<>();
    boolean placed = false;
    for (long k = FIRST_STEP; k <= LAST_STEP; k *= 2) {
      if (!placed && chosen <= k) {
        steps.add(step(question, chosen));
        placed = true;
      }
      if (k != chosen) {
        steps.add(step(question, k));
      }
    }
    if (!placed) {
      steps.add(step(question, chosen));
    }
    return steps;
  }

  private static Step step(PlanQuestion question, long k) {
    TailLaw law = new ChiSquareLaw(k);
    OptionalLong d = question.d();
    OptionalDouble orthonormal =
        d.isPresent() && k <= d.getAsLong()
            ? epsilon(question, new BetaLaw(k, d.getAsLong()))
            : OptionalDouble.empty();
    return new Step(
        k, epsilon(question, law), orthonormal, law.shareOutside(question.eps(), question.scale()));
  }

  private static OptionalDouble epsilon(PlanQuestion question, TailLaw law) {
    return JlBounds.epsilon(law, question.guarantee(), question.delta(), question.scale());
  }
}
