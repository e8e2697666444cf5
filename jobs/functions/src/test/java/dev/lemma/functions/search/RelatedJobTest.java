// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job finds is what scoring every document finds, bit for bit. */
class RelatedJobTest {
  private static final List<String> TEXTS = RelatedTexts.zipf(300, 200, 5);
  private static final RelatedTexts.Plain PLAIN = new RelatedTexts.Plain(TEXTS);

  /** An answer's length that no corpus here reaches, and that makes blocks of four queries. */
  private static final int ALL = 1 << 16;

  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    int layout = 0;
    for (Dataset<Row> rows : Layouts.of(RelatedTexts.frame(TEXTS))) {
      RelatedTexts.write(rows, inputs.resolve("in" + layout++));
    }
  }

  private static JobCall done(JobCall call) {
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    return call;
  }

  @Test
  void everyLayoutGivesWhatScoringAllGives() {
    TreeSet<String> truth = PLAIN.related(7, 5);
    assertThat(truth).hasSizeGreaterThan(1800);
    for (int layout = 0; layout < 4; layout++) {
      Path output = folder.resolve("out" + layout);
      done(
          RelatedTexts.run(
              inputs.resolve("in" + layout), output, "k=7", "terms=5", Layouts.FILE_A_PARTITION));
      assertThat(RelatedTexts.lines(output)).as("layout " + layout).isEqualTo(truth);
    }
    JsonNode manifest = JobCall.manifest(folder.resolve("out2"));
    assertThat(manifest.path("bits").asText()).isEqualTo("any");
    JsonNode metrics = manifest.path("metrics");
    long empty = TEXTS.stream().filter(String::isBlank).count();
    assertThat(metrics.path("corpus").path("documents").asLong()).isEqualTo(300);
    assertThat(metrics.path("corpus").path("without-terms").asLong()).isEqualTo(empty);
    assertThat(metrics.path("found").asLong()).isEqualTo(truth.size());
    assertThat(metrics.path("asked").asLong()).isEqualTo(300 - empty);
    assertThat(metrics.path("first-for-own-terms").asLong()).isEqualTo(PLAIN.first(5));
    assertThat(metrics.path("work").path("pairs").asDouble()).isEqualTo(90_000);
  }

  private static RelatedConfig config(String... more) {
    return ConfigLoader.of(
            List.of(),
            List.of(RelatedTexts.keys(inputs.resolve("in1"), inputs.resolve("none"), more)))
        .load(RelatedConfig.class)
        .config();
  }

  /** Ids in a collation that leaves case aside: they are told apart and ordered by bytes. */
  private static TextInput documents(RelatedConfig config) {
    return new TextInput(
        RelatedTexts.frame(TEXTS)
            .withColumn("id", functions.col("id").cast("string collate utf8_lcase")),
        new Features.TextColumn("text", config.text().spec()),
        "id",
        functions.lit(true));
  }

  @Test
  void theNumberOfTilesLeavesNoTrace() throws Exception {
    TreeSet<String> truth = PLAIN.related(4, 6);
    RelatedConfig config = config("k=4", "terms=6");
    TextInput input = documents(config);
    AnswerSummary single = null;
    for (int tiles : new int[] {1, 5}) {
      try (TextTiles texts = TextTiles.of(input, TEXTS.size(), config.text(), tiles);
          Corpus corpus = Corpus.of(texts, config);
          Answers answers = Answers.ofDocuments(corpus, config.k())) {
        assertThat(corpus.vocabulary()).isEqualTo(words());
        if (tiles > 1) {
          // As if the executors that keep the tiles were lost: all is made again, the same.
          texts.tiles().unpersist(true);
          corpus.tiles().unpersist(true);
        }
        Dataset<Row> rows = answers.rows(RelatedTexts.SPARK, input.idType(), input.idType());
        assertThat(RelatedTexts.lines(rows)).isEqualTo(truth);
        AnswerSummary summary = answers.summary(config.k());
        single = single == null ? summary : single;
        assertThat(summary.first()).isEqualTo(single.first());
        assertThat(summary.closest()).isEqualTo(single.closest());
        assertThat(summary.farthest()).isEqualTo(single.farthest());
        assertThat(summary.work().listed()).isEqualTo(single.work().listed());
      }
    }
  }

  /** Several tiles of texts, of several blocks each, ask several tiles of documents. */
  @Test
  void textsAskFromSeveralTiles() throws Exception {
    RelatedConfig config = config();
    Map<String, String> queries = new TreeMap<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String text = TEXTS.get(10 * i) + " w" + i + " w" + i;
      queries.put("q" + i, text);
      rows.add(RowFactory.create("q" + i, text, 0));
    }
    TextInput asking =
        new TextInput(
            RelatedTexts.SPARK.createDataFrame(rows, RelatedTexts.frame(List.of()).schema()),
            new Features.TextColumn("text", config.text().spec()),
            "id",
            functions.lit(true));
    try (TextTiles texts = TextTiles.of(documents(config), TEXTS.size(), config.text(), 4);
        TextTiles asked = TextTiles.of(asking, rows.size(), config.text(), 3);
        Corpus corpus = Corpus.of(texts, config)) {
      assertThat(asked.tiles().map(tile -> tile.ids().length).collect()).allMatch(n -> n > 4);
      assertThat(QueryBlock.queries(ALL)).isEqualTo(4);
      for (int k : new int[] {3, ALL}) {
        try (Answers answers = Answers.ofTexts(corpus, asked, k)) {
          assertThat(
                  RelatedTexts.lines(
                      answers.rows(RelatedTexts.SPARK, asking.idType(), DataTypes.StringType)))
              .isEqualTo(PLAIN.best(queries, k));
        }
      }
    }
  }

  private static long words() {
    return TEXTS.stream()
        .flatMap(text -> Stream.of(text.split(" +")))
        .filter(word -> !word.isEmpty())
        .distinct()
        .count();
  }

  @Test
  void textsAsk() {
    Map<String, String> queries =
        Map.of("d3", "w1 w50 w50 W9", "q", "w0 w199", "empty", "", "unknown", "nothing known");
    List<Row> rows = new ArrayList<>();
    queries.forEach((id, text) -> rows.add(RowFactory.create(id, text, 0)));
    RelatedTexts.write(
        RelatedTexts.SPARK.createDataFrame(rows, RelatedTexts.frame(List.of()).schema()),
        folder.resolve("queries"));
    Path output = folder.resolve("out");
    JobCall call =
        done(
            RelatedTexts.run(
                inputs.resolve("in0"),
                output,
                "k=12",
                "queries.path=" + folder.resolve("queries")));
    assertThat(RelatedTexts.lines(output)).isEqualTo(PLAIN.best(queries, 12));
    assertThat(call.warnings())
        .contains("2 queries have no term that a document has: nothing was found for them");
    output = folder.resolve("asked");
    done(
        RelatedTexts.run(
            inputs.resolve("in0"), output, "k=3", "report=true", "ask=[\"w1 w50\", \"W9\"]"));
    assertThat(output.resolve("_lemma/report.html")).content().contains("Answers", "w1 w50");
    assertThat(RelatedTexts.lines(output))
        .isEqualTo(PLAIN.best(Map.of("w1 w50", "w1 w50", "W9", "W9"), 3));
  }

  @Test
  void chosenDocumentsAsk() {
    Path output = folder.resolve("out");
    JobCall call =
        done(RelatedTexts.run(inputs.resolve("in1"), output, "where=\"class = 1 and id < 'd2'\""));
    TreeSet<String> chosen = new TreeSet<>();
    for (String line : PLAIN.related(10, 10)) {
      String id = line.substring(0, line.indexOf(' '));
      if (Integer.parseInt(id.substring(1)) % 3 == 1 && id.compareTo("d2") < 0) {
        chosen.add(line);
      }
    }
    assertThat(chosen).isNotEmpty();
    assertThat(RelatedTexts.lines(output)).isEqualTo(chosen);
    assertThat(call.out()).contains("first for their own terms: ", "scored: ");
  }

  @Test
  void idsAreOrderedAsSparkOrdersThem() {
    List<String> ids = new ArrayList<>(List.of("", "a", "B", "a\uffff", "a\ud83d\ude00", "aé"));
    ids.add(null);
    Dataset<Row> rows =
        RelatedTexts.SPARK.createDataFrame(
            ids.stream().map(id -> RowFactory.create(id, "", 0)).toList(),
            RelatedTexts.frame(List.of()).schema());
    List<String> spark =
        rows.orderBy("id").collectAsList().stream().map(row -> row.getString(0)).toList();
    Collections.shuffle(ids);
    ids.sort(IdOrder::compare);
    assertThat(ids).isEqualTo(spark);
    assertThat(IdOrder.compare(new byte[] {1}, new byte[] {-1})).isNegative();
    assertThat(IdOrder.compare(2L, 10L)).isNegative();
    assertThat(IdOrder.compare(-0.0, 0.0)).isZero();
    assertThat(IdOrder.compare(0f, -0f)).isZero();
    assertThat(IdOrder.compare(1e300, Double.NaN)).isNegative();
    assertThat(IntStream.of(TextTiles.tiles(0, 0, 8), TextTiles.tiles(1 << 20, 1, 8)).toArray())
        .containsExactly(1, 8);
  }
}
