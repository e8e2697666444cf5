// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Configuration of the job {@code diagnose}.
 *
 * @param input where the draws come from
 * @param draws how the input holds them
 * @param output where the summary goes
 * @param parameters which of them
 * @param ragged what to do with chains of different lengths
 * @param superchains groups of neighbouring chains that started together
 * @param gate whether draws that are not good enough end the run
 * @param limits when they are
 * @param plots parameters that are drawn
 * @param run what all jobs have
 */
public record DiagnoseConfig(
    @Key(
            doc =
                "Where the draws come from; format = cmdstan reads the CSV files of CmdStan, one"
                    + " chain a file")
        InputConfig input,
    @Key(doc = "How the input holds its draws") DrawsConfig draws,
    @Key(doc = "Where the summary goes, a row for each parameter") OutputConfig output,
    @Key(
            doc =
                "Parameters to diagnose, in this order; a * at the end stands for any ending;"
                    + " empty: all but the sampler's own columns, whose names end in __",
            fallback = "[]")
        List<String> parameters,
    @Key(
            doc =
                "Chains of different lengths: fail, or trim to the first draws of each, as many as"
                    + " the shortest chain has",
            fallback = "fail")
        RaggedChains ragged,
    @Key(
            doc =
                "Number of groups of neighbouring chains that started at one point, for nested"
                    + " R-hat; unset: none up to 16 chains, above the divisor of the number of"
                    + " chains that is nearest to its square root")
        OptionalInt superchains,
    @Key(
            doc = "End with code 5 and publish nothing when a limit is broken",
            fallback = "false",
            effect = Effect.OPERATION)
        boolean gate,
    @Key(doc = "When draws are good enough", effect = Effect.OPERATION) LimitsConfig limits,
    @Key(
            doc = "Number of parameters, the worst first, that the report draws",
            fallback = "4",
            effect = Effect.OPERATION)
        int plots,
    @Inline RunConfig run)
    implements Checked {
  private static final int MOST_PLOTS = 50;

  /** Checks the range of each component. */
  public DiagnoseConfig {
    Objects.requireNonNull(ragged, "ragged");
    parameters = List.copyOf(parameters);
    if (superchains.orElse(2) < 2) {
      throw new IllegalArgumentException(
          "superchains must be at least 2, found " + superchains.getAsInt());
    }
    if (plots < 0 || plots > MOST_PLOTS) {
      throw new IllegalArgumentException(
          "plots must lie in 0 to " + MOST_PLOTS + ", found " + plots);
    }
  }

  /** Whether the input is files of CmdStan. */
  boolean isCmdStan() {
    return input.format().equalsIgnoreCase(CmdStanDraws.FORMAT);
  }

  @Override
  public void check(Findings findings) {
    if (isCmdStan() && input.path().isEmpty()) {
      findings.add("input.path", "CmdStan's draws are files", "name their folder or a pattern");
    }
    if (isCmdStan() && draws.layout() == Layout.LONG) {
      findings.add("draws.layout", "CmdStan's files are wide", "leave it out");
    }
    if (isCmdStan() && (draws.chain().isPresent() || draws.iteration().isPresent())) {
      findings.add("draws", "CmdStan's files and lines number the draws", "leave the columns out");
    }
    if (run.onBadRow() != BadRows.FAIL) {
      findings.add(
          "on-bad-row",
          "no draw is left out, since its chain would have a hole",
          "leave it out; a parameter with draws that are not finite has no diagnostics");
    }
    if (run.precision() == Precision.FLOAT) {
      findings.add("precision", "diagnostics are kept in double precision", "leave it out");
    }
    if (parameters.stream().distinct().count() < parameters.size()) {
      findings.add("parameters", "names a parameter twice", "name each once");
    }
  }
}
