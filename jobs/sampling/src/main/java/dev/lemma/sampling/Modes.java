// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.sampling.glm.MapFit;

/** What is said where a posterior has no mode to begin from. */
final class Modes {
  private Modes() {}

  /**
   * The mode.
   *
   * @param where the label's key and column
   * @throws LemmaException with code 3 if there is none
   */
  static MapFit.Converged require(MapFit fit, String where) {
    if (fit instanceof MapFit.Converged mode) {
      return mode;
    }
    throw new LemmaException(ExitCode.INPUT, problem(fit, where));
  }

  /** Why there is no mode, in words. */
  static String reason(MapFit fit) {
    return problem(fit, "").what();
  }

  private static Problem problem(MapFit fit, String where) {
    // Patterns in a switch come with Java 21.
    if (fit instanceof MapFit.Unbounded unbounded) {
      return Problem.of(
          where,
          "the likelihood grows without bound with the coefficients of "
              + ModelParameters.shown(unbounded.parameters())
              + ", as it does when they separate the classes or a count is always 0, and their"
              + " priors are flat: there is no posterior",
          "give them a proper prior, such as prior.coefficients = \"normal(0, 10)\"");
    }
    if (fit instanceof MapFit.Singular singular) {
      return Problem.of(
          where,
          "the posterior is flat along a combination of parameters: the rows do not tell the"
              + " coefficients of "
              + ModelParameters.shown(singular.parameters())
              + " from the others",
          "leave these columns out, or give them a proper prior");
    }
    if (fit instanceof MapFit.Flat) {
      return Problem.of(
          where,
          "the posterior is flat: no row says anything of any parameter and no prior is proper",
          "check columns.weight, or set prior.coefficients");
    }
    if (fit instanceof MapFit.NotFinite) {
      return Problem.of(
          where,
          "the log posterior is not a finite number where its mode is looked for",
          "bring the features to a common scale; a linear fit without residuals has no sigma");
    }
    return Problem.of(
        where,
        "the mode of the posterior was not found after " + fit.passes() + " passes",
        "bring the features to a common scale, or give the coefficients a proper prior");
  }
}
