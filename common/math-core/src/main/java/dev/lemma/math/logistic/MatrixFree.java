// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.ConjugateGradients;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The pooled closed form ({@link ClosedForm} with {@link Pooling#WITHIN}) of rows too wide for a d
 * x d matrix: its equations are solved by {@link ConjugateGradients}, preconditioned with the
 * variances, and each step is a pass over the rows that multiplies the scatter by the directions of
 * all right sides at once ({@link ScatterProducts}).
 *
 * <p>With more than one fold the equations that leave out each of them are solved by the same
 * passes, so that one pass more scores every row by a model that has not seen it, and scale and
 * offsets are calibrated where that gains more than one standard error, as in the second rung of
 * {@link Ladder}.
 *
 * <p><b>Shrinkage.</b> {@link Shrinkage.Oas} and {@link Shrinkage.Rblw} ask for ||S||&sup2;, which
 * the first step finds beside its products: the mean of |S z|&sup2; over {@value #PROBES} vectors z
 * of random signs (Hutchinson), whose relative standard error is at most sqrt(2 / {@value #PROBES})
 * and far below it where many directions share the variance. Every system takes the share of all
 * rows. Without shrinkage, features that are constant within the classes are left out; where the
 * covariance is singular the steps do not converge, and the result says so.
 *
 * <p>With R = (K - 1)(F + 1) right sides, 4 d R doubles and (K + 6) d (F + 1) more here; a pass
 * ships d R directions and returns d R sums. Deterministic: equal passes give equal bits.
 *
 * <p>M. F. Hutchinson, <em>A stochastic estimator of the trace of the influence matrix</em>, 1989,
 * <a href="https://doi.org/10.1080/03610918908812806">doi:10.1080/03610918908812806</a>.
 */
public final class MatrixFree {
  /** Probes of the size of the covariance. */
  public static final int PROBES = 8;

  private static final String STREAM = "logistic/probes";
  private static final int BITS = 64;

  private final MatrixFreeOptions options;
  private final ScatterPasses passes;
  private final int classes;
  private final int features;
  private final int folds;
  private final DiagonalMoments total;
  private final double[] shift;
  private final List<ScatterSystem> systems = new ArrayList<>();
  private final double[] inverse;
  private final int[] leftOut;
  private final List<String> notes = new ArrayList<>();

  private MatrixFree(
      DiagonalMoments byFold, int folds, ScatterPasses passes, MatrixFreeOptions options) {
    this.options = options;
    this.passes = passes;
    this.folds = folds;
    classes = byFold.classes() / folds;
    if (classes < 2 || byFold.classes() % folds != 0) {
      throw new IllegalArgumentException(
          "moments: expected those of at least 2 classes in each of "
              + folds
              + " folds, found "
              + byFold.classes());
    }
    features = byFold.features();
    total = without(byFold, -1);
    if (!(total.weight() > 0)) {
      throw new IllegalArgumentException("the moments hold no row of positive weight");
    }
    shift = PassPlan.shift(means(), total.deviations());
    int filled = 0;
    for (int f = 0; f < folds; f++) {
      filled += weight(byFold, f) > 0 ? 1 : 0;
    }
    int count = folds > 1 && filled > 1 ? folds + 1 : 1;
    if (folds > 1 && count == 1) {
      notes.add("less than two folds have rows: nothing can be left out, nothing was calibrated");
    }
    inverse = new double[Math.multiplyExact(features, count)];
    leftOut = new int[count];
    for (int s = 0; s < count; s++) {
      leftOut[s] = s + 1 < count ? s : -1;
      DiagonalMoments rows = leftOut[s] < 0 ? total : without(byFold, s);
      systems.add(new ScatterSystem(rows, shift, options, inverse, s, count));
    }
  }

  /**
   * Solves.
   *
   * @param byFold moments of the rows, those of class k in fold f under k F + f: the first pass
   * @param folds F, at least 1; 1 for a model without calibration
   * @param passes the same rows under the same folds
   * @throws IllegalArgumentException if there are less than two classes, or no row has weight
   */
  public static MatrixFreeResult run(
      DiagonalMoments byFold, int folds, ScatterPasses passes, MatrixFreeOptions options) {
    return new MatrixFree(byFold, folds, passes, options).run();
  }

  /** Bytes that a pass ships, and as many that it returns. */
  public static double bytes(int features, int classes, int folds) {
    double rightSides = (classes - 1.0) * (folds > 1 ? folds + 1 : 1) + PROBES;
    return rightSides * features * Double.BYTES;
  }

  private DiagonalMoments without(DiagonalMoments byFold, int fold) {
    int[] numbers = new int[byFold.classes()];
    Arrays.setAll(numbers, i -> i % folds == fold ? -1 : i / folds);
    return new DiagonalMoments(classes, features).merge(byFold, numbers);
  }

  private double weight(DiagonalMoments byFold, int fold) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += byFold.weight(k * folds + fold);
    }
    return sum;
  }

  private double[] means() {
    double[] means = new double[features];
    Arrays.setAll(means, j -> total.spread(j).meanOfAll());
    return means;
  }

  private MatrixFreeResult run() {
    int each = classes - 1;
    int groups = systems.size();
    int count = each * groups;
    double[] rightSides = new double[Math.multiplyExact(features, count)];
    for (int s = 0; s < groups; s++) {
      for (int i = 0; i < each; i++) {
        systems.get(s).rightSide(i, rightSides, s * each + i, count);
      }
    }
    ConjugateGradients solver =
        new ConjugateGradients(rightSides, count, inverse, groups, options.residual());
    double rho = options.needsProbes() ? Double.NaN : systems.get(groups - 1).rho(options, 0);
    List<Double> residuals = new ArrayList<>();
    while (!solver.isDone() && solver.steps() < options.steps()) {
      double[] products;
      if (Double.isNaN(rho)) {
        Probed first = probed(solver.directions(), count);
        rho = first.rho;
        products = first.products;
      } else {
        products = passes.multiply(plan(solver.directions(), count, count));
      }
      finish(products, solver.directions(), count, rho);
      solver.step(products);
      residuals.add(solver.largestResidual());
    }
    if (!solver.isConverged()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the equations were not solved: relative residual %.1e after %d steps, asked for"
                  + " %.1e",
              solver.largestResidual(),
              solver.steps(),
              options.residual()));
    }
    return result(solver, count, Double.isNaN(rho) ? 0 : rho, residuals);
  }

  /** The plan of these directions; columns beyond {@code own} belong to the system of all rows. */
  private ScatterPlan plan(double[] directions, int own, int count) {
    int groups = systems.size();
    int each = own / groups;
    double[] centres = new double[classes * count];
    int[] folding = new int[count];
    for (int r = 0; r < count; r++) {
      int s = r < own ? r / each : groups - 1;
      systems.get(s).centres(directions, centres, r, count);
      folding[r] = leftOut[s];
    }
    return new ScatterPlan(classes, shift, directions, centres, folding);
  }

  /** What the first pass finds. */
  private record Probed(double[] products, double rho) {}

  private Probed probed(double[] directions, int own) {
    ScatterSystem all = systems.get(systems.size() - 1);
    int count = own + PROBES;
    double[] wide = new double[Math.multiplyExact(features, count)];
    StreamKey key = StreamKey.of(options.seed(), STREAM);
    long[] bits = new long[Philox4x64.WORDS];
    for (int j = 0; j < features; j++) {
      System.arraycopy(directions, j * own, wide, j * count, own);
      key.block(j / BITS, 0, 0, 0, bits);
      for (int p = 0; p < PROBES && all.scale(j) > 0; p++) {
        if (p % Philox4x64.WORDS == 0 && p > 0) {
          key.block(j / BITS, p / Philox4x64.WORDS, 0, 0, bits);
        }
        double sign = (bits[p % Philox4x64.WORDS] >>> j % BITS & 1) == 0 ? 1 : -1;
        wide[j * count + own + p] = sign / all.scale(j);
      }
    }
    double[] sums = passes.multiply(plan(wide, own, count));
    double[] products = new double[directions.length];
    double square = 0;
    for (int j = 0; j < features; j++) {
      System.arraycopy(sums, j * count, products, j * own, own);
      for (int p = 0; p < PROBES && all.scale(j) > 0; p++) {
        double entry = sums[j * count + own + p] / all.weight() / all.scale(j);
        square += entry * entry / PROBES;
      }
    }
    return new Probed(products, all.rho(options, square));
  }

  private void finish(double[] products, double[] directions, int count, double rho) {
    int each = count / systems.size();
    for (int r = 0; r < count; r++) {
      systems
          .get(r / each)
          .finish(products, directions, r, count, rho, options.shrinkage().added());
    }
  }

  private MatrixFreeResult result(
      ConjugateGradients solver, int count, double rho, List<Double> residuals) {
    int each = count / systems.size();
    List<LinearModel> models = new ArrayList<>();
    for (int s = 0; s < systems.size(); s++) {
      models.add(systems.get(s).model(solver.solutions(), s * each, count, shift));
    }
    LinearModel all = models.remove(models.size() - 1);
    Optional<CrossFittedScores> scores =
        models.isEmpty()
            ? Optional.empty()
            : Optional.of(
                passes.crossFit(
                    CrossFitPlan.of(
                        models.stream().map(List::of).toList(), shift, options.seed())));
    Optional<CandidateAssessment> assessment =
        scores.map(found -> found.assess(options.weights()).get(0));
    boolean isCalibrated = assessment.filter(Comparison::isCalibrated).isPresent();
    Calibration calibration =
        isCalibrated ? assessment.get().fit().calibration() : Calibration.identity(classes);
    CandidateResult candidate = candidate(Candidate.ridge(rho), assessment, isCalibrated);
    List<LadderStage> stages = stages(residuals, candidate, assessment.isPresent());
    LadderResult ladder =
        new LadderResult(
            calibration.apply(all),
            stages.get(stages.size() - 1).pass(),
            stages,
            List.of(candidate),
            calibration,
            assessment.map(CandidateAssessment::gain).orElse(Double.NaN),
            assessment.map(CandidateAssessment::gainError).orElse(Double.NaN),
            Optional.empty(),
            diagnosis(solver.condition()),
            List.of(),
            ErrorBasis.NONE,
            scores,
            notes);
    return new MatrixFreeResult(ladder, rho, total.deviations(), residuals, solver.isConverged());
  }

  private static CandidateResult candidate(
      Candidate of, Optional<CandidateAssessment> assessment, boolean isCalibrated) {
    double[] weights = assessment.map(CandidateAssessment::foldWeights).orElse(new double[0]);
    double[] plain = assessment.map(CandidateAssessment::losses).orElse(new double[0]);
    double[] used =
        isCalibrated ? assessment.map(CandidateAssessment::calibratedLosses).orElseThrow() : plain;
    return new CandidateResult(
        of,
        Double.NaN,
        FoldMeans.mean(used, weights),
        FoldMeans.mean(plain, weights),
        FoldMeans.error(used, weights),
        0,
        0,
        isCalibrated,
        true);
  }

  private static List<LadderStage> stages(
      List<Double> residuals, CandidateResult candidate, boolean isScored) {
    List<LadderStage> stages = new ArrayList<>();
    stages.add(unmeasured(1, "means and variances"));
    if (!residuals.isEmpty()) {
      stages.add(
          unmeasured(
              1 + residuals.size(),
              String.format(
                  Locale.ROOT,
                  "conjugate gradients, %d passes, residual %.1e",
                  residuals.size(),
                  residuals.get(residuals.size() - 1))));
    }
    if (isScored) {
      stages.add(
          new LadderStage(
              2 + residuals.size(),
              "scored rows left out" + (candidate.calibrated() ? ", calibrated" : ""),
              candidate.heldOutLoss(),
              candidate.heldOutError(),
              LossBasis.MEASURED,
              Double.NaN,
              true));
    }
    return stages;
  }

  private static LadderStage unmeasured(int pass, String name) {
    return new LadderStage(pass, name, Double.NaN, Double.NaN, LossBasis.NONE, Double.NaN, true);
  }

  private Diagnosis diagnosis(double condition) {
    ScatterSystem all = systems.get(systems.size() - 1);
    return new Diagnosis(
        features,
        all.order(),
        condition,
        all.findings(),
        IntStream.range(0, classes).filter(k -> total.rows(k) == 0).boxed().toList(),
        IntStream.range(0, classes).filter(k -> total.rows(k) == 1).boxed().toList());
  }
}
