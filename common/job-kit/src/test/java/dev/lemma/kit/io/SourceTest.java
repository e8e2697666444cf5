// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void prepare() throws IOException {
    spark = SharedSpark.session();
    spark.range(100).repartition(2).write().parquet(folder.resolve("good").toString());
    Files.writeString(Files.createDirectory(folder.resolve("marker")).resolve("_SUCCESS"), "");
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(
        Files.createDirectory(folder.resolve("words")).resolve("a.txt"), "secret words, no table");
    Files.writeString(Files.createDirectory(folder.resolve("void")).resolve("a.csv"), "");
  }

  @Test
  void readsAPathWithItsSize() throws IOException {
    InputConfig input = path("parquet", folder.resolve("good").toString());
    assertThat(Source.read(spark, input).count()).isEqualTo(100);
    assertThat(Source.size(spark, input)).contains(sizeOfParts("good"));
  }

  @Test
  void readsAPatternWithItsSize() throws IOException {
    spark.range(7).repartition(1).write().parquet(folder.resolve("days/day-1").toString());
    spark.range(5).repartition(1).write().parquet(folder.resolve("days/day-2").toString());
    InputConfig input = path("parquet", folder.resolve("days/day-*").toString());
    assertThat(Source.read(spark, input).count()).isEqualTo(12);
    SourceSize one = sizeOfParts("days/day-1");
    SourceSize two = sizeOfParts("days/day-2");
    assertThat(Source.size(spark, input))
        .contains(new SourceSize(one.files() + two.files(), one.bytes() + two.bytes()));
  }

  @Test
  void countsPartitionsWhoseNamesStartWithAnUnderscore() {
    String place = folder.resolve("parts").toString();
    spark.range(4).selectExpr("id", "id % 2 as _p").write().partitionBy("_p").parquet(place);
    assertThat(Source.size(spark, path("parquet", place)).orElseThrow().files()).isPositive();
  }

  @Test
  void readsATableWithItsSize() {
    spark.range(9).repartition(1).write().saveAsTable("source_numbers");
    try {
      InputConfig input = table("parquet", "source_numbers");
      assertThat(Source.read(spark, input).count()).isEqualTo(9);
      assertThat(Source.size(spark, input).orElseThrow().files()).isEqualTo(1);
      assertThat(Source.size(spark, input).orElseThrow().bytes()).isPositive();
    } finally {
      spark.sql("drop table source_numbers");
    }
  }

  @Test
  void readsTheSample() {
    InputConfig input =
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of("wordnet"), Map.of());
    assertThat(Source.read(spark, input).columns())
        .containsExactly("id", "word", "lexname", "pos", "gloss");
    assertThat(Source.size(spark, input).orElseThrow().files()).isEqualTo(4);
    assertThat(Source.name(input)).isEqualTo("wordnet");
  }

  @Test
  void passesOptionsOn() throws IOException {
    Path file = Files.writeString(folder.resolve("numbers.csv"), "a;b\n1;2.5\n");
    InputConfig input =
        new InputConfig(
            "csv",
            Optional.of(file.toString()),
            Optional.empty(),
            Optional.empty(),
            Map.of("header", "true", "sep", ";", "inferSchema", "true"));
    assertThat(Source.read(spark, input).schema().simpleString())
        .isEqualTo("struct<a:int,b:double>");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parquet | @/none   | @/none: no such path; check input.path, or run the job that writes it
          csv     | @/*.none | @/*.none: no such path; check input.path, or run the job that writes it
          parquet | @/empty  | @/empty: no parquet files lie there; check input.path and input.format; names that start with _ or . do not count
          json    | @/marker | @/marker: no json files lie there; check input.path and input.format; names that start with _ or . do not count
          parquet | @/words  | file:@/words/a.txt: this file cannot be read as parquet; remove it or write it again, or correct input.format
          orc     | @/words  | file:@/words/a.txt: this file cannot be read as orc; remove it or write it again, or correct input.format
          libsvm  | @/words  | @/words: the input cannot be opened as libsvm (NumberFormatException); check input.format and input.options
          csv     | @/void   | @/void: the input has no columns; check that its files are not empty and that input.format is right
          parqet  | @/good   | input.format: no such data source on the class path: found parqet; correct the name, or add its connector by spark-submit --packages or --jars
          avro    | @/good   | input.format: no such data source on the class path: found avro; correct the name, or add its connector by spark-submit --packages or --jars
          xml     | @/words  | @/words: the input cannot be opened as xml (XML_ROW_TAG_MISSING); check input.format and input.options
          parquet | nofs://x/y | nofs://x/y: no file system for this address; correct input.path, or add the store's connector by spark-submit --packages
          parquet | s3a://key:hidden@bucket/y | s3a://***@bucket/y: no file system for this address; correct input.path, or add the store's connector by spark-submit --packages
          jdbc    | @/good   | @/good: the input cannot be opened as jdbc (IllegalArgumentException); check input.format and input.options
          """)
  void saysWhatIsWrongWithAPath(String format, String place, String message) {
    InputConfig input = path(format, place.replace("@/", folder + "/"));
    LemmaException e = catchThrowableOfType(LemmaException.class, () -> Source.read(spark, input));
    assertThat(e).hasMessage(message.replace("@/", folder + "/"));
    assertThat(e.code()).isEqualTo(ExitCode.INPUT);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parquet | nowhere | nowhere: no such table; check input.table and the catalog's settings under spark.conf
          parquet | a.b.c   | a.b.c: no such table; check input.table and the catalog's settings under spark.conf
          parquet | two words | two words: this is no name of a table; write input.table as table, schema.table or catalog.schema.table
          """)
  void saysWhatIsWrongWithATable(String format, String name, String message) {
    LemmaException e =
        catchThrowableOfType(LemmaException.class, () -> Source.read(spark, table(format, name)));
    assertThat(e).hasMessage(message);
    assertThat(e.code()).isEqualTo(ExitCode.INPUT);
  }

  @Test
  void saysThatTheDriverOfADataBaseIsMissing() {
    InputConfig input =
        new InputConfig(
            "jdbc",
            Optional.empty(),
            Optional.of("t"),
            Optional.empty(),
            Map.of("url", "jdbc:nowhere://user:hidden@host/db"));
    LemmaException e = catchThrowableOfType(LemmaException.class, () -> Source.read(spark, input));
    assertThat(e)
        .hasMessage(
            "t: the data base refuses (No suitable driver); check input.options, and that its"
                + " driver is among spark-submit --jars");
    assertThat(Source.size(spark, input)).isEmpty();
  }

  @Test
  void wantsOnePlace() {
    InputConfig two =
        new InputConfig("parquet", Optional.of("a"), Optional.of("b"), Optional.empty(), Map.of());
    InputConfig none =
        new InputConfig("parquet", Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    InputConfig unknown =
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of("wordnut"), Map.of());
    for (InputConfig input : new InputConfig[] {two, none, unknown}) {
      assertThat(catchThrowableOfType(LemmaException.class, () -> Source.read(spark, input)).code())
          .isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void countsNeitherWhatIsStillCopiedNorWhatIsNotThere() throws IOException {
    Path place = Files.createDirectory(folder.resolve("copying"));
    Files.writeString(place.resolve("a.csv"), "1\n");
    Files.writeString(place.resolve("b.csv._COPYING_"), "2\n");
    assertThat(Source.size(spark, path("csv", place.toString()))).contains(new SourceSize(1, 2));
    assertThat(Source.size(spark, path("csv", place + "/none-*"))).contains(new SourceSize(0, 0));
  }

  private static SourceSize sizeOfParts(String name) throws IOException {
    try (var files = Files.list(folder.resolve(name))) {
      long[] bytes =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .mapToLong(f -> f.toFile().length())
              .toArray();
      long sum = 0;
      for (long b : bytes) {
        sum += b;
      }
      return new SourceSize(bytes.length, sum);
    }
  }

  private static InputConfig path(String format, String place) {
    return new InputConfig(
        format, Optional.of(place), Optional.empty(), Optional.empty(), Map.of());
  }

  private static InputConfig table(String format, String name) {
    return new InputConfig(format, Optional.empty(), Optional.of(name), Optional.empty(), Map.of());
  }
}
