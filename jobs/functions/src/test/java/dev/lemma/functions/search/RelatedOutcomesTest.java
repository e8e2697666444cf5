// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs and mistakes with what exactly comes of each. */
class RelatedOutcomesTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    write("empty");
    write("blank", "1", "", "2", " ... ");
    write("two", "1", "a red cat", "2", "a blue cat");
    write("null", "1", "a red cat", "2", null, "3", "a cat");
    write("repeated", "1", "a red cat", "1", "a blue cat", "1", "a blue cat", null, "a dog");
  }

  private static void write(String name, String... idsAndTexts) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < idsAndTexts.length; i += 2) {
      Long id = idsAndTexts[i] == null ? null : Long.valueOf(idsAndTexts[i]);
      rows.add(RowFactory.create(id, idsAndTexts[i + 1], new Double[] {1.0}));
    }
    RelatedTexts.write(
        RelatedTexts.SPARK
            .createDataFrame(
                rows,
                new StructType()
                    .add("id", DataTypes.LongType, true)
                    .add("text", DataTypes.StringType, true)
                    .add("x", DataTypes.createArrayType(DataTypes.DoubleType), true))
            .coalesce(1),
        inputs.resolve(name));
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        done("empty", "", 0, "there are no documents: the result is empty"),
        done("blank", "", 0, "2 documents have no term: nothing finds them, and they ask nothing"),
        done("two", "k=5", 2, ""),
        done("two", "where=id>7", 0, "where holds for no document: nothing is asked"),
        done(
            "two",
            "ask=[dog]",
            0,
            "1 query has no term that a document has: nothing was found for it"),
        done("null", "on-bad-row=skip", 2, "1 of the documents was left out: 1 null"),
        done(
            "repeated",
            "",
            12,
            "2 of the documents have the id of another: the result cannot tell them apart"),
        failed(
            "null",
            "",
            3,
            "text: 1 of 3 rows cannot be used (1 null); first by id: 2; repair them, or set"
                + " on-bad-row = skip or quarantine"),
        failed(
            "two",
            "queries.path=IN/null",
            3,
            "text: 1 of 3 rows cannot be used (1 null); first by id: 2; repair them, or set"
                + " on-bad-row = skip or quarantine"),
        failed(
            "two",
            "columns.features=[txt]",
            3,
            "columns.features: no such column in the input: found txt, expected one of id, text,"
                + " x; did you mean text?"),
        failed(
            "two",
            "columns.features=[x]",
            3,
            "columns.features = x: this column has the wrong type: found array<double>, expected a"
                + " text; name another column, or convert it where the input is written"),
        failed(
            "two",
            "columns.id=x",
            3,
            "columns.id = x: this column has the wrong type: found array<double>, expected a"
                + " number, text, date or another plain value; name another column, or convert it"
                + " where the input is written"),
        failed(
            "two",
            "budget=3",
            3,
            "budget: there are more pairs of a query and a document than there may be: found 2 x"
                + " 2, expected at most 3; choose documents by where, ask fewer queries, or raise"
                + " budget"),
        failed("two", "where=nosuch", 3, "or leave it out: then all documents ask"),
        failed(
            "two",
            "where=text",
            3,
            "where: it is no condition: found string, expected true or false; compare it with"
                + " something, such as lang = 'en'"),
        failed("two", "where=count(id)>1", 3, "or leave it out: then all documents ask"),
        failed("two", "where=rand()<0.5", 2, "pmod(xxhash64(id), 100) < 1"),
        failed("two", "where=id=", 2, "or leave it out: then all documents ask"),
        failed("two", "k=0", 2, "k (command line): must be at least 1, found 0"),
        failed(
            "two", "terms=10001", 2, "terms (command line): must lie in 1 to 10000, found 10001"),
        failed("two", "b=2", 2, "b (command line): must lie in 0 to 1, found 2.0"),
        failed("two", "ask=[cat,cat]", 2, "ask (command line): must not hold a text twice"),
        failed("two", "ask=[cat] where=true", 2, "leave where out, or the texts"),
        failed("two", "columns.keep=[x]", 2, "join the result with the input by id"),
        failed("two", "precision=float", 2, "leave precision out"),
        failed("two", "term=3", 2, "did you mean terms?"));
  }

  private static Arguments done(String input, String keys, int written, String warning) {
    return Arguments.of(input, keys, 0, warning, written);
  }

  private static Arguments failed(String input, String keys, int code, String line) {
    return Arguments.of(input, keys, code, line, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("outcomes")
  void comesOutAsTold(String input, String keys, int code, String line, int written) {
    Path output = folder.resolve("out");
    String[] assignments =
        Arrays.stream(keys.replace("IN", inputs.toString()).split(" "))
            .filter(key -> !key.isEmpty())
            .toArray(String[]::new);
    JobCall call = RelatedTexts.run(inputs.resolve(input), output, assignments);
    assertThat(call.code().code()).as(call.lastLine()).isEqualTo(code);
    if (code == 0) {
      assertThat(RelatedTexts.SPARK.read().parquet(output.toString()).count()).isEqualTo(written);
      assertThat(call.warnings()).isEqualTo(line.isEmpty() ? List.of() : List.of(line));
    } else {
      assertThat(call.lastLine()).endsWith(line);
      assertThat(output.resolve("_lemma/manifest.json")).doesNotExist();
    }
  }
}
