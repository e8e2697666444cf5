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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
