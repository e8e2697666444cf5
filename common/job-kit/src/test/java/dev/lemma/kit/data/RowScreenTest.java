// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.config.BadRowLimit;
import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowScreenTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final Features ARRAY = new Features.ArrayColumn("v", NumberType.DOUBLE, 2);
  private static final RowReader READER = RowReader.of(ARRAY, Precision.FLOAT);

  /** 1,000 rows; per hundred, one of each kind of fault. */
  private static Dataset<Row> rows() {
    return SPARK
        .range(1_000)
        .selectExpr(
            "id",
            "case id % 100"
                + " when 1 then cast(null as array<double>)"
                + " when 2 then array(1d, cast(null as double))"
                + " when 3 then array(1d, double('NaN'))"
                + " when 4 then array(1d, double('-Infinity'))"
                + " when 5 then array(1d, 1e200d)"
                + " when 6 then array(1d)"
                + " else array(double(id), 2d) end as v");
  }

  @Test
  void countsEachKindInOnePassWhateverTheLayout() {
    for (Dataset<Row> layout : Layouts.of(rows())) {
      RowScreen screen = RowScreen.of(layout, ARRAY, READER, Optional.of("id"));
      pass(screen.good());
      RowCounts counts = screen.settle(BadRows.SKIP, Optional.empty());
      assertThat(counts.rows()).isEqualTo(1_000);
      assertThat(counts.bad())
          .isEqualTo(
              Map.of(
                  BadRow.NULL, 10L,
                  BadRow.NULL_ELEMENT, 10L,
                  BadRow.NAN, 10L,
                  BadRow.INFINITE, 10L,
                  BadRow.OUTSIDE_FLOAT_RANGE, 10L,
                  BadRow.WRONG_LENGTH, 10L));
      assertThat(counts.accepted()).isEqualTo(940);
    }
  }

  @Test
  void writesTheGoodRowsOfAFileAndCountsTheRest(@TempDir Path folder) {
    rows().write().parquet(folder.resolve("rows").toString());
    Dataset<Row> stored = SPARK.read().parquet(folder.resolve("rows").toString());
    RowScreen screen = RowScreen.of(stored, ARRAY, READER, Optional.of("id"));
    screen.good().write().parquet(folder.resolve("good").toString());
    assertThat(screen.counts().rejected()).isEqualTo(60);
    Dataset<Row> good = SPARK.read().parquet(folder.resolve("good").toString());
    assertThat(good.columns()).containsExactly("id", "v");
    assertThat(good.count()).isEqualTo(940);
    assertThat(good.filter("id % 100 between 1 and 6").count()).isZero();
  }

  @Test
  void keepsTheRejectedWithTheirReason() {
    Dataset<Row> rejected = RowScreen.of(rows(), ARRAY, READER, Optional.of("id")).rejected();
    assertThat(rejected.columns()).containsExactly("id", "v", "bad_row_reason");
    assertThat(rejected.filter("id < 100").orderBy("id").select("bad_row_reason").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "null", "null-element", "nan", "infinite", "outside-float-range", "wrong-length");
    Dataset<Row> taken = rows().withColumnRenamed("id", "bad_row_reason");
    assertThat(RowScreen.of(taken, ARRAY, READER, Optional.empty()).rejected().columns())
        .containsExactly("bad_row_reason", "v", "_bad_row_reason");
  }

  @Test
  void failsWithTheWholeCountAndTheFirstIds() {
    String message = null;
    for (Dataset<Row> layout : Layouts.of(rows()).subList(0, 3)) {
      RowScreen screen = RowScreen.of(layout, ARRAY, READER, Optional.of("id"));
      pass(screen.good());
      LemmaException e =
          catchThrowableOfType(
              LemmaException.class, () -> screen.settle(BadRows.FAIL, Optional.empty()));
      assertThat(e.code()).isEqualTo(ExitCode.INPUT);
      assertThat(e.getMessage())
          .matches(
              "v: 60 of 1000 rows cannot be used \\(10 null, 10 wrong-length, 10 null-element,"
                  + " 10 nan, 10 infinite, 10 outside-float-range\\); wrong length 1 where d = 2; first by id: \\d+, \\d+,"
                  + " \\d+, \\d+, \\d+; repair them, or set on-bad-row = skip or quarantine");
      message = message == null ? e.getMessage() : message;
      assertThat(e).hasMessage(message);
    }
  }

  @Test
  void tellsTheWrongLengthsOfVectors() {
    Features vectors = new Features.VectorColumn("v", 2);
    Dataset<Row> rows =
        SPARK.createDataFrame(
            List.of(
                RowFactory.create(Vectors.dense(1, 2)),
                RowFactory.create(Vectors.dense(1, 2, 3)),
                RowFactory.create(Vectors.sparse(9, new int[] {0}, new double[] {1})),
                RowFactory.create(Vectors.dense(1, Double.NaN))),
            new StructType().add("v", SQLDataTypes.VectorType()));
    RowReader reader = RowReader.of(vectors, Precision.DOUBLE);
    RowScreen screen = RowScreen.of(rows, vectors, reader, Optional.empty());
    pass(screen.good());
    assertThatThrownBy(() -> screen.settle(BadRows.FAIL, Optional.empty()))
        .hasMessageContaining("(2 wrong-length, 1 nan); wrong length 3 to 9 where d = 2; first by");
    assertThat(RowScreen.of(rows.limit(1), vectors, reader, Optional.empty()).wrongLengths())
        .isEmpty();
  }

  @Test
  void namesRowsByKeyWithoutAnId() {
    RowScreen screen = RowScreen.of(rows().filter("id < 4"), ARRAY, READER, Optional.empty());
    pass(screen.good());
    assertThatThrownBy(() -> screen.settle(BadRows.FAIL, Optional.empty()))
        .hasMessageMatching(
            "v: 3 of 4 rows cannot be used .*; first by row key: [0-9a-f]{32}, [0-9a-f]{32},"
                + " [0-9a-f]{32}; repair .*");
  }

  @Test
  void passesWithoutBadRows() {
    RowScreen screen =
        RowScreen.of(rows().filter("id % 100 > 6"), ARRAY, READER, Optional.of("id"));
    pass(screen.good());
    RowCounts counts = screen.settle(BadRows.FAIL, Optional.empty());
    assertThat(counts).isEqualTo(new RowCounts(930, Map.of()));
    assertThat(counts.reasons()).isEmpty();
  }

  @Test
  void holdsTheLimit() {
    assertThat(settle("60").rejected()).isEqualTo(60);
    assertThat(settle("6%").rejected()).isEqualTo(60);
    assertThatThrownBy(() -> settle("59"))
        .isInstanceOf(LemmaException.class)
        .hasMessageStartingWith("v: 60 of 1000 rows cannot be used (")
        .hasMessageEndingWith(
            ": expected at most 59 (bad-row-limit); repair the input, or raise bad-row-limit");
    assertThatThrownBy(() -> settle("5.9%"))
        .hasMessageContaining("expected at most 5.9% (bad-row-limit)");
  }

  @Test
  void readsEachKindOfColumnInsideThePlan() {
    StructType schema =
        new StructType()
            .add("v", SQLDataTypes.VectorType())
            .add("x", "float")
            .add("y", "int")
            .add("t", "string");
    Dataset<Row> rows =
        SPARK.createDataFrame(
            List.of(
                RowFactory.create(Vectors.dense(1, 2), 1f, 2, "a"),
                RowFactory.create(Vectors.sparse(2, new int[0], new double[0]), 1f, 2, ""),
                RowFactory.create(Vectors.dense(1, 2, 3), Float.NaN, 2, "b"),
                RowFactory.create(null, 1f, null, null)),
            schema);
    assertThat(reasons(rows, new Features.VectorColumn("v", 2)))
        .containsExactly(null, null, "wrong-length", "null");
    assertThat(reasons(rows, new Features.NumericColumns(List.of("x", "y"), NumberType.DOUBLE)))
        .containsExactly(null, null, "nan", "null-element");
    TextSpec spec = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE);
    assertThat(reasons(rows, new Features.TextColumn("t", spec)))
        .containsExactly(null, null, null, "null");
  }

  /** An action that sees every row. */
  private static void pass(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static RowCounts settle(String limit) {
    RowScreen screen = RowScreen.of(rows(), ARRAY, READER, Optional.of("id"));
    pass(screen.good());
    return screen.settle(BadRows.QUARANTINE, Optional.of(BadRowLimit.parse(limit)));
  }

  private static List<String> reasons(Dataset<Row> rows, Features features) {
    return rows
        .select(RowScreen.reason(features, RowReader.of(features, Precision.DOUBLE)))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
