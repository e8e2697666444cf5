// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The candidates of a {@link Ladder}, in ascending complexity, and their models by fold. */
final class CandidateSet {
  /** Shares of the ridge path, from the stiffest. */
  private static final double[] PATH = {0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0};

  /**
   * Ridge of the moment-matched candidates: enough to hold separable data, too little to be felt in
   * a hundred rows.
   */
  private static final double LAMBDA = 0.1;

  /** Gradients that a softmax fit takes, about. */
  private static final double SOFTMAX_STEPS = 40;

  private static final double NEWTON_STEPS = 8;

  /** Doubles that folds solved side by side may take: 256 MB. */
  private static final double PARALLEL_BELOW = 1 << 25;

  private CandidateSet() {}

  /**
   * What is compared without a pass: few, as every forecast is in a Gaussian world.
   *
   * @param notes receives what was left out
   */
  static List<Candidate> forForecast(FoldMoments moments, double work, List<String> notes) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.of(CandidateKind.POOLED));
    addByClass(candidates, moments, work, notes);
    return candidates;
  }

  /**
   * What is compared by a pass.
   *
   * @param notes receives what was left out
   */
  static List<Candidate> forPass(FoldMoments moments, double work, List<String> notes) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(Candidate.of(CandidateKind.TOTAL));
    candidates.add(Candidate.of(CandidateKind.DIAGONAL));
    for (double rho : PATH) {
      candidates.add(Candidate.ridge(rho));
    }
    candidates.add(Candidate.of(CandidateKind.POOLED));
    addByClass(candidates, moments, work, notes);
    return candidates;
  }

  private static void addByClass(
      List<Candidate> candidates, FoldMoments moments, double work, List<String> notes) {
    ClassMoments shape = moments.fold(0);
    if (shape.layout() == ScatterLayout.POOLED) {
      notes.add(
          "balanced and moment-matched candidates need the scatter of every class; the moments"
              + " hold their sum only");
      return;
    }
    candidates.add(Candidate.of(CandidateKind.BALANCED));
    double each = matchedWork(shape.classes(), shape.features()) * (moments.count() + 1);
    if (2 * each <= work) {
      candidates.add(Candidate.matched(0.5, LAMBDA));
    }
    if (each <= work) {
      candidates.add(Candidate.matched(1, LAMBDA));
    } else {
      notes.add(
          String.format(
              java.util.Locale.ROOT,
              "moment-matched candidates were left out: %.1e flops a fit and fold are beyond the"
                  + " %.1e allowed",
              each,
              work));
    }
  }

  /** Flops of one moment-matched fit. */
  static double matchedWork(double classes, double d) {
    return classes == 2
        ? NEWTON_STEPS * (d * d * d / 3 + 4 * d * d)
        : SOFTMAX_STEPS * SoftmaxExpectation.flops((int) classes, SoftmaxExpectation.COARSE)
            + SOFTMAX_STEPS * 2 * classes * classes * d * d;
  }

  /**
   * Models made without each fold.
   *
   * @return by fold, then by candidate
   */
  static List<List<LinearModel>> leftOut(
      FoldMoments moments,
      ClassMoments total,
      List<Candidate> candidates,
      WeightSemantics weights) {
    // Folds do not know each other, so threads leave no trace in the numbers.
    IntStream folds = IntStream.range(0, moments.count());
    return (PARALLEL_BELOW > memory(total) * moments.count() ? folds.parallel() : folds)
        .mapToObj(f -> without(moments.fold(f), total, candidates, weights))
        .toList();
  }

  private static List<LinearModel> without(
      ClassMoments fold, ClassMoments total, List<Candidate> candidates, WeightSemantics weights) {
    ClassMoments others = total.subtract(fold);
    // All rows in one fold leave nothing to fit: then the fold is not left out.
    ClassMoments seen = others.weight() > 0 ? others : total;
    return CandidateFits.toCompare(seen, weights).all(candidates);
  }

  /** Doubles that the fits without one fold take, about. */
  private static double memory(ClassMoments total) {
    double scatters = total.layout() == ScatterLayout.PER_CLASS ? total.classes() : 1;
    return (scatters + 3) * total.features() * total.features() / 2;
  }
}
