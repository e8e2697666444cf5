// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Logistic regression by as many passes over the data as are wanted, each of which buys something:
 *
 * <ol>
 *   <li>The moments, made by the caller. Of a few models that follow from them ({@link
 *       CandidateKind#POOLED} with the share of OAS, balanced, moment-matched) the one is taken
 *       that does best on the folds left out as far as their moments tell; a simpler one if it is
 *       within one standard error.
 *   <li>Every row is scored by all candidates as they are without the row's fold: the ridge path,
 *       pooled, balanced, moment-matched, diagonal, and the total covariance to compare with. The
 *       simplest within one standard error of the best is chosen; scale and offsets are calibrated
 *       where that gains more than one standard error on rows they were not fitted on.
 *   <li>Derivatives, fold by fold, at the model, or where it is too sure of itself for its few rows
 *       at one less sure, and a damped Newton step under the ridge that does best on the folds left
 *       out to second order: towards zero with lambda, or towards the analytic model.
 *   <li>The best steps measured on the folds left out, and a second one.
 * </ol>
 *
 * <p>{@link Rung#MAXIMUM} goes from the first straight to the minimum of the penalised likelihood.
 * No step is kept that does not gain on rows left out by more than one standard error, so more
 * passes do not end far above fewer.
 *
 * <p><b>Degenerate data.</b> With one class, or less than two folds with rows, the first rung is
 * the last, and {@link LadderResult#notes} says so. Constant, dependent and separating columns and
 * classes with one row are in {@link LadderResult#diagnosis}.
 *
 * <p><b>Memory</b>, in doubles, with S = K for moments by class and 1 for pooled ones, C candidates
 * (17 at most) and B = K (K - 1) / 2 blocks: the caller's moments F S d<sup>2</sup> / 2; beside
 * them at most (S + 3) d<sup>2</sup> / 2, for each fold as long as that is below 256 MB in all, and
 * F C K d here; a pass ships F C K d models and returns scores as {@link CrossFittedScores} says,
 * or F B d<sup>2</sup> / 2 derivatives, which are left out beyond 1 GB or {@value Polish#WIDEST}
 * parameters.
 *
 * <p>Deterministic: equal passes give equal bits.
 */
public final class Ladder {
  private final FoldMoments moments;
  private final ClassMoments total;
  private final LadderOptions options;
  private final List<String> notes = new ArrayList<>();
  private final List<LadderStage> stages = new ArrayList<>();
  private final List<LinearModel> models = new ArrayList<>();

  private Ladder(FoldMoments moments, LadderOptions options) {
    this.moments = moments;
    this.options = options;
    total = moments.total();
    if (!(total.weight() > 0)) {
      throw new IllegalArgumentException("the moments hold no row of positive weight");
    }
    if (options.priors().length > 0) {
      ClassPriors.check(options.priors(), total.classes());
    }
  }

  /**
   * The first rung: no pass beyond the moments.
   *
   * @param moments of all rows by fold
   * @param options whose rung is not looked at
   * @throws IllegalArgumentException if no row has weight, or the priors are not one a class
   */
  public static LadderResult fromMoments(FoldMoments moments, LadderOptions options) {
    return new Ladder(moments, options).one();
  }

  /**
   * Climbs as far as the options say.
   *
   * @param moments of all rows by fold: the first pass
   * @param passes the same rows under the same folds; not called for {@link Rung#ONE}
   * @throws IllegalArgumentException if no row has weight, or the priors are not one a class
   */
  public static LadderResult run(FoldMoments moments, LadderPasses passes, LadderOptions options) {
    return new Ladder(moments, options).run(passes);
  }

  /**
   * The models after the second, the third and the fourth pass of one climb, before priors are
   * corrected: those of the rungs that end there.
   */
  static List<LinearModel> models(FoldMoments moments, LadderPasses passes, LadderOptions options) {
    Ladder ladder = new Ladder(moments, options);
    ladder.run(passes);
    return ladder.models;
  }

  private LadderResult run(LadderPasses passes) {
    int folds = 0;
    for (int f = 0; f < moments.count(); f++) {
      folds += moments.fold(f).weight() > 0 ? 1 : 0;
    }
    if (options.rung() == Rung.ONE) {
      return one();
    }
    if (CandidateFits.present(total).length < 2) {
      notes.add("all rows are of one class: no further pass was made");
      return one();
    }
    if (options.rung() == Rung.MAXIMUM) {
      return maximum(passes);
    }
    if (folds < 2) {
      notes.add("less than two folds have rows: nothing can be left out, no further pass was made");
      return one();
    }
    return compared(passes);
  }

  private LadderResult one() {
    Start start = start();
    stages.add(start.stage);
    return result(
        start.model,
        start.candidates,
        Calibration.identity(total.classes()),
        Double.NaN,
        Double.NaN,
        Optional.empty(),
        Optional.empty());
  }

  /** What the first rung gives. */
  private record Start(LinearModel model, List<CandidateResult> candidates, LadderStage stage) {}

  private Start start() {
    List<Candidate> candidates =
        CandidateFits.present(total).length < 2
            ? List.of(Candidate.of(CandidateKind.POOLED))
            : CandidateSet.forForecast(moments, options.work(), notes);
    Optional<Tournament> tournament = Optional.empty();
    boolean several =
        IntStream.range(0, moments.count()).filter(f -> moments.fold(f).weight() > 0).count() > 1;
    if (candidates.size() > 1 && several) {
      tournament =
          Forecasts.of(
                  moments,
                  candidates,
                  CandidateSet.leftOut(moments, total, candidates, options.weights()))
              .tournament();
    }
    int chosen = tournament.map(Tournament::chosen).orElse(0);
    List<CandidateResult> results = new ArrayList<>();
    for (int c = 0; c < candidates.size(); c++) {
      int at = c;
      results.add(
          new CandidateResult(
              candidates.get(c),
              tournament.map(t -> t.meanLosses()[at]).orElse(Double.NaN),
              Double.NaN,
              Double.NaN,
              Double.NaN,
              tournament.map(t -> t.differences()[at]).orElse(Double.NaN),
              tournament.map(t -> t.standardErrors()[at]).orElse(Double.NaN),
              false,
              c == chosen));
    }
    LinearModel model = CandidateFits.of(total, options.weights()).fit(candidates.get(chosen));
    LossBasis basis = tournament.isPresent() ? LossBasis.GAUSSIAN : LossBasis.NONE;
    LadderStage stage =
        new LadderStage(
            1,
            candidates.get(chosen).name(),
            results.get(chosen).forecast(),
            Double.NaN,
            basis,
            Double.NaN,
            true);
    return new Start(model, results, stage);
  }

  private LadderResult compared(LadderPasses passes) {
    boolean influenced = options.errors() == ErrorRule.SANDWICH && options.rung() == Rung.TWO;
    List<InfluencePlan> influences =
        influenced && LadderErrors.areFew(total.classes(), total.features())
            ? LadderErrors.influences(total, options.weights())
            : List.of();
    Comparison comparison = Comparison.run(moments, total, passes, influences, options, notes);
    stages.addAll(comparison.stages());
    Calibration calibration = comparison.calibration();
    LinearModel plain = CandidateFits.of(total, options.weights()).fit(comparison.candidate());
    models.add(calibration.apply(plain));
    Optional<NewtonRungs> newton =
        options.rung().passes() > Rung.TWO.passes()
            ? climb(passes, plain, comparison)
            : Optional.empty();
    return result(
        models.get(models.size() - 1),
        comparison.results(),
        calibration,
        comparison.gain(),
        comparison.gainError(),
        newton,
        Optional.of(comparison));
  }

  private Optional<NewtonRungs> climb(
      LadderPasses passes, LinearModel model, Comparison comparison) {
    Optional<String> refusal = NewtonRungs.refusal(model, moments.count());
    if (refusal.isPresent()) {
      notes.add(refusal.get());
      return Optional.empty();
    }
    Design design = Design.of(total);
    double rows = options.weights().size(total);
    double size = (total.classes() - 1.0) * (total.features() + 1.0);
    double each = size * size * size / 3 * (moments.count() + 1);
    NewtonRungs rungs =
        new NewtonRungs(
            passes,
            design,
            new Movement(total, design.shift()),
            StepOrigin.of(comparison, model, design, rows, moments.count()),
            RidgeStep.grid(options.lambda(), (int) Math.min(99, options.work() / each)),
            detail());
    FoldSteps first = rungs.third();
    addStage(3, rungs, "Newton step, ");
    if (options.rung() == Rung.FOUR) {
      rungs.fourth(first);
      addStage(4, rungs, "steps measured, ");
    }
    return Optional.of(rungs);
  }

  private void addStage(int pass, NewtonRungs rungs, String name) {
    models.add(
        rungs.isTaken()
            ? ScoreParameters.toModel(rungs.parameters(), Design.shiftOf(total))
            : models.get(0));
    double[] weights = rungs.weights();
    stages.add(
        new LadderStage(
            pass,
            name + rungs.used().describe(),
            FoldMeans.mean(rungs.losses(), weights),
            FoldMeans.error(rungs.losses(), weights),
            rungs.basis(),
            rungs.decrement(options.lambda()),
            rungs.isTaken()));
  }

  private LadderResult maximum(LadderPasses passes) {
    Start start = start();
    stages.add(start.stage);
    if (!start.model.hasClass(0)) {
      notes.add(NewtonRungs.WITHOUT_REFERENCE);
      return one();
    }
    Design design = Design.of(total);
    PolishOptions polish =
        new PolishOptions(
            Ridge.toZero(options.lambda()), 100, options.tolerance(), detail(), FoldChoice.all());
    double[] parameters = ScoreParameters.of(start.model, design.shift());
    PolishResult polished = Polish.run(passes, total, parameters, polish);
    for (PolishStep step : polished.history()) {
      stages.add(
          new LadderStage(
              1 + step.pass(),
              "Newton, step " + (float) step.step(),
              step.meanLoss(),
              Double.NaN,
              LossBasis.IN_SAMPLE,
              step.decrement(),
              true));
    }
    tellEnd(polished);
    LinearModel model = polished.model();
    boolean hasHessian = parameters.length <= Polish.WIDEST;
    boolean few = LadderErrors.areFew(total.classes(), total.features());
    return new LadderResult(
        prior(model),
        1 + polished.passes(),
        stages,
        start.candidates,
        Calibration.identity(total.classes()),
        Double.NaN,
        Double.NaN,
        Optional.of(
            new Certificate(options.lambda(), polished.decrement(), polished.isCertified())),
        diagnosis().withSeparating(polished.growingFeatures()),
        hasHessian && few
            ? LadderErrors.ofDerivatives(
                model,
                isRobust() ? StandardErrors.robust(polished) : StandardErrors.fisher(polished),
                unit())
            : List.of(),
        hasHessian && few ? ofDerivatives() : ErrorBasis.NONE,
        Optional.empty(),
        notes);
  }

  private void tellEnd(PolishResult polished) {
    switch (polished.end()) {
      case CONVERGED -> {}
      case SEPARATED ->
          notes.add(
              "the likelihood has no maximum: classes are separated, coefficients are those of the"
                  + " last step and those that grow have no standard errors; a penalty makes them"
                  + " finite");
      case PASSES_SPENT ->
          notes.add("the likelihood was not maximised in " + polished.passes() + " passes");
      case STALLED ->
          notes.add(
              "the likelihood was maximised as far as rounding allows, short of the tolerance");
    }
  }

  private LadderResult result(
      LinearModel model,
      List<CandidateResult> candidates,
      Calibration calibration,
      double gain,
      double gainError,
      Optional<NewtonRungs> newton,
      Optional<Comparison> comparison) {
    double cube = Math.pow(newton.map(n -> n.parameters().length).orElse(0), 3);
    List<InfluenceSums> influences = comparison.map(Comparison::influences).orElseGet(List::of);
    ErrorBasis basis =
        !LadderErrors.areFew(total.classes(), total.features())
            ? ErrorBasis.NONE
            : newton.isPresent() && 3 * cube <= options.work()
                ? ofDerivatives()
                : influences.isEmpty() ? ErrorBasis.CLOSED_FORM : ErrorBasis.SANDWICH;
    if (isRobust() && basis == ErrorBasis.CLOSED_FORM) {
      notes.add(
          "no pass summed the influence of rows: standard errors are those of the closed form");
    }
    List<Optional<CoefficientErrors>> errors =
        switch (basis) {
          case NONE -> List.of();
          case CLOSED_FORM ->
              LadderErrors.closedForm(model, total, options.weights(), calibration.scale());
          case FISHER, SANDWICH ->
              influences.isEmpty()
                  ? LadderErrors.ofDerivatives(model, newton.orElseThrow().errors(), unit())
                  : LadderErrors.sandwich(model, total, influences, calibration.scale());
        };
    return new LadderResult(
        prior(model),
        stages.size(),
        stages,
        candidates,
        calibration,
        gain,
        gainError,
        newton.map(n -> n.certificate(options.lambda())),
        diagnosis(),
        errors,
        basis,
        comparison.map(Comparison::scores),
        notes);
  }

  private boolean isRobust() {
    return options.errors() == ErrorRule.SANDWICH;
  }

  private ErrorBasis ofDerivatives() {
    return isRobust() ? ErrorBasis.SANDWICH : ErrorBasis.FISHER;
  }

  private PassDetail detail() {
    return isRobust() ? PassDetail.robust(options.weights()) : PassDetail.HESSIAN;
  }

  /** What errors of derivatives are multiplied by: the sandwich knows the weights of its rows. */
  private double unit() {
    return isRobust() ? 1 : Math.sqrt(total.weight() / options.weights().size(total));
  }

  private Diagnosis diagnosis() {
    return ClosedForm.POOLED.with(options.weights()).fit(total).diagnosis();
  }

  private LinearModel prior(LinearModel model) {
    double[] priors = options.priors();
    if (priors.length == 0) {
      return model;
    }
    double[] shares = new double[priors.length];
    Arrays.setAll(shares, total::weight);
    return model.withPriors(shares, priors);
  }
}
