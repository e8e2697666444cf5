// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Precision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * One table of texts before they are collected.
 *
 * @param rows the table
 * @param text its column of texts
 * @param id the column that names rows
 * @param asks whether a row asks, never null
 */
record TextInput(Dataset<Row> rows, Features.TextColumn text, String id, Column asks) {
  private static final String ASKED = "text";
  private static final String REASON = "reason";
  private static final String BYTES = "bytes";

  /** What one pass over a table counts. */
  record Checked(RowCounts counts, long bytes) {}

  /** The documents. */
  static TextInput documents(RelatedConfig config, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), config.input());
    Column asks = config.documentsAsk() ? condition(rows, config.where()) : lit(false);
    return of(rows, config.columns(), config.text(), asks);
  }

  /** The texts that ask; only where documents do not. */
  static TextInput queries(RelatedConfig config, Run run) {
    if (config.queries().isPresent()) {
      Dataset<Row> rows = Source.read(run.spark(), config.queries().get());
      return of(rows, config.columns(), config.text(), lit(true));
    }
    List<Row> texts = config.ask().stream().map(RowFactory::create).toList();
    Dataset<Row> rows =
        run.spark()
            .createDataFrame(texts, new StructType().add(ASKED, DataTypes.StringType, false));
    return new TextInput(
        rows, new Features.TextColumn(ASKED, config.text().spec()), ASKED, lit(true));
  }

  private static TextInput of(
      Dataset<Row> rows, ColumnsConfig columns, TermsConfig terms, Column asks) {
    Features features =
        FeatureColumns.resolve(rows, columns, OptionalLong.empty(), Optional.of(terms.spec()));
    String name = columns.features().get(0);
    if (!(features instanceof Features.TextColumn text)) {
      throw wrongType("columns.features", name, type(rows, name), "a text");
    }
    String id = columns.id().orElseThrow();
    DataType idType = type(rows, id);
    if (idType instanceof UserDefinedType<?> || idType instanceof ArrayType) {
      throw wrongType("columns.id", id, idType, "a number, text, date or another plain value");
    }
    TextInput input = new TextInput(rows, text, id, asks);
    // Refuses what cannot be hashed, before any row is read.
    input.key();
    return input;
  }

  private static DataType type(Dataset<Row> rows, String name) {
    return rows.select(ColumnNames.column(name)).schema().fields()[0].dataType();
  }

  private static LemmaException wrongType(String key, String name, DataType type, String expected) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            key + " = " + name,
            "this column has the wrong type",
            type.simpleString(),
            expected,
            "name another column, or convert it where the input is written"));
  }

  private static LemmaException changing() {
    return new LemmaException(
        ExitCode.USAGE,
        new Problem(
            "where",
            "it can change from one reading of a row to the next",
            "",
            "the same answer every time",
            "take rand and its like out; to sample, ask for pmod(xxhash64(id), 100) < 1"));
  }

  private static Column condition(Dataset<Row> rows, Optional<String> where) {
    if (where.isEmpty()) {
      return lit(true);
    }
    try {
      DataType type = rows.select(expr(where.get())).schema().fields()[0].dataType();
      if (!(type instanceof BooleanType)) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                "where",
                "it is no condition",
                type.simpleString(),
                "true or false",
                "compare it with something, such as lang = 'en'"));
      }
      Column asks = coalesce(expr(where.get()), lit(false));
      if (!rows.filter(asks).queryExecution().analyzed().deterministic()) {
        throw changing();
      }
      return asks;
    } catch (LemmaException e) {
      throw e;
    } catch (Exception e) {
      // Spark's parser and analyser throw checked exceptions that Java does not see.
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new LemmaException(
          e instanceof ParseException ? ExitCode.USAGE : ExitCode.INPUT,
          new Problem(
              "where",
              "Spark can make no condition of it (" + first + ")",
              "",
              "a condition over the columns of the input, such as lang = 'en'",
              "correct it, or leave it out: then all documents ask"));
    }
  }

  DataType idType() {
    return type(rows, id);
  }

  /** A screen for the messages about rows that cannot be used. */
  RowScreen screen() {
    return RowScreen.of(rows, text, reader(), Optional.of(id));
  }

  /** Counts good and bad rows and the bytes of the good ones: one pass. */
  Checked check() {
    Map<BadRow, Long> bad = new EnumMap<>(BadRow.class);
    long total = 0;
    long bytes = 0;
    for (Row row :
        rows.select(
                RowScreen.reason(text, reader()).as(REASON),
                octet_length(text.value()).cast(DataTypes.LongType).as(BYTES))
            .groupBy(REASON)
            .agg(count(lit(1)), sum(col(BYTES)))
            .collectAsList()) {
      total += row.getLong(1);
      if (row.isNullAt(0)) {
        bytes = row.isNullAt(2) ? 0 : row.getLong(2);
      } else {
        bad.put(BadRow.ofReason(row.getString(0)), row.getLong(1));
      }
    }
    return new Checked(new RowCounts(total, bad), bytes);
  }

  /**
   * The good rows: id, text as bytes, whether it asks, and its tile. Ids that are texts are told
   * apart and ordered by their bytes, as row keys are, whatever the collation of their column.
   */
  Dataset<Row> tiled(int tiles) {
    Column tile =
        PlanCall.of(new TileOf(tiles), "tile", DataTypes.IntegerType).neverNull().on(key());
    return rows.filter(RowScreen.reason(text, reader()).isNull())
        .select(
            plain(ColumnNames.column(id), idType()).as("_lemma_id"),
            text.value().cast(DataTypes.BinaryType).as("_lemma_text"),
            asks.as("_lemma_asks"),
            tile.as("_lemma_tile"));
  }

  private static Column plain(Column column, DataType type) {
    return type instanceof StringType ? column.cast(DataTypes.StringType) : column;
  }

  private Column key() {
    return RowKeys.column(rows, Optional.of(id), List.of());
  }

  private RowReader reader() {
    return RowReader.of(text, Precision.DOUBLE);
  }
}
