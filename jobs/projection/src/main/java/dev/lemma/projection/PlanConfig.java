// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.RunConfig;

/**
 * Configuration of the job {@code plan}.
 *
 * @param target guarantee and, where known, k, d and the family
 * @param run what all jobs have
 */
public record PlanConfig(
    @Inline("guarantee = all-pairs") TargetConfig target,
    @Inline("precision = float") RunConfig run)
    implements Checked {
  @Override
  public void check(Findings findings) {
    if (target.guarantee() != GuaranteeKind.SHARE && target.rows().isEmpty()) {
      findings.add(
          "rows",
          "guarantee = " + Specification.key(target.guarantee()) + " depends on the number of rows",
          "set rows, or guarantee = share");
    }
    String family = Specification.key(target.family());
    if (target.d().isEmpty()) {
      switch (target.family()) {
        case HADAMARD, ORTHONORMAL ->
            findings.add("d", "family = " + family + " has a fixed number of features", "set d");
        case VERY_SPARSE -> {
          if (target.density() == 0) {
            findings.add(
                "density",
                "family = " + family + " takes it from the number of features",
                "set d or density");
          }
        }
        case AUTO, SIGN, SPARSE_SIGN, GAUSSIAN -> {}
      }
    }
  }
}
