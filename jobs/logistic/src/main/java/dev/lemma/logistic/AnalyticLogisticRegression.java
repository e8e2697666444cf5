// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.ErrorRule;
import dev.lemma.math.logistic.ShrinkageUnits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/**
 * Logistic regression in closed form: a model of two or more classes out of one pass over the rows,
 * better ones out of two, three or four, and the maximum of the likelihood.
 *
 * <p>{@code new AnalyticLogisticRegression().fit(data).transform(data)} is all that is needed where
 * the columns are called {@code features} and {@code label}. Labels are numbers 0, 1, ..., K - 1;
 * weights are finite and at least 0; a row with a value that is not finite ends the fit. What is
 * computed is told by {@link LogisticTraining}; priors other than those of the rows are put in
 * afterwards.
 *
 * <p>With {@code kernel = fast} each pass reads the rows once, where they lie; with {@code exact}
 * one shuffle puts them in an order that does not depend on their partitions.
 */
public final class AnalyticLogisticRegression
    extends ProbabilisticClassifier<
        Vector, AnalyticLogisticRegression, AnalyticLogisticRegressionModel>
    implements AnalyticParams, HasWeightCol, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  // Set at the first call of uid(), which is made before fields are initialised.
  private String uid;
  private Param<String> weightCol;
  private final AnalyticParamSet own;

  /** A stage with a random name. */
  public AnalyticLogisticRegression() {
    this(Identifiable$.MODULE$.randomUID("analyticLogisticRegression"));
  }

  /** A stage so named; Spark's loader calls this. */
  public AnalyticLogisticRegression(String uid) {
    this(UidHandoff.of(uid));
  }

  private AnalyticLogisticRegression(UidHandoff name) {
    HasWeightCol.$init$(this);
    own = new AnalyticParamSet(this);
    own.setDefaults(this);
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = UidHandoff.take();
    }
    return uid;
  }

  @Override
  public AnalyticParamSet own() {
    return own;
  }

  @Override
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Called by Spark's trait of the weight column. */
  @Override
  @SuppressWarnings("checkstyle:MethodName")
  public void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {
    weightCol = param;
  }

  /**
   * Trains on rows whose label and weight Spark has cast to double.
   *
   * @throws LemmaException (code 3) if a row cannot be used, if labels are not 0, 1, ..., if rows
   *     are too wide for {@code memory}, or if the priors are not one for each class
   */
  @Override
  public AnalyticLogisticRegressionModel train(Dataset<?> dataset) {
    LogisticSettings settings = settings();
    LabelledRows rows =
        LabelledRows.of(
            dataset.toDF(), columns(), OptionalLong.empty(), settings.weights(), List.of());
    NumericLabels labels = NumericLabels.of(dataset.schema().apply(getLabelCol()));
    LogisticFit fit =
        LogisticTraining.train(
                rows,
                settings,
                labels,
                Phases.SILENT,
                counts -> rows.screen().settle(counts, BadRows.FAIL, Optional.empty()))
            .fit();
    if (isSet(priors())) {
      fit = fit.withPriors("priors", getPriors());
    }
    return new AnalyticLogisticRegressionModel(
        uid(), fit.specification(), Optional.of(fit.summary()));
  }

  private ColumnsConfig columns() {
    return new ColumnsConfig(
        isSet(idCol()) ? Optional.of(getIdCol()) : Optional.empty(),
        List.of(getFeaturesCol()),
        Optional.of(getLabelCol()),
        isSet(weightCol()) && !getWeightCol().isEmpty()
            ? Optional.of(getWeightCol())
            : Optional.empty(),
        Optional.empty());
  }

  private LogisticSettings settings() {
    WeightMeaning weights = Keys.constant(WeightMeaning.class, getWeightMeaning());
    ModelChoices choices = choices();
    List<Problem> problems = new ArrayList<>();
    choices.check((param, what, remedy) -> problems.add(Problem.of(param, what, remedy)));
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return new LogisticSettings(
        choices.rung(),
        getFolds(),
        Keys.constant(Kernel.class, getKernel()),
        choices.estimator(),
        choices.closedForm(weights.semantics()),
        weights,
        getMemory(),
        getPenalty(),
        LogisticSettings.TOLERANCE,
        new Iterations(getResidual(), getIterations()),
        choices.errors(),
        getSeed());
  }

  /** What was left open follows from what was set. */
  private ModelChoices choices() {
    Passes passes = Passes.parse(getPasses());
    Estimator estimator =
        isSet(estimator()) || passes == Passes.ONE
            ? Keys.constant(Estimator.class, getEstimator())
            : Estimator.AUTO;
    boolean isPlain = estimator.pooling().isPresent() && estimator != Estimator.CONJUGATE_GRADIENTS;
    ShrinkageRule rule =
        isSet(shrinkage()) || passes == Passes.ONE && isPlain
            ? Keys.constant(ShrinkageRule.class, getShrinkage())
            : ShrinkageRule.AUTO;
    return new ModelChoices(
        isSet(passes()) ? Optional.of(passes) : Optional.empty(),
        passes,
        estimator,
        rule,
        rule == ShrinkageRule.FIXED ? OptionalDouble.of(getRho()) : OptionalDouble.empty(),
        rule == ShrinkageRule.RIDGE ? OptionalDouble.of(getLambda()) : OptionalDouble.empty(),
        Optional.of(Keys.constant(ShrinkageUnits.class, getShrinkageUnits())),
        Keys.constant(ErrorRule.class, getStandardErrors()));
  }

  @Override
  public AnalyticLogisticRegression copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reader of a saved stage. */
  public static MLReader<AnalyticLogisticRegression> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved stage. */
  public static AnalyticLogisticRegression load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of weights; unset or empty: every row has weight 1. */
  public AnalyticLogisticRegression setWeightCol(String value) {
    return (AnalyticLogisticRegression) set(weightCol(), value);
  }

  /** How many times the rows are read: 1, 2, 3, 4 or mle. */
  public AnalyticLogisticRegression setPasses(String value) {
    return (AnalyticLogisticRegression) set(passes(), value);
  }

  /** Number of folds of cross-validation. */
  public AnalyticLogisticRegression setFolds(int value) {
    return (AnalyticLogisticRegression) set(folds(), value);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  public AnalyticLogisticRegression setKernel(String value) {
    return (AnalyticLogisticRegression) set(kernel(), value);
  }

  /**
   * {@code auto}, {@code pooled}, {@code balanced}, {@code moment-matched}, {@code diagonal},
   * {@code total} or {@code conjugate-gradients}.
   */
  public AnalyticLogisticRegression setEstimator(String value) {
    return (AnalyticLogisticRegression) set(estimator(), value);
  }

  /**
   * {@code auto}, {@code none}, {@code oas}, {@code rblw}, {@code ledoit-wolf}, {@code ridge} or
   * {@code fixed}.
   */
  public AnalyticLogisticRegression setShrinkage(String value) {
    return (AnalyticLogisticRegression) set(shrinkage(), value);
  }

  /** Share of the identity with shrinkage {@code fixed}, 0 to 1. */
  public AnalyticLogisticRegression setRho(double value) {
    return (AnalyticLogisticRegression) set(rho(), value);
  }

  /** Multiple of the identity that shrinkage {@code ridge} adds. */
  public AnalyticLogisticRegression setLambda(double value) {
    return (AnalyticLogisticRegression) set(lambda(), value);
  }

  /** Relative residual at which conjugate gradients end. */
  public AnalyticLogisticRegression setResidual(double value) {
    return (AnalyticLogisticRegression) set(residual(), value);
  }

  /** Most steps of conjugate gradients. */
  public AnalyticLogisticRegression setIterations(int value) {
    return (AnalyticLogisticRegression) set(iterations(), value);
  }

  /** {@code auto}, {@code closed-form}, {@code sandwich} or {@code fisher}. */
  public AnalyticLogisticRegression setStandardErrors(String value) {
    return (AnalyticLogisticRegression) set(standardErrors(), value);
  }

  /** Chooses rows sampled for calibration and probes of conjugate gradients. */
  public AnalyticLogisticRegression setSeed(long value) {
    return (AnalyticLogisticRegression) set(seed(), value);
  }

  /** {@code data}, {@code within-deviation} or {@code total-deviation}. */
  public AnalyticLogisticRegression setShrinkageUnits(String value) {
    return (AnalyticLogisticRegression) set(shrinkageUnits(), value);
  }

  /** Lambda of the ridge towards zero of Newton steps, as 1 / C of scikit-learn. */
  public AnalyticLogisticRegression setPenalty(double value) {
    return (AnalyticLogisticRegression) set(penalty(), value);
  }

  /** Shares of the classes where the model is used, one for each; their scale does not matter. */
  public AnalyticLogisticRegression setPriors(double... value) {
    return (AnalyticLogisticRegression) set(priors(), value.clone());
  }

  /** {@code importance} or {@code frequency}. */
  public AnalyticLogisticRegression setWeightMeaning(String value) {
    return (AnalyticLogisticRegression) set(weightMeaning(), value);
  }

  /** Column that names a row. */
  public AnalyticLogisticRegression setIdCol(String value) {
    return (AnalyticLogisticRegression) set(idCol(), value);
  }

  /** Most bytes that the statistics may take. */
  public AnalyticLogisticRegression setMemory(long value) {
    return (AnalyticLogisticRegression) set(memory(), value);
  }
}
