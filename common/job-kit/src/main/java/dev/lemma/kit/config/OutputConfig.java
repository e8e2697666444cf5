// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the result goes.
 *
 * @param format short name or class of a Spark data source
 * @param path folder to publish at
 * @param table table of the catalog, or of the data base, to publish at
 * @param mode what happens when the output exists
 * @param partitions number of files, or empty as Spark has them
 * @param partitionBy columns that make folders
 * @param options options of the data source
 */
public record OutputConfig(
    @Key(
            doc = "Spark data source: parquet, csv, json, orc, jdbc, delta, iceberg and others",
            fallback = "parquet",
            effect = Effect.OPERATION)
        String format,
    @Key(doc = "Folder to publish at", effect = Effect.OPERATION) Optional<String> path,
    @Key(
            doc =
                "Table of the catalog, or with format = jdbc of the data base, to publish at instead"
                    + " of a path; needs key manifest",
            effect = Effect.OPERATION)
        Optional<String> table,
    @Key(
            doc =
                "What to do when the output exists: end with code 4, replace it, add to it, or"
                    + " replace only the partitions touched",
            fallback = "error",
            effect = Effect.OPERATION)
        OutputMode mode,
    @Key(doc = "Number of files; unset: one for each Spark partition", effect = Effect.OPERATION)
        OptionalInt partitions,
    @Key(doc = "Columns whose values make folders", fallback = "[]", effect = Effect.OPERATION)
        List<String> partitionBy,
    @Key(
            doc = "Options of the data source, such as compression = zstd",
            fallback = "{}",
            effect = Effect.OPERATION)
        Map<String, String> options)
    implements Checked {
  /** Takes copies and checks the range of each component. */
  public OutputConfig {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(mode, "mode");
    partitionBy = List.copyOf(partitionBy);
    options = Map.copyOf(options);
    if (path.isPresent() && path.get().isBlank()) {
      throw new IllegalArgumentException("path must not be empty");
    }
    if (table.isPresent() && table.get().isBlank()) {
      throw new IllegalArgumentException("table must not be empty");
    }
    if (partitions.isPresent() && partitions.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "partitions must be at least 1, found " + partitions.getAsInt());
    }
  }

  @Override
  public void check(Findings findings) {
    if (path.isPresent() && table.isPresent()) {
      findings.add("path", "both path and table are set", "keep one of them");
    }
    if (isJdbc()) {
      checkDataBase(findings);
    } else if (path.isEmpty() && table.isEmpty()) {
      findings.add("path", "nowhere to write", "set output.path or output.table");
    }
    if (mode == OutputMode.OVERWRITE_PARTITIONS && partitionBy.isEmpty()) {
      findings.add(
          "partition-by", "mode overwrite-partitions has no partitions", "set output.partition-by");
    }
  }

  private void checkDataBase(Findings findings) {
    if (path.isPresent() && table.isEmpty()) {
      findings.add("path", "a data base has no path", "set output.table instead");
    }
    boolean named = options.keySet().stream().anyMatch("dbtable"::equalsIgnoreCase);
    if (table.isPresent() == named) {
      findings.add(
          "table",
          named ? "the data base's table is named twice" : "the data base's table is not named",
          named ? "remove output.options.dbtable" : "set output.table");
    }
    if (options.keySet().stream().noneMatch("url"::equalsIgnoreCase)) {
      findings.add("options", "jdbc without an address", "set output.options.url");
    }
  }

  /** Whether rows go to a data base through JDBC, where nothing can lie beside them. */
  public boolean isJdbc() {
    return format.equalsIgnoreCase("jdbc");
  }
}
