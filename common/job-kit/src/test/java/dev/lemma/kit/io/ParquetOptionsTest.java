// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetOptionsTest {
  @TempDir Path folder;

  @Test
  void onlyArraysOfManyNumbersLoseTheirDictionary() throws Exception {
    Dataset<Row> rows =
        SharedSpark.session()
            .range(0, 1000, 1, 1)
            .selectExpr(
                "id % 3 as label",
                "array(1f, cast(id % 2 as float)) as Projected",
                "array(1d) as doubles",
                "array(0f, 0.5f) as few",
                "concat('w', id % 5) as word")
            .withMetadata("few", FewValues.mark(new MetadataBuilder()).build());
    rows.write()
        .options(ParquetOptions.forSchema("parquet", rows.schema(), Map.of()))
        .parquet(folder.resolve("t").toString());

    assertThat(dictionaries())
        .containsEntry("label", true)
        .containsEntry("word", true)
        .containsEntry("few.list.element", true)
        .containsEntry("Projected.list.element", false)
        .containsEntry("doubles.list.element", false);
  }

  @Test
  void theUsersOwnSettingWins() {
    Dataset<Row> rows = SharedSpark.session().range(1).selectExpr("array(1f) as x");

    assertThat(
            ParquetOptions.forSchema(
                "parquet", rows.schema(), Map.of("parquet.enable.dictionary", "true")))
        .isEmpty();
    assertThat(ParquetOptions.forSchema("orc", rows.schema(), Map.of())).isEmpty();
  }

  /** Eleven rows of 5 MB behind one that does not show how large they get. */
  @Test
  void pagesAndGroupsEndWithTheLargeRowThatFillsThem() throws Exception {
    Dataset<Row> rows =
        SharedSpark.session()
            .range(0, 12, 1, 1)
            .selectExpr("array_repeat(1d, if(id = 0, 1, 600000)) as x")
            .withMetadata("x", LargeCells.mark(new MetadataBuilder()).build());
    rows.write()
        .options(ParquetOptions.forSchema("parquet", rows.schema(), Map.of()))
        .option("compression", "none")
        .parquet(folder.resolve("t").toString());
    try (ParquetFileReader reader = footer()) {
      assertThat(reader.getFooter().getBlocks()).hasSizeBetween(2, 3);
    }
    assertThat(
            ParquetOptions.forSchema("parquet", rows.schema(), Map.of("parquet.block.size", "7")))
        .doesNotContainKey("parquet.block.size");
    assertThat(ParquetOptions.forSchema("orc", rows.schema(), Map.of())).isEmpty();
  }

  private Map<String, Boolean> dictionaries() throws Exception {
    Map<String, Boolean> found = new TreeMap<>();
    try (ParquetFileReader reader = footer()) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        found.put(column.getPath().toDotString(), column.hasDictionaryPage());
      }
    }
    return found;
  }

  /** Of the one file. */
  private ParquetFileReader footer() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("t"))) {
      Path file =
          files.filter(name -> name.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return ParquetFileReader.open(
          HadoopInputFile.fromPath(
              new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()));
    }
  }
}
