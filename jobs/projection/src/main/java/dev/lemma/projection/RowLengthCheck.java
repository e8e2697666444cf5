// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowLengths;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells rows that were never meant for a map from a few that are broken. */
public final class RowLengthCheck {
  private RowLengthCheck() {}

  /**
   * Refuses rows that all have one length which is not d.
   *
   * @param features what was expected
   * @param counts of the screen's rows
   * @param spec the key that brought d with it, if it did
   * @param d the key d, if it was set
   * @throws LemmaException (code 3) if all rows have one length, and that is not d
   */
  public static void refuseOther(
      Features features,
      RowScreen screen,
      RowCounts counts,
      Optional<String> spec,
      OptionalLong d) {
    long wrong = counts.bad().getOrDefault(BadRow.WRONG_LENGTH, 0L);
    if (wrong == 0 || wrong < counts.rows()) {
      return;
    }
    Optional<RowLengths> lengths = screen.wrongLengths().filter(RowLengths::isOne);
    if (lengths.isEmpty()) {
      return;
    }
    String column = String.join(", ", features.columns());
    String found = "length " + lengths.get() + " in all " + wrong + " rows of " + column;
    String expected = Long.toString(features.dimension().orElseThrow());
    if (spec.isPresent()) {
      throw refused(
          "spec",
          "the specification has another d",
          found,
          expected,
          "name the output whose projection was made for rows of this length, or leave spec out to"
              + " make a new space");
    }
    if (d.isPresent()) {
      throw refused(
          "d",
          "no row has so many features",
          found,
          expected,
          "correct key d, or leave it out to have it read from the input");
    }
    throw refused(
        column,
        "the column's metadata tells another d",
        found,
        expected,
        "have the metadata corrected where the input is written");
  }

  private static LemmaException refused(
      String where, String what, String found, String expected, String remedy) {
    return new LemmaException(ExitCode.INPUT, new Problem(where, what, found, expected, remedy));
  }
}
