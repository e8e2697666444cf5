// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.testing.JobCall;

/** The jobs of this module, called in this process. */
final class Calls {
  private Calls() {}

  static JobCall stats(String... assignments) {
    return JobCall.of(new StatsJob(), assignments);
  }

  static JobCall dryStats(String... assignments) {
    return JobCall.dry(new StatsJob(), assignments);
  }

  static JobCall merge(String... assignments) {
    return JobCall.of(new MergeJob(), assignments);
  }

  static JobCall fit(String... assignments) {
    return JobCall.of(new FitJob(), assignments);
  }

  static JobCall dryFit(String... assignments) {
    return JobCall.dry(new FitJob(), assignments);
  }

  static JobCall score(String... assignments) {
    return JobCall.of(new ScoreJob(), assignments);
  }

  static JobCall dryScore(String... assignments) {
    return JobCall.dry(new ScoreJob(), assignments);
  }
}
