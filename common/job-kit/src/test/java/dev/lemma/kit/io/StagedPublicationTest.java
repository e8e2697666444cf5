// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What joins an output must fit it, wherever the columns of the folders stand. */
class StagedPublicationTest {
  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir Path folder;

  @Test
  void replacesOnePartitionWhoseColumnStandsInTheMiddle() throws IOException {
    publish("20260101T000000Z-aaaaaa", day(1, 10).union(day(2, 20)));
    publish("20260101T000001Z-bbbbbb", day(2, 21));
    List<String> rows =
        SPARK
            .read()
            .parquet(output().path().orElseThrow())
            .selectExpr("concat(day, ':', value)")
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    assertThat(rows).containsExactlyInAnyOrder("1:10", "2:21");
  }

  @Test
  void refusesRowsOfAnotherSchemaAndNamesBoth() throws IOException {
    publish("20260101T000000Z-aaaaaa", day(1, 10));
    Dataset<Row> other = day(2, 20).withColumnRenamed("value", "weight");
    assertThatThrownBy(() -> publish("20260101T000001Z-bbbbbb", other))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("another schema")
        .hasMessageContaining("found struct<id:bigint,weight:int,day:int>")
        .hasMessageContaining("expected struct<id:bigint,value:int,day:int>");
  }

  @Test
  void partitionColumnsMayHaveDotsInTheirNames() throws IOException {
    OutputConfig dotted =
        new OutputConfig(
            "parquet",
            Optional.of(folder.resolve("out").toString()),
            Optional.empty(),
            OutputMode.ERROR,
            OptionalInt.of(2),
            List.of("the.day"),
            Map.of());

    publish("20260101T000000Z-aaaaaa", dotted, day(1, 10).withColumnRenamed("day", "the.day"));

    assertThat(folder.resolve("out/the.day=1")).isDirectory();
  }

  /** Written without a job, they are read back as if by one. */
  @Test
  void tablesOfTheDriverAreReadBackAsTheyWere() throws IOException {
    StructType schema =
        new StructType()
            .add("name", "string", false)
            .add("values", "array<double>")
            .add("at", "timestamp")
            .add("vector", SQLDataTypes.VectorType());
    Timestamp at = Timestamp.valueOf("2026-11-23 01:02:03.456789");
    List<Row> rows =
        List.of(
            RowFactory.create("a", new double[] {1, 2.5}, at, Vectors.dense(1, 2)),
            RowFactory.create("b", null, null, Vectors.sparse(3, new int[] {1}, new double[] {5})));
    Dataset<Row> table = SPARK.createDataFrame(rows, schema).coalesce(1);
    assertThat(DriverTable.of(table)).isPresent();
    assertThat(DriverTable.of(table.filter("name = 'a'"))).isEmpty();
    DriverTable.of(table).orElseThrow().write(place("here"), Map.of());
    table.write().parquet(folder.resolve("job").toString());
    Dataset<Row> here = SPARK.read().parquet(folder.resolve("here").toString());
    Dataset<Row> job = SPARK.read().parquet(folder.resolve("job").toString());
    assertThat(here.schema()).isEqualTo(job.schema());
    assertThat(here.collectAsList()).hasSize(2).isEqualTo(job.collectAsList());
    assertThat(folder.resolve("here/_SUCCESS")).exists();

    Dataset<Row> none = SPARK.createDataFrame(List.<Row>of(), schema);
    DriverTable.of(none).orElseThrow().write(place("none"), Map.of());
    Dataset<Row> back = SPARK.read().parquet(folder.resolve("none").toString());
    assertThat(back.schema()).isEqualTo(job.schema());
    assertThat(back.collectAsList()).isEmpty();
  }

  private org.apache.hadoop.fs.Path place(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toString());
  }

  private static Dataset<Row> day(int day, int value) {
    return SPARK.range(1).selectExpr("id", day + " as day", value + " as value");
  }

  private OutputConfig output() {
    return new OutputConfig(
        "parquet",
        Optional.of(folder.resolve("out").toString()),
        Optional.empty(),
        OutputMode.OVERWRITE_PARTITIONS,
        OptionalInt.empty(),
        List.of("day"),
        Map.of());
  }

  private void publish(String run, Dataset<Row> rows) throws IOException {
    publish(run, output(), rows);
  }

  private static void publish(String run, OutputConfig output, Dataset<Row> rows)
      throws IOException {
    Publisher publisher =
        Publisher.of(
                Optional.of(output),
                Optional.empty(),
                SPARK.sparkContext().hadoopConfiguration(),
                run,
                LeaseTiming.STANDARD)
            .orElseThrow();
    publisher.begin(waiting -> {});
    try {
      publisher.publication().write(rows);
      ObjectMapper json = new ObjectMapper();
      ObjectNode manifest = json.createObjectNode().put("run", run).put("job", "test");
      manifest.putObject("output").put("schema", publisher.published().schema().orElseThrow());
      publisher.publish(json.writeValueAsBytes(manifest), () -> SPARK);
    } finally {
      publisher.abandon();
      publisher.release();
    }
  }
}
