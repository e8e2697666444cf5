// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.List;
import java.util.Optional;

/**
 * The choice among ways to search.
 *
 * @param chosen the cheapest that is expected to find enough
 * @param exact tiles, for comparison or chosen
 * @param options the cheapest of each family and number of hashes that finds enough, cheapest first
 */
public record NeighborPlan(PlanOption chosen, PlanOption exact, List<PlanOption> options) {
  /** Copies the list. */
  public NeighborPlan {
    options = List.copyOf(options);
  }

  /** The cheapest by hashes; empty where none finds enough within the tables allowed. */
  public Optional<PlanOption> bestHash() {
    return options.stream().findFirst();
  }
}
