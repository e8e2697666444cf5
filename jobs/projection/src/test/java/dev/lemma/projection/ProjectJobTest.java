// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectJobTest {
  private static final double[][] VALUES = Samples.values(60, 40);

  @TempDir Path folder;

  private String in() {
    return folder.resolve("in").toString();
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static Dataset<Row> read(Path output) {
    return Samples.SPARK.read().parquet(output.toString());
  }

  private static double[] range(int size) {
    return IntStream.range(0, size).mapToDouble(i -> i).toArray();
  }

  @Test
  void writesIdKeptColumnsAndTheProjection() {
    Samples.dense(VALUES)
        .withColumn("label", functions.expr("id % 3"))
        .withColumn("w", functions.expr("double(id)"))
        .withColumn("other", functions.lit("x"))
        .write()
        .parquet(in());
    JobCall call =
        Calls.project(
            "input.path=" + in(),
            "columns.id=id",
            "columns.features=[x]",
            "columns.label=label",
            "columns.weight=w",
            "output.path=" + out(),
            "k=8");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    Dataset<Row> rows = read(out());
    assertThat(rows.columns()).containsExactly("id", "label", "w", "projected");
    assertThat(rows.schema().apply("projected").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.FloatType, true));
    assertThat(rows.count()).isEqualTo(60);
    RandomProjectionModel stage = Samples.stage().setK(8).fit(Samples.dense(VALUES));
    assertThat(Samples.bits(rows, "projected"))
        .isEqualTo(Samples.bits(stage.transform(Samples.dense(VALUES)), "y"));
    assertThat(
            rows.schema()
                .apply("projected")
                .metadata()
                .getMetadata("lemma")
                .getString("specification"))
        .isEqualTo(stage.specification().hash());
  }

  @Test
  void keepNamesOtherColumnsAndNumericColumnsMakeRows() {
    Samples.doubles(VALUES)
        .selectExpr("id", "x[0] as a", "float(x[1]) as b", "int(id) as c", "id % 2 as part")
        .write()
        .parquet(in());
    JobCall call =
        Calls.project(
            "input.path=" + in(),
            "columns.features=[a, b, c]",
            "columns.keep=[id, c]",
            "output.path=" + out(),
            "output.partitions=3",
            "precision=double",
            "k=2");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    Dataset<Row> rows = read(out());
    assertThat(rows.columns()).containsExactly("id", "c", "projected");
    assertThat(rows.schema().apply("projected").dataType())
        .isEqualTo(DataTypes.createArrayType(DataTypes.DoubleType, true));
    assertThat(rows.inputFiles()).hasSize(3);
  }

  @Test
  void everyLayoutGivesTheSameBitsPairsAndFigures() {
    String first = null;
    Map<Long, List<Long>> bits = null;
    for (Dataset<Row> layout : Layouts.of(Samples.sparse(VALUES))) {
      Path input = folder.resolve("in" + layout.rdd().getNumPartitions());
      Path output = folder.resolve("out" + layout.rdd().getNumPartitions());
      layout.write().parquet(input.toString());
      Calls.project(
          "input.path=" + input,
          "columns.id=id",
          "columns.features=[x]",
          "output.path=" + output,
          "report=false",
          Layouts.FILE_A_PARTITION,
          "k=8");
      JsonNode manifest = JobCall.manifest(output);
      assertThat(manifest.path("bits").asText()).isEqualTo("any");
      ObjectNode figures = manifest.path("metrics").deepCopy();
      // Size on disk follows from the number of files.
      figures.remove("output-bytes");
      String metrics = figures.toString();
      Map<Long, List<Long>> seen = Samples.bits(read(output), "projected");
      if (first == null) {
        first = metrics;
        bits = seen;
      }
      assertThat(metrics).isEqualTo(first);
      assertThat(seen).isEqualTo(bits);
    }
  }

  @Test
  void theManifestTellsWhatWasDone() {
    Samples.dense(VALUES).write().parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.id=id",
        "columns.features=[x]",
        "output.path=" + out(),
        "seed=3",
        "pairs=25",
        "k=8");
    JsonNode manifest = JobCall.manifest(out());
    assertThat(manifest.path("status").asText()).isEqualTo("succeeded");
    assertThat(manifest.path("exitCode").asInt(-1)).isZero();
    assertThat(manifest.path("job").asText()).isEqualTo("project");
    assertThat(manifest.path("seed").asLong()).isEqualTo(3);
    assertThat(manifest.path("rows").toString())
        .isEqualTo("{\"read\":60,\"written\":60,\"rejected\":0}");
    JsonNode metrics = manifest.path("metrics");
    assertThat(metrics.path("family").asText()).isEqualTo("sign");
    assertThat(metrics.path("k").asInt()).isEqualTo(8);
    assertThat(metrics.path("d").asInt()).isEqualTo(40);
    assertThat(metrics.path("specification").asText())
        .isEqualTo(manifest.path("same").path("specification").asText());
    JsonNode distortion = metrics.path("distortion");
    assertThat(distortion.path("pairs").asInt()).isEqualTo(25);
    for (String name :
        List.of(
            "share-outside",
            "share-outside-low",
            "share-outside-high",
            "share-outside-law",
            "mean-ratio",
            "deviation",
            "predicted-deviation",
            "standardised-deviation")) {
      assertThat(distortion.path(name).isNumber()).as(name).isTrue();
    }
    assertThat(
            StreamSupport.stream(manifest.path("phases").spliterator(), false)
                .map(phase -> phase.path("name").asText()))
        .containsExactly(
            "settle the projection",
            "project rows",
            "store the specification",
            "measure distortion");
    assertThat(JobCall.lastRun(out()).path("status").asText()).isEqualTo("succeeded");
    assertThat(out().resolve("_lemma/report.html")).content().contains("Distortion");
  }

  @Test
  void theReportNamesItsSourceAndDrawsWhatItCan() {
    Samples.dense(Samples.values(2_500, 40)).repartition(2).write().parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.id=id",
        "columns.features=[x]",
        "output.path=" + out(),
        "pairs=1000",
        "k=8");
    assertThat(out().resolve("_lemma/report.html"))
        .content()
        .contains("<dt>input</dt>", in(), "1,000 pairs", "none below 1")
        .doesNotContain("not finite", "NaN", "1000 pairs");
  }

  @Test
  void rowsThatOverflowAreMeasuredNoMoreThanWritten() {
    double[][] values = new double[40][];
    for (int i = 0; i < values.length; i++) {
      values[i] = VALUES[i].clone();
      if (i % 2 == 1) {
        Arrays.fill(values[i], 3e38);
      }
    }
    Samples.doubles(values).write().parquet(in());
    JobCall call =
        Calls.project(
            "input.path=" + in(),
            "columns.id=id",
            "columns.features=[x]",
            "output.path=" + out(),
            "on-bad-row=skip",
            "k=8");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(read(out()).count()).isEqualTo(20);
    JsonNode distortion = JobCall.manifest(out()).path("metrics").path("distortion");
    // 20 of 40 rows are drawn, and of these about half can be paired.
    assertThat(distortion.path("pairs").asInt()).isBetween(1, 10);
    assertThat(distortion.path("mean-ratio").asDouble(Double.NaN)).isBetween(0.5, 2.0);
  }

  @Test
  void aRotationHasNoSpreadToCompareWith() {
    Samples.dense(VALUES).write().parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.id=id",
        "columns.features=[x]",
        "output.path=" + out(),
        "family=orthonormal",
        "k=40");
    JsonNode distortion = JobCall.manifest(out()).path("metrics").path("distortion");
    assertThat(distortion.path("predicted-deviation").asDouble(Double.NaN)).isZero();
    assertThat(distortion.has("standardised-deviation")).isFalse();
    assertThat(out().resolve("_lemma/report.html"))
        .content()
        .contains("predicts 0.0000 for these pairs.")
        .doesNotContain("NaN");
  }

  @Test
  void tinySharesKeepTheirPowerOfTen() {
    assertThat(ProjectReport.percent(1e-102)).isEqualTo("1.00e-100 %");
    assertThat(ProjectReport.percent(0.98953)).isEqualTo("98.95 %");
    assertThat(ProjectReport.percent(0.999996)).isEqualTo("99.9996 %");
    assertThat(ProjectReport.percent(0.2)).isEqualTo("20 %");
  }

  @Test
  void theDistortionTableHoldsEachPair() {
    Samples.dense(VALUES).write().parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.id=id",
        "columns.features=[x]",
        "output.path=" + out(),
        "k=8");
    List<Row> pairs =
        read(out().resolve("_lemma/tables/distortion")).orderBy("pair").collectAsList();
    // 60 rows make 30 disjoint pairs, however many are wanted.
    assertThat(pairs).hasSize(30);
    double mean =
        pairs.stream().mapToDouble(pair -> pair.<Double>getAs("ratio")).average().orElse(0);
    assertThat(mean)
        .isCloseTo(
            JobCall.manifest(out())
                .path("metrics")
                .path("distortion")
                .path("mean-ratio")
                .asDouble(),
            within(1e-12));
    assertThat(pairs)
        .allSatisfy(
            pair -> {
              assertThat(pair.<Double>getAs("q4")).isBetween(1.0 / 40, 1.0);
              assertThat(pair.<Long>getAs("nonzeros")).isBetween(1L, 40L);
            });
  }

  @Test
  void theModelInTheOutputIsAStage() throws IOException {
    Samples.texts(50).write().parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.id=id",
        "columns.features=[x]",
        "output.path=" + out(),
        "text.weighting=tf-idf",
        "text.norm=l2",
        "k=8");
    RandomProjectionModel model =
        RandomProjectionModel.load(out().resolve("_lemma/model").toString());
    assertThat(model.getInputCol()).isEqualTo("x");
    assertThat(model.getOutputCol()).isEqualTo("projected");
    assertThat(Samples.bits(model.transform(Samples.texts(50)), "projected"))
        .isEqualTo(Samples.bits(read(out()), "projected"));
    assertThat(model.uid()).isEqualTo("randomProjection_" + model.specification().hash());
  }

  @Test
  void projectedNumbersAreWrittenWithoutADictionary() throws IOException {
    // Few different values, which a dictionary would take.
    Samples.vectors(
            IntStream.range(0, 4000).mapToObj(i -> Vectors.dense(range(20))).toArray(Vector[]::new))
        .withColumn("word", functions.lit("same"))
        .write()
        .parquet(in());
    Calls.project(
        "input.path=" + in(),
        "columns.features=[x]",
        "columns.keep=[word]",
        "output.path=" + out(),
        "output.partitions=1",
        "pairs=0",
        "k=2");
    String file = read(out()).inputFiles()[0];
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration()))) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        assertThat(column.hasDictionaryPage())
            .as(column.getPath().toDotString())
            .isEqualTo(column.getPath().toDotString().equals("word"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "guarantee=all-pairs,                         1700",
    "guarantee=norms rows=1000000 eps=0.1,        6744",
    "guarantee=queries rows=1000000 queries=1000, 2537",
    "k=17 guarantee=all-pairs,                    17"
  })
  void theDimensionFollowsTheGuarantee(String keys, int expected) {
    Samples.units(1000, 20_000).write().parquet(in());
    JobCall call =
        Calls.project(
            Stream.concat(
                    Stream.of(
                        "input.path=" + in(),
                        "columns.features=[x]",
                        "output.path=" + out(),
                        "report=false",
                        "pairs=0"),
                    Arrays.stream(keys.split(" ")))
                .toArray(String[]::new));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.manifest(out()).path("metrics").path("k").asInt()).isEqualTo(expected);
  }

  @Test
  void aDryRunPrintsDerivedNumbersAndWritesNothing() {
    Samples.dense(VALUES).write().parquet(in());
    Map<String, String> before = JobCall.tree(folder);
    JobCall call =
        Calls.dryProject(
            "input.path=" + in(),
            "columns.id=id",
            "columns.features=[x]",
            "output.path=" + out(),
            "k=8");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.tree(folder)).isEqualTo(before);
    assertThat(call.out())
        .contains("# Configuration")
        .contains("# command line")
        .contains("# default")
        .containsPattern("(?m)^family +sign  \\(d is known and at most 16384\\)$")
        .containsPattern("(?m)^k +8  \\(as configured\\)$")
        .containsPattern("(?m)^output row +32 bytes ")
        .containsPattern("(?m)^passes +2 ")
        .containsPattern("(?m)^shuffles +1 +.at most 20,000 sampled rows of the distortion, into")
        .containsPattern("(?m)^kernel +exact ")
        .containsPattern("(?m)^output +ready to be written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pairs=0                                    | 1 | 0",
        "pairs=100                                  | 2 | 1",
        "pairs=0 output.partitions=4                | 1 | 1",
        "pairs=100 output.partitions=4              | 2 | 2",
        "pairs=0 guarantee=all-pairs eps=0.9        | 2 | 0",
        "pairs=0 guarantee=all-pairs rows=9 eps=0.9 | 1 | 0",
        "pairs=0 text.weighting=tf-idf              | 2 | 0",
        "pairs=0 family=very-sparse                 | 2 | 1",
        "pairs=0 family=very-sparse density=0.1     | 1 | 0"
      })
  void aDryRunCountsPassesAndShuffles(String keys, int passes, int shuffles) {
    Samples.texts(30).write().parquet(in());
    JobCall call =
        Calls.dryProject(
            Stream.concat(
                    Stream.of("input.path=" + in(), "columns.features=[x]", "output.path=" + out()),
                    Arrays.stream(keys.split(" ")))
                .toArray(String[]::new));
    assertThat(call.out())
        .containsPattern("(?m)^passes +" + passes + " ")
        .containsPattern("(?m)^shuffles +" + shuffles + " ");
  }

  @Test
  void aRerunGivesTheSameBits() throws IOException {
    Samples.dense(VALUES).write().parquet(in());
    String[] keys = {
      "input.path=" + in(), "columns.id=id", "columns.features=[x]", "output.path=" + out(), "k=8"
    };
    Calls.project(keys);
    Map<Long, List<Long>> first = Samples.bits(read(out()), "projected");
    Map<String, String> before = JobCall.tree(folder);
    JobCall again = Calls.project(keys);
    assertThat(again.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(JobCall.tree(folder)).isEqualTo(before);
    String[] overwrite = Arrays.copyOf(keys, keys.length + 1);
    overwrite[keys.length] = "output.mode=overwrite";
    assertThat(Calls.project(overwrite).code()).isEqualTo(ExitCode.DONE);
    assertThat(Samples.bits(read(out()), "projected")).isEqualTo(first);
    try (var litter = Files.list(folder)) {
      assertThat(litter.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("in", "out");
    }
  }
}
