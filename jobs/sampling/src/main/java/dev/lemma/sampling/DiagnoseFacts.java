// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.Fact;
import java.util.ArrayList;
import java.util.List;

/** The derived numbers of a diagnosis: for the dry run and the report. */
final class DiagnoseFacts {
  private static final int SHOWN = 8;
  private static final int KERNEL_BYTES = 170;

  private DiagnoseFacts() {}

  static List<Fact> of(DiagnoseConfig config, DrawsSource source, List<String> parameters) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("input", source.description(), ""));
    facts.add(
        new Fact(
            "parameters",
            Integer.toString(parameters.size()),
            parameters.size() <= SHOWN
                ? String.join(", ", parameters)
                : String.join(", ", parameters.subList(0, SHOWN))
                    + " and "
                    + (parameters.size() - SHOWN)
                    + " more"));
    facts.add(
        source
            .logWeight()
            .map(name -> new Fact("weights", "logarithms by " + name, "their k-hat is judged"))
            .orElse(new Fact("weights", "none", "no draws.log-weight and no log_weight__")));
    facts.add(
        new Fact(
            "passes",
            "1 of the draws",
            "one more of what numbers them, of the weights and of the parameters that are drawn"));
    facts.add(
        new Fact(
            "shuffles", "1 of the draws", "all draws of a group of parameters come to one task"));
    facts.add(
        new Fact(
            "executors",
            "up to "
                + ByteSize.describe(ColumnGroups.GROUP_BYTES)
                + " and "
                + KERNEL_BYTES
                + " bytes a draw of one parameter",
            "for each task: the draws of its group and the work arrays of one parameter"));
    facts.add(
        new Fact(
            "driver",
            "about " + ByteSize.describe(200.0 * parameters.size()),
            "names and two numbers of each parameter for the report; draws never come to it, but"
                + " for some hundred points of those that are drawn"));
    facts.add(
        new Fact(
            "limits",
            "R-hat "
                + Verdict.text(config.limits().rHat())
                + ", bulk effective size "
                + Verdict.text(config.limits().essBulk())
                + ", k-hat "
                + Verdict.text(config.limits().kHat()),
            config.gate() ? "a broken one ends the run with code 5" : "a broken one is a warning"));
    facts.add(
        new Fact(
            "kernel", "exact", "bits = any: a parameter's summary depends on its draws alone"));
    return facts;
  }
}
