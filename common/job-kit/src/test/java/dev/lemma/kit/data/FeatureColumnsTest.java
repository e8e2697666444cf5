// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureColumnsTest {
  private static final TextSpec SPEC =
      new TextSpec(TextUnit.WORDS, 1, 2, Weighting.COUNT, RowNorm.NONE);

  private static Dataset<Row> rows;

  @BeforeAll
  static void prepare() {
    rows =
        SharedSpark.session()
            .range(3)
            .selectExpr(
                "id",
                "cast(id as float) as height",
                "cast(id as float) as width",
                "cast(id as decimal(10, 2)) as price",
                "id > 1 as flag",
                "concat('text ', id) as title",
                "array(1.5f, 2.5f) as floats",
                "array(1, 2, 3) as ints",
                "array(1.25, 2.5) as decimals",
                "array('a') as words",
                "id as `dotted.name`",
                "named_struct('x', 1.0) as nested");
  }

  @Test
  void findsEachKind() {
    assertThat(resolve("floats"))
        .isEqualTo(new Features.ArrayColumn("floats", NumberType.FLOAT, 2));
    assertThat(resolve("ints")).isEqualTo(new Features.ArrayColumn("ints", NumberType.INT, 3));
    assertThat(resolve("decimals"))
        .isEqualTo(new Features.ArrayColumn("decimals", NumberType.DOUBLE, 2));
    assertThat(resolve("title")).isEqualTo(new Features.TextColumn("title", SPEC));
    assertThat(resolve("height", "width"))
        .isEqualTo(new Features.NumericColumns(List.of("height", "width"), NumberType.FLOAT));
    assertThat(resolve("height", "price"))
        .isEqualTo(new Features.NumericColumns(List.of("height", "price"), NumberType.DOUBLE));
    assertThat(resolve("dotted.name"))
        .isEqualTo(new Features.NumericColumns(List.of("dotted.name"), NumberType.DOUBLE));
    assertThat(resolve("dotted.name").dimension()).hasValue(1);
    assertThat(rows.select(resolve("dotted.name").value()).count()).isEqualTo(3);
  }

  @Test
  void takesNamesAsSparkDoes() {
    assertThat(resolve("HEIGHT").columns()).containsExactly("height");
  }

  @Test
  void takesTheDimensionFromMetadataBeforeRows() {
    Dataset<Row> assembled =
        new VectorAssembler()
            .setInputCols(new String[] {"height", "width", "id"})
            .setOutputCol("features")
            .transform(rows.filter("id > 10"));
    assertThat(resolve(assembled, OptionalLong.empty(), "features"))
        .isEqualTo(new Features.VectorColumn("features", 3));
    assertThat(message(assembled, OptionalLong.of(4), "features"))
        .isEqualTo(
            "d: contradicts the columns: found 4, expected 3 in the metadata of column features;"
                + " correct key d or leave it out");
  }

  @Test
  void takesTheDimensionThatLibsvmTells(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.libsvm"), "1 2:1 5:1\n0 1:1\n");
    Dataset<Row> libsvm = SharedSpark.session().read().format("libsvm").load(file.toString());
    assertThat(resolve(libsvm, OptionalLong.empty(), "features"))
        .isEqualTo(new Features.VectorColumn("features", 5));
    // Without metadata the first row would tell the same; a filter shows which one is asked.
    assertThat(resolve(libsvm.filter("label > 5"), OptionalLong.empty(), "features").dimension())
        .hasValue(5);
  }

  @Test
  void takesTheDimensionFromTheFirstRowThatTellsIt() {
    StructType schema = new StructType().add("v", SQLDataTypes.VectorType());
    Dataset<Row> vectors =
        SharedSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create((Object) null),
                    RowFactory.create(Vectors.sparse(7, new int[] {1}, new double[] {2}))),
                schema);
    assertThat(resolve(vectors, OptionalLong.empty(), "v"))
        .isEqualTo(new Features.VectorColumn("v", 7));
    Dataset<Row> dense =
        SharedSpark.session()
            .createDataFrame(List.of(RowFactory.create(Vectors.dense(1, 2, 3))), schema);
    assertThat(resolve(dense, OptionalLong.empty(), "v"))
        .isEqualTo(new Features.VectorColumn("v", 3));
    assertThat(resolve(dense, OptionalLong.of(9), "v"))
        .isEqualTo(new Features.VectorColumn("v", 9));
    assertThat(message(vectors.limit(1), OptionalLong.empty(), "v"))
        .isEqualTo(
            "columns.features = v: no row tells the number of features; check that the input is"
                + " not empty, or set key d");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tilte | columns.features: no such column in the input: found tilte, expected one of id, height, width, price, flag, title, floats, ints and 4 more; did you mean title?
          flag  | columns.features = flag: this column has the wrong type: found boolean, expected a vector, an array of numbers, a text, or a list of numeric columns; cast it to int where the input is written
          words | columns.features = words: this column has the wrong type: found array<string>, expected a vector, an array of numbers, a text, or a list of numeric columns
          nested | columns.features = nested: this column has the wrong type: found struct<x:decimal(2,1)>, expected a vector, an array of numbers, a text, or a list of numeric columns
          """)
  void saysWhatIsWrongWithAColumn(String name, String message) {
    assertThat(message(rows, OptionalLong.empty(), name)).isEqualTo(message);
  }

  @Test
  void listsCandidatesWhenNothingIsChosen() {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.of("id"), List.of(), Optional.of("price"), Optional.empty(), Optional.empty());
    assertThat(failure(rows, columns, OptionalLong.empty(), Optional.of(SPEC)))
        .hasMessage(
            "columns.features: not set: expected a vector, an array of numbers, a text, or a list"
                + " of numeric columns; set it to one of height, width, title, floats, ints,"
                + " decimals, dotted.name");
  }

  @Test
  void reportsEveryProblemAtOnce() {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.of("idd"),
            List.of("height", "title", "nothing-like-it"),
            Optional.of("lable"),
            Optional.of("title"),
            Optional.of(List.of("id", "missing")));
    LemmaException e = failure(rows, columns, OptionalLong.empty(), Optional.of(SPEC));
    assertThat(e.code()).isEqualTo(ExitCode.INPUT);
    assertThat(e.problems())
        .extracting(p -> p.where() + " " + p.found())
        .containsExactly(
            "columns.id idd",
            "columns.label lable",
            "columns.weight = title string",
            "columns.keep missing",
            "columns.features nothing-like-it");
    assertThat(message(rows, OptionalLong.of(5), "height", "title"))
        .isEqualTo(
            "columns.features = title: this column has the wrong type: found string, expected a"
                + " number, as in every list of several columns\n"
                + "d: contradicts the columns: found 5, expected 2 numeric columns; correct key d"
                + " or leave it out");
  }

  @Test
  void refusesTextsWhereNoneAreTaken() {
    ColumnsConfig columns = columns("title");
    assertThat(failure(rows, columns, OptionalLong.empty(), Optional.empty()))
        .hasMessage(
            "columns.features = title: this job takes no texts: found string, expected a vector,"
                + " an array of numbers, or a list of numeric columns; project the texts first"
                + " with job project");
    assertThat(message(rows, OptionalLong.of(10), "title"))
        .isEqualTo("d: a text has no fixed number of features; leave key d out");
  }

  @Test
  void refusesADimensionOutOfRange() {
    assertThat(message(rows, OptionalLong.of(1L << 31), "floats"))
        .isEqualTo(
            "d: out of range: found 2147483648, expected 1 to 2147483647 for a vector or array;"
                + " correct key d or leave it out");
  }

  private static Features resolve(String... features) {
    return resolve(rows, OptionalLong.empty(), features);
  }

  private static Features resolve(Dataset<Row> input, OptionalLong d, String... features) {
    return FeatureColumns.resolve(input, columns(features), d, Optional.of(SPEC));
  }

  private static String message(Dataset<Row> input, OptionalLong d, String... features) {
    return failure(input, columns(features), d, Optional.of(SPEC)).getMessage();
  }

  private static LemmaException failure(
      Dataset<Row> input, ColumnsConfig columns, OptionalLong d, Optional<TextSpec> text) {
    return catchThrowableOfType(
        LemmaException.class, () -> FeatureColumns.resolve(input, columns, d, text));
  }

  private static ColumnsConfig columns(String... features) {
    return new ColumnsConfig(
        Optional.empty(), List.of(features), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
