// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.SvdOutcome;
import java.util.List;

/** Says why there is no decomposition. */
final class Undecomposable {
  private Undecomposable() {}

  /**
   * The decomposition.
   *
   * @param kind of the decomposition
   * @param columns of the features, for the message
   * @throws LemmaException (code 3) if there are none
   */
  static <T extends SvdOutcome> T require(
      SvdOutcome outcome, Class<T> kind, List<String> columns, Preparation preparation) {
    if (kind.isInstance(outcome)) {
      return kind.cast(outcome);
    }
    String where = "columns.features = " + String.join(", ", columns);
    SvdOutcome.Reason reason = ((SvdOutcome.Failure) outcome).reason();
    Problem problem =
        switch (reason) {
          case NO_ROWS ->
              Problem.of(
                  where, "there are no rows to decompose", "check that the input is not empty");
          case ZERO_MATRIX ->
              preparation == Preparation.RAW
                  ? Problem.of(
                      where, "all rows are zero: no singular value is above 0", "check the column")
                  : Problem.of(
                      where,
                      "all rows are equal: nothing is left once the mean is subtracted",
                      "check the column, or set center = false");
          case OVERFLOW ->
              Problem.of(
                  where,
                  "the squares of the values leave the range of double",
                  "scale the features down");
          case NOT_CONVERGED ->
              Problem.of(where, "the small core has no decomposition", "use another seed");
        };
    throw new LemmaException(ExitCode.INPUT, problem);
  }
}
