// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a run did not succeed, as its manifest says it.
 *
 * @param message what failed and where
 * @param hint what to do, or empty
 */
record Failure(String message, String hint) {
  static Failure of(List<Problem> problems) {
    String message =
        problems.stream()
            .map(p -> new Problem(p.where(), p.what(), p.found(), p.expected(), "").line())
            .collect(Collectors.joining("\n"));
    String hint =
        problems.stream()
            .map(Problem::remedy)
            .filter(remedy -> !remedy.isEmpty())
            .distinct()
            .collect(Collectors.joining("\n"));
    return new Failure(message, hint);
  }
}
