// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes into the staging folder, and checks that what is added fits what is there. */
final class StagedPublication implements Publication {
  private static final Pattern TABLE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private static final Pattern FILE_NAME =
      Pattern.compile("([a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9.-]*");

  private final Storage storage;
  private final Target target;
  private final String run;
  private final Optional<JsonNode> previous;
  private final Map<String, String> same = new TreeMap<>();
  private Optional<Main> main = Optional.empty();

  /**
   * @param previous the manifest of the rows that new ones will join, or empty when none stay
   */
  StagedPublication(Storage storage, Target target, String run, Optional<JsonNode> previous) {
    this.storage = storage;
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
      requireEqual("schema", asRead(rows.schema(), output.partitionBy()).catalogString());
      requireEqual("format", output.format());
      requireEqual("partition-by", String.join(",", output.partitionBy()));
    }
    String format = target.folder() ? output.format() : "parquet";
    Map<String, String> options = target.folder() ? output.options() : Map.of();
    Optional<DriverTable> small =
        format.equals("parquet") && options.isEmpty() && output.partitionBy().isEmpty()
            ? DriverTable.of(arranged(rows, output))
            : Optional.empty();
    if (small.isPresent()) {
      writeHere(small.get(), mainPath(), rows.schema());
    } else {
      writeByJob(rows, output, format, options);
    }
    StructType schema = asRead(rows.schema(), output.partitionBy()).asNullable();
    main = Optional.of(new Main(rows.sparkSession(), format, options, schema));
  }

  private void writeByJob(
      Dataset<Row> rows, OutputConfig output, String format, Map<String, String> options) {
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
    writer.save(mainPath().toString());
  }

  /** The main table as it was staged. */
  private record Main(
      SparkSession spark, String format, Map<String, String> options, StructType schema) {}

  /** Columns that make folders come back behind all others, in the order of the folders. */
  private static StructType asRead(StructType schema, List<String> partitionBy) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (!partitionBy.contains(field.name())) {
        fields.add(field);
      }
    }
    partitionBy.forEach(name -> fields.add(schema.apply(name)));
    return new StructType(fields.toArray(StructField[]::new));
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
                .map(ColumnNames::column)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  @Override
  public Dataset<Row> staged() {
    Main table = main.orElseThrow(() -> new IllegalStateException("no main table is staged yet"));
    return table
        .spark
        .read()
        .format(table.format)
        .options(table.options)
        .schema(table.schema)
        .load(mainPath().toString());
  }

  @Override
  public long bytes() {
    try {
      return storage.bytes(mainPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeTable(String name, Dataset<Row> table) {
    save(new Path(target.stagedLemma(run), "tables/" + checked(name)), table);
  }

  @Override
  public void writeFile(String name, byte[] content) {
    if (!FILE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a file's name must match " + FILE_NAME + ": " + name);
    }
    try {
      storage.replace(new Path(target.stagedLemma(run), name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      throw differs(what, hash, stored.get().asText());
    }
    same.put(what, hash);
  }

  private void requireEqual(String what, String value) {
    Optional<JsonNode> stored = previous.map(manifest -> manifest.path("output").path(what));
    if (stored.isPresent() && stored.get().isTextual() && !stored.get().asText().equals(value)) {
      throw differs(what, value, stored.get().asText());
    }
  }

  private LemmaException differs(String what, String found, String stored) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            target.root().toString(),
            "the rows that are there were made with another " + what,
            found,
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
        main.map(table -> table.schema.catalogString()),
        target.output().map(output -> String.join(",", output.partitionBy())).orElse(""),
        Map.copyOf(same),
        Published.runs(previous, run));
  }

  private void save(Path path, Dataset<Row> table) {
    Optional<DriverTable> small = DriverTable.of(table);
    if (small.isPresent()) {
      if (exists(path)) {
        throw new IllegalStateException("a table is there already: " + path);
      }
      writeHere(small.get(), path, table.schema());
      return;
    }
    table
        .write()
        .mode(SaveMode.ErrorIfExists)
        .options(ParquetOptions.forSchema("parquet", table.schema(), Map.of()))
        .parquet(path.toString());
  }

  private boolean exists(Path path) {
    try {
      return storage.exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeHere(DriverTable table, Path path, StructType schema) {
    try {
      table.write(path, ParquetOptions.forSchema("parquet", schema, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checked(String name) {
    if (!TABLE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a table's name must match " + TABLE_NAME + ": " + name);
    }
    return name;
  }
}
