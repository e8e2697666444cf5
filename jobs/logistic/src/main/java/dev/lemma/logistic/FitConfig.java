// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.logistic.ErrorRule;
import dev.lemma.math.logistic.ShrinkageUnits;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code logistic-fit}.
 *
 * @param statistics an earlier output with statistics
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the coefficients go
 * @param passes how many times the rows are read
 * @param folds number of folds F
 * @param weights what weights mean
 * @param d number of features
 * @param memory most that statistics, models or sums may take
 * @param priors shares of the classes where the model is used
 * @param estimator which model one pass leads to
 * @param shrinkage how its covariance is shrunk
 * @param rho share of the identity
 * @param lambda multiple of the identity
 * @param shrinkageUnits units of the features in which it is shrunk
 * @param penalty ridge of Newton steps
 * @param tolerance end of Newton steps
 * @param residual end of conjugate gradients
 * @param iterations most steps of conjugate gradients
 * @param standardErrors where standard errors come from
 * @param confidence of intervals
 * @param maxLogLoss the gate
 * @param run what all jobs have
 */
public record FitConfig(
    @Key(
            doc =
                "output.path of logistic-stats or logistic-merge: the first pass, made already;"
                    + " all values of its key columns together",
            effect = Effect.DATA)
        Optional<String> statistics,
    @Key(doc = "Where the rows come from; not needed for one pass from statistics")
        Optional<InputConfig> input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the coefficients go; the model lies at _lemma/model") OutputConfig output,
    @Key(
            doc =
                "How many times the rows are read: 1 a closed form; 2 chosen among candidates on"
                    + " rows they have not seen, and calibrated; 3 and 4 with Newton steps; mle to"
                    + " the maximum of the likelihood; unset: 2, from statistics alone 1",
            type = "1 | 2 | 3 | 4 | mle")
        Optional<String> passes,
    @Key(doc = "Number of folds F; statistics have theirs", fallback = "5") int folds,
    @Key(
            doc =
                "What a weight means: frequency (so many equal rows) or importance; statistics"
                    + " have theirs",
            fallback = "importance")
        WeightMeaning weights,
    @Key(doc = "Number of features; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc =
                "Most that the statistics may take, and the models and sums of a later pass; each"
                    + " class has a scatter matrix of its own while all of them fit",
            fallback = "512MB",
            type = "bytes such as 512MB")
        ByteSize memory,
    @Key(
            doc =
                "Shares of the classes where the model is used, one for each class by name, such"
                    + " as { no = 0.97, yes = 0.03 }; their scale does not matter; empty: those"
                    + " among the rows",
            fallback = "{}")
        Map<String, Double> priors,
    @Key(
            doc =
                "With passes = 1 the model to make: auto (the one that does best on folds left out"
                    + " as far as their moments tell), pooled, balanced, moment-matched, diagonal or"
                    + " total; more passes compare all of them. conjugate-gradients makes pooled"
                    + " without a matrix, for rows of any width, in as many passes as it takes",
            fallback = "auto")
        Estimator estimator,
    @Key(
            doc =
                "How the covariance of a named estimator is shrunk: auto is oas; ridge takes"
                    + " lambda, fixed takes rho",
            fallback = "auto")
        ShrinkageRule shrinkage,
    @Key(doc = "Share of the identity with shrinkage = fixed, 0 to 1") OptionalDouble rho,
    @Key(doc = "Multiple of the identity that shrinkage = ridge adds") OptionalDouble lambda,
    @Key(
            doc =
                "Units of the features in which the covariance is shrunk; unset: total-deviation,"
                    + " for ledoit-wolf data")
        Optional<ShrinkageUnits> shrinkageUnits,
    @Key(
            doc =
                "Ridge towards zero of Newton steps and moment matching, on standardised columns"
                    + " and the sum of the losses: 1 / C of scikit-learn; 0: none",
            fallback = "1")
        double penalty,
    @Key(
            doc =
                "Newton decrement per unit of weight at which passes = mle counts the likelihood as"
                    + " maximised",
            fallback = "1e-11")
        double tolerance,
    @Key(
            doc =
                "With estimator = conjugate-gradients the relative size of the residuals at which"
                    + " the equations count as solved",
            fallback = "1e-4")
        double residual,
    @Key(
            doc = "With estimator = conjugate-gradients most of its steps, each a pass",
            fallback = "50")
        int iterations,
    @Key(
            doc =
                "Where standard errors come from: auto (fisher after Newton steps, else"
                    + " closed-form), closed-form (the moments, for Gaussian classes; passes 1 and"
                    + " 2), sandwich (the rows, whatever their law; passes 2 and more, none of them"
                    + " for it) or fisher (the curvature of the likelihood; passes 3, 4 and mle)",
            fallback = "auto")
        ErrorRule standardErrors,
    @Key(
            doc = "Confidence of the intervals of coefficients",
            fallback = "0.95",
            effect = Effect.OPERATION)
        double confidence,
    @Key(
            doc =
                "Gate: largest mean log-loss on rows left out (passes 2, 3 and 4); above it the run"
                    + " ends with code 5 and publishes nothing; unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble maxLogLoss,
    @Inline("kernel = fast") RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public FitConfig {
    priors = Map.copyOf(priors);
    passes.ifPresent(Passes::parse);
    if (folds < 1) {
      throw new IllegalArgumentException("folds must be at least 1, found " + folds);
    }
    if (!(rho.orElse(0) >= 0 && rho.orElse(0) <= 1)) {
      throw new IllegalArgumentException("rho must lie in 0 to 1, found " + rho.getAsDouble());
    }
    if (!(lambda.orElse(0) >= 0)) {
      throw new IllegalArgumentException(
          "lambda must be at least 0, found " + lambda.getAsDouble());
    }
    if (!(penalty >= 0)) {
      throw new IllegalArgumentException("penalty must be at least 0, found " + penalty);
    }
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance must be above 0, found " + tolerance);
    }
    new Iterations(residual, iterations);
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must lie between 0 and 1, found " + confidence);
    }
    if (!(maxLogLoss.orElse(1) > 0)) {
      throw new IllegalArgumentException(
          "max-log-loss must be above 0, found " + maxLogLoss.getAsDouble());
    }
  }

  /** Which model is wanted. */
  ModelChoices choices() {
    return new ModelChoices(
        passes.map(Passes::parse),
        input.isPresent() ? Passes.TWO : Passes.ONE,
        estimator,
        shrinkage,
        rho,
        lambda,
        shrinkageUnits,
        standardErrors);
  }

  /** How many passes are made, the one for the statistics included. */
  Passes rung() {
    return choices().rung();
  }

  /** The folds that are formed of rows. */
  int usedFolds() {
    return settings(folds, weights).usedFolds();
  }

  /** The settings of a fit from statistics with this many folds and these weights. */
  LogisticSettings settings(int statisticsFolds, WeightMeaning meaning) {
    return new LogisticSettings(
        rung(),
        statisticsFolds,
        run.kernel(),
        estimator,
        choices().closedForm(meaning.semantics()),
        meaning,
        memory.bytes(),
        penalty,
        tolerance,
        new Iterations(residual, iterations),
        standardErrors,
        run.seed());
  }

  @Override
  public void check(Findings findings) {
    checkPlaces(findings);
    ModelChoices choices = choices();
    choices.check(findings);
    if (choices.iterates() && statistics.isPresent()) {
      findings.add(
          "statistics",
          "conjugate-gradients reads rows and no matrix",
          "leave it out, or name another estimator");
    }
    if (weights == WeightMeaning.SIGNED) {
      findings.add(
          "weights",
          "deletions are for statistics",
          "make statistics with logistic-stats, and fit from them");
    }
    if (run.precision() == Precision.FLOAT) {
      findings.add("precision", "models are solved in double precision", "leave it out");
    }
    if (choices.compares() && statistics.isEmpty() && folds < 2) {
      findings.add("folds", "a single fold leaves nothing out to compare on", "raise folds");
    }
    boolean measures = choices.iterates() ? folds > 1 : choices.compares();
    if (maxLogLoss.isPresent() && !measures) {
      findings.add(
          "max-log-loss", "no pass measures the loss on rows left out", "set passes = 2, 3 or 4");
    }
    priors.forEach(
        (name, share) -> {
          if (!(share >= 0 && share <= Double.MAX_VALUE)) {
            findings.add("priors." + name, "a share must be finite and at least 0", "correct it");
          }
        });
    if (!priors.isEmpty() && priors.values().stream().noneMatch(share -> share > 0)) {
      findings.add("priors", "all shares are 0", "give a class a share, or leave priors out");
    }
  }

  private void checkPlaces(Findings findings) {
    if (input.isEmpty()) {
      if (statistics.isEmpty()) {
        findings.add("input", "nothing to learn from", "set input.path, or statistics");
      } else if (rung() != Passes.ONE) {
        findings.add("passes", "statistics are one pass", "set input for more, or passes = 1");
      }
      return;
    }
    if (statistics.isPresent() && rung() == Passes.ONE) {
      findings.add(
          "input", "one pass from statistics reads no rows", "leave out input or statistics");
    }
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to learn from", "name the column of the features");
    }
    if (columns.label().isEmpty()) {
      findings.add("columns.label", "nothing to learn", "name the column of the class");
    }
    StatsConfig.checkLeak(columns, findings);
  }
}
