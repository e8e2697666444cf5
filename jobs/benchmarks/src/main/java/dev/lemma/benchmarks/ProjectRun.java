// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.JobRunner;
import dev.lemma.kit.run.RunMode;
import dev.lemma.projection.ProjectConfig;
import dev.lemma.projection.ProjectJob;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The job {@code project} as the command runs it, its distortion pass included. */
final class ProjectRun {
  private ProjectRun() {}

  /**
   * Runs the job on a text column.
   *
   * @param input Parquet with the columns
   * @param columns id and text
   * @param k output dimension
   * @param output where the result goes; replaced
   */
  static void run(String input, Columns columns, int k, String output, String... further) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "input.path=" + quoted(input),
                "columns.id=" + columns.id(),
                "columns.features=" + columns.text(),
                "k=" + k,
                "output.path=" + quoted(output),
                "output.mode=overwrite"));
    words.addAll(List.of(further));
    Bound<ProjectConfig> bound = ConfigLoader.of(List.of(), words).load(ProjectConfig.class);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    PrintStream err = Boolean.getBoolean("bench.verbose") ? System.err : nowhere;
    ExitCode code =
        JobRunner.run(
            new ProjectJob(), bound.config(), bound.resolved(), RunMode.RUN, nowhere, err);
    if (code != ExitCode.DONE) {
      throw new IllegalStateException(
          "project ended with code " + code.code() + "; add -Dbench.verbose=true to see why");
    }
  }

  /**
   * Which columns play which part.
   *
   * @param id of the row
   * @param text its features
   */
  record Columns(String id, String text) {}

  private static String quoted(String path) {
    return '"' + path.replace("\\", "\\\\") + '"';
  }
}
