// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Resolved;
import dev.lemma.kit.io.Publisher;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints what a run would do. */
final class DryRun {
  private final PrintStream out;
  private final Mask mask;

  DryRun(PrintStream out, Mask mask) {
    this.out = out;
    this.mask = mask;
  }

  void print(Resolved resolved, Optional<Publisher> publisher, List<Fact> plan) throws IOException {
    List<Fact> facts = new ArrayList<>(plan);
    if (publisher.isPresent()) {
      facts.add(
          publisher
              .get()
              .obstacle()
              .map(
                  problem ->
                      new Fact("output", "a run would end with code 4", mask.apply(problem).line()))
              .orElse(new Fact("output", "ready to be written", "")));
    }
    StringBuilder text = new StringBuilder("# Configuration\n").append(resolved.render());
    text.append("\n# Plan; nothing is written\n");
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    for (Fact fact : facts) {
      text.append(fact.name())
          .append(" ".repeat(width - fact.name().length()))
          .append("  ")
          .append(fact.value());
      if (!fact.why().isEmpty()) {
        text.append("  (").append(fact.why()).append(')');
      }
      text.append('\n');
    }
    out.print(mask.apply(text.toString()));
    out.flush();
  }
}
