// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Writes into the staging folder, and checks that what is added fits what is there. */
final class StagedPublication implements Publication {
  private static final Pattern TABLE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private final Target target;
  private final String run;
  private final Optional<JsonNode> previous;
  private final Map<String, String> same = new TreeMap<>();
  private Optional<Dataset<Row>> main = Optional.empty();

  /**
   * @param previous the manifest of the rows that new ones will join, or empty when none stay
   */
  StagedPublication(Target target, String run, Optional<JsonNode> previous) {
    this.target = target;
    this.run = run;
    this.previous = previous;
  }

  @Override
  public void write(Dataset<Row> rows) {
    OutputConfig output =
        target.output().orElseThrow(() -> new IllegalStateException("the job has no output"));
    if (main.isPresent()) {
      throw new IllegalStateException("the main table is staged already");
    }
    if (target.folder()) {
      requireEqual("schema", stored(rows.schema(), output.partitionBy()));
      requireEqual("format", output.format());
      requireEqual("partition-by", String.join(",", output.partitionBy()));
    }
    String format = target.folder() ? output.format() : "parquet";
    Map<String, String> options = target.folder() ? output.options() : Map.of();
    // The folder may be there already, holding tables; the rows join it.
    DataFrameWriter<Row> writer =
        arranged(rows, output)
            .write()
            .format(format)
            .mode(SaveMode.Append)
            .options(ParquetOptions.forSchema(format, rows.schema(), options))
            .options(options);
    if (target.folder() && !output.partitionBy().isEmpty()) {
      writer = writer.partitionBy(output.partitionBy().toArray(String[]::new));
    }
    String path = mainPath().toString();
    writer.save(path);
    StructType schema = rows.schema().asNullable();
    main =
        Optional.of(
            rows.sparkSession().read().format(format).options(options).schema(schema).load(path));
  }

  /** The schema as a reader finds it: columns that make folders come last, in the folders' order. */
  private static String stored(StructType schema, List<String> partitionBy) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (partitionBy.stream().noneMatch(field.name()::equalsIgnoreCase)) {
        fields.add(field);
      }
    }
    for (String name : partitionBy) {
      for (StructField field : schema.fields()) {
        if (field.name().equalsIgnoreCase(name)) {
          fields.add(field);
        }
      }
    }
    return new StructType(fields.toArray(StructField[]::new)).catalogString();
  }

  /** As many files as asked for; with partition columns, each partition lies in one task. */
  private static Dataset<Row> arranged(Dataset<Row> rows, OutputConfig output) {
    if (output.partitions().isEmpty()) {
      return rows;
    }
    int files = output.partitions().getAsInt();
    return output.partitionBy().isEmpty()
        ? rows.repartition(files)
        : rows.repartition(
            files,
            output.partitionBy().stream()
                .map(functions::col)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  @Override
  public Dataset<Row> staged() {
    return main.orElseThrow(() -> new IllegalStateException("no main table is staged yet"));
  }

  @Override
  public void writeTable(String name, Dataset<Row> table) {
    save(new Path(target.stagedLemma(run), "tables/" + checked(name)), table);
  }

  @Override
  public String modelPath() {
    return new Path(target.stagedLemma(run), "model").toString();
  }

  @Override
  public String checkpointPath() {
    return target.checkpoint().toString();
  }

  @Override
  public void writeToRun(String name, Dataset<Row> table) {
    save(new Path(new Path(target.runs(), run), checked(name)), table);
  }

  @Override
  public void requireSame(String what, String hash) {
    Optional<JsonNode> stored = previous.map(manifest -> manifest.path("same").path(what));
    if (stored.isPresent() && stored.get().isTextual() && !stored.get().asText().equals(hash)) {
      throw differs(what, "");
    }
    same.put(what, hash);
  }

  private void requireEqual(String what, String value) {
    Optional<JsonNode> stored = previous.map(manifest -> manifest.path("output").path(what));
    if (stored.isPresent() && stored.get().isTextual() && !stored.get().asText().equals(value)) {
      throw differs(what, stored.get().asText());
    }
  }

  private LemmaException differs(String what, String stored) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            target.root().toString(),
            "the rows that are there were made with another " + what,
            "",
            stored,
            "use mode = overwrite, or another output.path"));
  }

  /** The rows of the main table as staged. */
  Path mainPath() {
    return target.folder() ? target.staging(run) : new Path(target.staging(run), "rows");
  }

  boolean hasMain() {
    return main.isPresent();
  }

  /** What the manifest says of the output. */
  Published published() {
    return new Published(
        target.root().toString(),
        target.output().flatMap(OutputConfig::table),
        target.output().map(OutputConfig::format),
        target.output().map(OutputConfig::mode).orElse(OutputMode.OVERWRITE),
        main.map(
            rows ->
                stored(
                    rows.schema(),
                    target.output().map(OutputConfig::partitionBy).orElse(List.of()))),
        target.output().map(output -> String.join(",", output.partitionBy())).orElse(""),
        Map.copyOf(same),
        Published.runs(previous, run));
  }

  private static void save(Path path, Dataset<Row> table) {
    table
        .write()
        .mode(SaveMode.ErrorIfExists)
        .options(ParquetOptions.forSchema("parquet", table.schema(), Map.of()))
        .parquet(path.toString());
  }

  private static String checked(String name) {
    if (!TABLE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a table's name must match " + TABLE_NAME + ": " + name);
    }
    return name;
  }
}
