// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The columns of the input that travel to the output beside a job's result. */
public final class KeptColumns {
  private KeptColumns() {}

  /**
   * Columns to keep, by default id, label and weight, and those that make folders of the output.
   *
   * @param result name of the column that the job adds
   * @throws LemmaException (code 3) with every problem: a folder's column that is not there, a kept
   *     column of the result's name
   */
  public static List<String> of(
      ColumnsConfig columns, OutputConfig output, Dataset<Row> rows, String result) {
    List<Problem> problems = new ArrayList<>();
    List<String> kept = of(columns, output, rows, result, problems);
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return kept;
  }

  /** The same for a caller that finds more problems and tells all of them at once. */
  public static List<String> of(
      ColumnsConfig columns,
      OutputConfig output,
      Dataset<Row> rows,
      String result,
      List<Problem> problems) {
    Set<String> kept = new LinkedHashSet<>();
    columns.id().ifPresent(kept::add);
    columns
        .keep()
        .ifPresentOrElse(
            kept::addAll,
            () -> {
              columns.label().ifPresent(kept::add);
              columns.weight().ifPresent(kept::add);
            });
    kept.addAll(output.partitionBy());
    List<String> known = Arrays.asList(rows.columns());
    for (String name : output.partitionBy()) {
      if (!known.contains(name)) {
        problems.add(
            new Problem(
                "output.partition-by",
                "no such column in the input",
                name,
                "one of " + String.join(", ", known),
                "correct the name"));
      }
    }
    if (kept.contains(result)) {
      problems.add(
          Problem.of(
              "columns.keep",
              "column " + result + " is the name of the result",
              "rename the column of the input, or do not keep it"));
    }
    return List.copyOf(kept);
  }
}
