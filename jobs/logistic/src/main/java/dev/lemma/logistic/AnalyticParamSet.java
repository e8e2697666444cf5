// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.ErrorRule;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The parameters of both stages beside those of Spark ML, made once for each stage object. */
final class AnalyticParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Half a gigabyte. */
  private static final long MEMORY = 512L << 20;

  private static final int FOLDS = 5;

  final Param<String> passes;
  final IntParam folds;
  final Param<String> kernel;
  final Param<String> estimator;
  final Param<String> shrinkage;
  final DoubleParam rho;
  final DoubleParam lambda;
  final Param<String> shrinkageUnits;
  final DoubleParam penalty;
  final DoubleParam residual;
  final IntParam iterations;
  final Param<String> standardErrors;
  final DoubleArrayParam priors;
  final Param<String> weightMeaning;
  final Param<String> idCol;
  final LongParam memory;
  final LongParam seed;

  AnalyticParamSet(Params owner) {
    passes =
        choice(
            owner,
            "passes",
            "how many times the rows are read: 1 closed form, 2 calibrated and cross-validated, 3"
                + " and 4 with Newton steps, mle to the maximum of the likelihood",
            Passes.keys());
    folds =
        new IntParam(
            owner,
            "folds",
            "number of folds of cross-validation; a row's fold is a hash of its key",
            ParamValidators.gtEq(2.0));
    kernel =
        choice(
            owner,
            "kernel",
            "exact: the same bits whatever the cluster's shape, for one shuffle; fast: the"
                + " machine's BLAS where the rows lie",
            List.of("exact", "fast"));
    estimator =
        choice(
            owner,
            "estimator",
            "the model of one pass: auto (the best on folds left out as far as moments tell),"
                + " pooled, balanced, moment-matched, diagonal, total (only to compare with);"
                + " conjugate-gradients makes pooled without a matrix, in as many passes as it"
                + " takes; more passes compare all",
            keys(Estimator.values()));
    shrinkage =
        choice(
            owner,
            "shrinkage",
            "how the covariance is shrunk towards a multiple of the identity: auto is oas, ridge"
                + " takes lambda, fixed takes rho",
            keys(ShrinkageRule.values()));
    rho =
        new DoubleParam(
            owner,
            "rho",
            "share of the identity with shrinkage fixed",
            ParamValidators.inRange(0.0, 1.0));
    lambda =
        new DoubleParam(
            owner,
            "lambda",
            "multiple of the identity that shrinkage ridge adds",
            ParamValidators.gtEq(0.0));
    residual =
        new DoubleParam(
            owner,
            "residual",
            "relative size of the residuals at which conjugate gradients end",
            ParamValidators.inRange(0.0, 1.0, false, false));
    iterations =
        new IntParam(
            owner,
            "iterations",
            "most steps of conjugate gradients, each a pass",
            ParamValidators.gtEq(1.0));
    standardErrors =
        choice(
            owner,
            "standardErrors",
            "where standard errors come from: auto is fisher after Newton steps, else closed-form;"
                + " sandwich sums over the rows in a pass that is made anyway (passes 2 and more)",
            keys(ErrorRule.values()));
    seed =
        new LongParam(
            owner,
            "seed",
            "chooses rows sampled for calibration (more than two classes) and probes of conjugate"
                + " gradients");
    shrinkageUnits =
        choice(
            owner,
            "shrinkageUnits",
            "units of the features in which the covariance is shrunk: as they came, or in units of"
                + " their deviation within the classes or of all rows",
            List.of("data", "within-deviation", "total-deviation"));
    penalty =
        new DoubleParam(
            owner,
            "penalty",
            "lambda of the ridge towards zero of Newton steps, on standardised columns and the sum"
                + " of the losses (passes 3, 4 and mle)",
            ParamValidators.gtEq(0.0));
    priors =
        new DoubleArrayParam(
            owner,
            "priors",
            "shares of the classes where the model is used; unset: those among the rows",
            (scala.Function1<double[], Object> & Serializable) AnalyticParamSet::arePriors);
    weightMeaning =
        choice(
            owner,
            "weightMeaning",
            "what a weight means for standard errors: importance, or frequency (so many equal rows)",
            List.of("importance", "frequency"));
    idCol =
        new Param<>(
            owner, "idCol", "column that names a row; its fold follows it, else the row's content");
    memory =
        new LongParam(
            owner,
            "memory",
            "most bytes that the statistics may take; each class has a scatter matrix of its own"
                + " while all fit",
            ParamValidators.gt(0.0));
  }

  /** The defaults: one pass, the pooled covariance as it is. */
  void setDefaults(AnalyticParams stage) {
    stage.setDefault(passes, Passes.ONE.key());
    stage.setDefault(folds, FOLDS);
    stage.setDefault(kernel, "fast");
    stage.setDefault(estimator, "pooled");
    stage.setDefault(shrinkage, "none");
    stage.setDefault(rho, 0.0);
    stage.setDefault(lambda, 0.0);
    stage.setDefault(residual, Iterations.DEFAULT.residual());
    stage.setDefault(iterations, Iterations.DEFAULT.most());
    stage.setDefault(standardErrors, "auto");
    stage.setDefault(seed, 0L);
    stage.setDefault(shrinkageUnits, "data");
    stage.setDefault(penalty, LogisticSettings.PENALTY);
    stage.setDefault(weightMeaning, "importance");
    stage.setDefault(memory, MEMORY);
  }

  private static List<String> keys(Enum<?>... constants) {
    return Arrays.stream(constants).map(Keys::of).toList();
  }

  private static Param<String> choice(Params owner, String name, String doc, List<String> allowed) {
    return new Param<>(
        owner,
        name,
        doc + " (" + String.join(", ", allowed) + ")",
        ParamValidators.inArray(allowed));
  }

  /** Finite, at least 0, not all 0. */
  private static Object arePriors(double[] shares) {
    return shares.length > 1
        && Arrays.stream(shares).allMatch(share -> share >= 0 && share <= Double.MAX_VALUE)
        && Arrays.stream(shares).anyMatch(share -> share > 0);
  }
}
