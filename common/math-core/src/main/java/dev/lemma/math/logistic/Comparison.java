// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The second rung of a {@link Ladder}: candidates compared and calibrated by one pass. */
final class Comparison {
  private final List<Candidate> candidates;
  private final List<List<LinearModel>> leftOut;
  private final CrossFittedScores scores;
  private final int chosen;
  private final CandidateAssessment assessment;
  private final List<CandidateResult> results;
  private final List<InfluenceSums> influences;

  private Comparison(
      List<Candidate> candidates,
      List<List<LinearModel>> leftOut,
      InfluencedScores found,
      WeightSemantics weights) {
    this.candidates = candidates;
    this.leftOut = leftOut;
    this.scores = found.scores();
    this.influences = found.influences();
    List<CandidateAssessment> assessments = scores.assess(weights);
    Optional<Tournament> tournament = tournament(candidates, assessments);
    chosen = tournament.map(Tournament::chosen).orElse(simplest(candidates));
    assessment = assessments.get(chosen);
    results = results(candidates, assessments, tournament, chosen);
  }

  /**
   * Compares.
   *
   * @param influences what else the pass shall sum
   */
  static Comparison run(
      FoldMoments moments,
      ClassMoments total,
      LadderPasses passes,
      List<InfluencePlan> influences,
      LadderOptions options,
      List<String> notes) {
    List<Candidate> candidates = CandidateSet.forPass(moments, options.work(), notes);
    List<List<LinearModel>> leftOut =
        CandidateSet.leftOut(moments, total, candidates, options.weights());
    CrossFitPlan plan = CrossFitPlan.of(leftOut, Design.shiftOf(total), options.seed());
    InfluencedScores found =
        influences.isEmpty()
            ? new InfluencedScores(passes.crossFit(plan), List.of())
            : passes.crossFit(plan, influences);
    return new Comparison(candidates, leftOut, found, options.weights());
  }

  /** The chosen candidate. */
  Candidate candidate() {
    return candidates.get(chosen);
  }

  /** Its calibration, the identity where none was accepted. */
  Calibration calibration() {
    Calibration fitted = assessment.fit().calibration();
    return isCalibrated(assessment) ? fitted : Calibration.identity(fitted.classes());
  }

  /** The calibration fitted on the rows left out, accepted or not. */
  Calibration fittedCalibration() {
    return assessment.fit().calibration();
  }

  /** The chosen model made without a fold, not calibrated. */
  LinearModel modelWithout(int fold) {
    return leftOut.get(fold).get(chosen);
  }

  /** Its mean losses on the folds left out. */
  double[] losses() {
    return losses(assessment);
  }

  double gain() {
    return assessment.gain();
  }

  double gainError() {
    return assessment.gainError();
  }

  List<CandidateResult> results() {
    return results;
  }

  /** As many as were asked for. */
  List<InfluenceSums> influences() {
    return influences;
  }

  CrossFittedScores scores() {
    return scores;
  }

  /**
   * Whether a calibration gains more than one standard error, by the spread of the rows and by that
   * of the folds: on a few hundred rows a handful of them decides, and either alone is fooled.
   */
  static boolean isCalibrated(CandidateAssessment assessment) {
    double[] gains = FoldMeans.difference(assessment.losses(), assessment.calibratedLosses());
    return assessment.isCalibrated()
        && !(assessment.gain() <= FoldMeans.error(gains, assessment.foldWeights()));
  }

  private static double[] losses(CandidateAssessment assessment) {
    return isCalibrated(assessment) ? assessment.calibratedLosses() : assessment.losses();
  }

  private static int simplest(List<Candidate> candidates) {
    return candidates.indexOf(Candidate.of(CandidateKind.POOLED));
  }

  /** The choice among all but the total covariance. */
  private static Optional<Tournament> tournament(
      List<Candidate> candidates, List<CandidateAssessment> assessments) {
    long least = assessments.stream().mapToLong(CandidateAssessment::lostRows).min().orElse(0);
    double[][] losses = new double[candidates.size()][];
    for (int c = 0; c < losses.length; c++) {
      losses[c] = losses(assessments.get(c));
      if (candidates.get(c).kind() == CandidateKind.TOTAL
          || assessments.get(c).lostRows() > least) {
        Arrays.fill(losses[c], Double.NaN);
      }
    }
    return Tournament.among(
        losses,
        assessments.get(simplest(candidates)).foldWeights(),
        IntStream.range(0, losses.length).toArray());
  }

  private static List<CandidateResult> results(
      List<Candidate> candidates,
      List<CandidateAssessment> assessments,
      Optional<Tournament> tournament,
      int chosen) {
    List<CandidateResult> results = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      CandidateAssessment own = assessments.get(c);
      int at = c;
      results.add(
          new CandidateResult(
              candidates.get(c),
              Double.NaN,
              FoldMeans.mean(losses(own), own.foldWeights()),
              FoldMeans.mean(own.losses(), own.foldWeights()),
              FoldMeans.error(losses(own), own.foldWeights()),
              tournament.map(t -> t.differences()[at]).orElse(Double.NaN),
              tournament.map(t -> t.standardErrors()[at]).orElse(Double.NaN),
              isCalibrated(own),
              c == chosen));
    }
    return results;
  }

  /** What the first pass is worth by itself, measured by the second, and the second. */
  List<LadderStage> stages() {
    CandidateResult first =
        results.stream()
            .filter(r -> r.candidate().kind() == CandidateKind.POOLED)
            .findFirst()
            .orElseThrow();
    LadderStage one =
        new LadderStage(
            1,
            first.candidate().name(),
            first.uncalibratedLoss(),
            Double.NaN,
            LossBasis.MEASURED,
            Double.NaN,
            true);
    CandidateResult best = results.get(chosen);
    String how = best.calibrated() ? ", calibrated" : "";
    LadderStage two =
        new LadderStage(
            2,
            "compared " + results.size() + " models: " + best.candidate().name() + how,
            best.heldOutLoss(),
            best.heldOutError(),
            LossBasis.MEASURED,
            Double.NaN,
            true);
    return List.of(one, two);
  }
}
