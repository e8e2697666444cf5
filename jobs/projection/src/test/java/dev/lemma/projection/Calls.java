// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.testing.JobCall;

/** The jobs of this module, called in this process. */
final class Calls {
  private Calls() {}

  static JobCall project(String... assignments) {
    return JobCall.of(new ProjectJob(), assignments);
  }

  static JobCall dryProject(String... assignments) {
    return JobCall.dry(new ProjectJob(), assignments);
  }

  static JobCall plan(String... assignments) {
    return JobCall.of(new PlanJob(), assignments);
  }
}
