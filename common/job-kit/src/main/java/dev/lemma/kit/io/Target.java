// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The names around one output.
 *
 * @param root the folder that is published: the output itself, or the folder that stands for {@code
 *     _lemma} when rows go to a table
 * @param lemma where manifest, tables and model lie
 * @param output what the configuration says of the main table; empty for a job without one
 * @param folder whether the rows of the main table lie in {@code root}
 */
record Target(Path root, Path lemma, Optional<OutputConfig> output, boolean folder) {
  /** UTC time and six letters; see {@code RunId}. */
  private static final String RUN = "\\d{8}T\\d{6}Z-[a-z0-9]{6}";

  Target {
    if (root.isRoot() || root.getParent() == null) {
      throw new LemmaException(
          ExitCode.USAGE,
          Problem.of(
              root.toString(),
              "the output is the root of a file system",
              "choose a folder below it"));
    }
  }

  static Target folder(Path root, OutputConfig output) {
    return new Target(root, new Path(root, "_lemma"), Optional.of(output), true);
  }

  static Target beside(Path manifest, Optional<OutputConfig> output) {
    return new Target(manifest, manifest, output, false);
  }

  Path manifest() {
    return new Path(lemma, "manifest.json");
  }

  Path runs() {
    return new Path(lemma, "runs");
  }

  Path checkpoint() {
    return new Path(lemma, "checkpoint");
  }

  Path lease() {
    return sibling("lease");
  }

  Path staging(String run) {
    return sibling(run);
  }

  Path aside(String run) {
    return sibling(run + ".old");
  }

  Path journal(String run) {
    return sibling(run + ".journal");
  }

  /** What the staged folder's counterpart of {@link #lemma} is. */
  Path stagedLemma(String run) {
    return new Path(staging(run), "_lemma");
  }

  /** Shows that what is staged has been there since the run began. */
  Path mark(String run) {
    return new Path(stagedLemma(run), ".begun");
  }

  /** Whether a sibling's name is that of a journal of this output. */
  boolean isJournal(String name) {
    return Pattern.matches(Pattern.quote(prefix()) + RUN + "\\.journal", name);
  }

  /** Whether a sibling's name is that of anything that a run of this output leaves behind. */
  boolean isLitter(String name) {
    return Pattern.matches(
        Pattern.quote(prefix()) + "(lease-claim|" + RUN + "(\\.old|\\.journal|\\.journal\\.tmp)?)",
        name);
  }

  private String prefix() {
    return "." + root.getName() + ".lemma-";
  }

  private Path sibling(String suffix) {
    return new Path(root.getParent(), prefix() + suffix);
  }
}
