// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.Findings;
import dev.lemma.math.logistic.ClosedForm;
import dev.lemma.math.logistic.Deficiency;
import dev.lemma.math.logistic.ErrorRule;
import dev.lemma.math.logistic.Pooling;
import dev.lemma.math.logistic.ShrinkageUnits;
import dev.lemma.math.logistic.WeightSemantics;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which model is wanted: what job and stage have in common, and which choices go together.
 *
 * @param passes how many times the rows are read; empty where that was left open
 * @param unset how many are made then
 * @param estimator which model one pass leads to
 * @param shrinkage how its covariance is shrunk
 * @param rho share of the identity
 * @param lambda multiple of the identity
 * @param shrinkageUnits units in which it is shrunk; empty where that was left open
 * @param errors where standard errors come from
 */
record ModelChoices(
    Optional<Passes> passes,
    Passes unset,
    Estimator estimator,
    ShrinkageRule shrinkage,
    OptionalDouble rho,
    OptionalDouble lambda,
    Optional<ShrinkageUnits> shrinkageUnits,
    ErrorRule errors) {

  /** How many passes are made, the one for the statistics included. */
  Passes rung() {
    return passes.orElse(unset);
  }

  /** Whether passes are made until equations are solved. */
  boolean iterates() {
    return estimator == Estimator.CONJUGATE_GRADIENTS;
  }

  /** Whether models are compared on rows left out. */
  boolean compares() {
    return !iterates() && (rung() == Passes.TWO || rung() == Passes.THREE || rung() == Passes.FOUR);
  }

  /** The closed form of the estimator, the pooled one where it has none. */
  ClosedForm closedForm(WeightSemantics weights) {
    return new ClosedForm(
        estimator.pooling().orElse(Pooling.WITHIN),
        isShrunk()
            ? shrinkage.with(rho.orElse(0), lambda.orElse(0))
            : ShrinkageRule.NONE.with(0, 0),
        units(),
        Deficiency.LEAVE_OUT,
        weights);
  }

  private ShrinkageUnits units() {
    return shrinkageUnits.orElse(
        shrinkage == ShrinkageRule.LEDOIT_WOLF
            ? ShrinkageUnits.DATA
            : ShrinkageUnits.TOTAL_DEVIATION);
  }

  /** Variances alone are not shrunk unless asked. */
  private boolean isShrunk() {
    return shrinkage != ShrinkageRule.AUTO
        || estimator == Estimator.POOLED
        || estimator == Estimator.BALANCED
        || iterates();
  }

  /** Reports the choices that do not go together. */
  void check(Findings findings) {
    if (iterates()) {
      checkIterations(findings);
    } else if (estimator != Estimator.AUTO && rung() != Passes.ONE) {
      findings.add(
          "estimator",
          "passes = " + rung().key() + " chooses among all estimators",
          "set passes = 1, or estimator = auto");
    }
    checkShrinkage(findings);
    checkErrors(findings);
  }

  private void checkIterations(Findings findings) {
    if (passes.isPresent()) {
      findings.add(
          "passes",
          "conjugate-gradients makes as many passes as it takes",
          "leave it out, and bound them by iterations");
    }
    if (shrinkage == ShrinkageRule.LEDOIT_WOLF) {
      findings.add(
          "shrinkage",
          "the share of Ledoit and Wolf needs fourth moments, which are not known without a matrix",
          "set shrinkage = oas");
    }
  }

  private void checkShrinkage(Findings findings) {
    if (shrinkage != ShrinkageRule.AUTO && estimator.pooling().isEmpty()) {
      findings.add(
          "shrinkage",
          "estimator = " + Keys.of(estimator) + " takes no rule of shrinkage",
          "name another estimator, or leave shrinkage out");
    }
    if (shrinkage == ShrinkageRule.LEDOIT_WOLF
        && !iterates()
        && (estimator != Estimator.POOLED || units() != ShrinkageUnits.DATA)) {
      findings.add(
          "shrinkage",
          "the share of Ledoit and Wolf is known for estimator = pooled in the units of the data",
          "set these, or shrinkage = oas");
    }
    if (rho.isPresent() != (shrinkage == ShrinkageRule.FIXED)) {
      findings.add("rho", "rho and shrinkage = fixed go together", "set both, or none");
    }
    if (lambda.isPresent() != (shrinkage == ShrinkageRule.RIDGE)) {
      findings.add("lambda", "lambda and shrinkage = ridge go together", "set both, or none");
    }
  }

  private void checkErrors(Findings findings) {
    String key = "standard-errors";
    boolean hasSteps = rung().ordinal() > Passes.TWO.ordinal();
    if (iterates()) {
      if (errors != ErrorRule.AUTO) {
        findings.add(key, "conjugate-gradients gives none", "leave it out");
      }
    } else if (errors == ErrorRule.CLOSED_FORM && hasSteps) {
      findings.add(
          key,
          "the closed form knows nothing of Newton steps",
          "set auto, sandwich or fisher, or passes = 1 or 2");
    } else if (errors == ErrorRule.FISHER && !hasSteps) {
      findings.add(
          key,
          "passes = " + rung().key() + " takes no derivatives",
          "set passes = 3, 4 or mle, or another rule");
    } else if (errors == ErrorRule.SANDWICH && rung() == Passes.ONE) {
      findings.add(
          key,
          "a sandwich sums over the rows, and one pass has no second look at them",
          "set passes = 2 or more, or another rule");
    }
  }
}
