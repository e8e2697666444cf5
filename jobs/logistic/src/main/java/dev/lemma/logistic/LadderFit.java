// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.Candidate;
import dev.lemma.math.logistic.CandidateKind;
import dev.lemma.math.logistic.CandidateResult;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.CoefficientErrors;
import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.LadderStage;
import dev.lemma.math.logistic.LinearModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts what a ladder came to into the form in which models are stored. */
final class LadderFit {
  private LadderFit() {}

  static FitOutcome of(Statistics statistics, LadderResult result) {
    ClassMoments moments = statistics.total();
    int classes = moments.classes();
    OptionalInt reference =
        classes == 2 || result.errors().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(firstPresent(moments));
    SortedMap<Integer, CoefficientErrors> errors = new TreeMap<>();
    for (int i = 0; i < result.errors().size(); i++) {
      int k = i + 1;
      result.errors().get(i).ifPresent(found -> errors.put(k, found));
    }
    FitSummary summary =
        new FitSummary(
            method(result),
            result.passes(),
            counts(moments),
            rho(result),
            Keys.of(result.errorBasis()),
            reference,
            LogisticFit.coefficients(result.model(), reference, errors),
            result.diagnosis(),
            result.stages().stream().map(LadderFit::gain).toList(),
            result
                .certificate()
                .map(
                    found ->
                        new Certificate(
                            found.excess(),
                            found.ofModel()
                                ? "at the model itself"
                                : "one step before the model, which is nearer")));
    LogisticFit fit = new LogisticFit(specification(statistics, moments, result.model()), summary);
    return FitOutcome.of(fit, statistics, Optional.of(result));
  }

  static ModelSpecification specification(
      Statistics statistics, ClassMoments moments, LinearModel model) {
    return new ModelSpecification(
        statistics.classes(),
        statistics.header().featureNames(),
        counts(moments).stream()
            .map(count -> Math.max(0, count.weight()) / moments.weight())
            .toList(),
        model);
  }

  static List<FitSummary.ClassCount> counts(ClassMoments moments) {
    List<FitSummary.ClassCount> counts = new ArrayList<>();
    for (int k = 0; k < moments.classes(); k++) {
      counts.add(new FitSummary.ClassCount(moments.rows(k), moments.weight(k)));
    }
    return counts;
  }

  private static int firstPresent(ClassMoments moments) {
    int k = 0;
    while (!(moments.weight(k) > 0)) {
      k++;
    }
    return k;
  }

  private static String method(LadderResult result) {
    return result.stages().stream()
        .filter(LadderStage::taken)
        .reduce((earlier, later) -> later)
        .map(LadderStage::name)
        .orElse("none");
  }

  private static OptionalDouble rho(LadderResult result) {
    return chosen(result)
        .filter(candidate -> candidate.kind() == CandidateKind.RIDGE)
        .map(candidate -> OptionalDouble.of(candidate.rho()))
        .orElseGet(OptionalDouble::empty);
  }

  private static Optional<Candidate> chosen(LadderResult result) {
    return result.candidates().stream()
        .filter(CandidateResult::chosen)
        .map(CandidateResult::candidate)
        .findFirst();
  }

  static PassGain gain(LadderStage stage) {
    return new PassGain(
        stage.pass(), stage.name() + (stage.taken() ? "" : ", not kept"), stage.heldOutLoss());
  }
}
