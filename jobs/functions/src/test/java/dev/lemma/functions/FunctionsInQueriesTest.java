// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lemma.kit.testing.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wherever a query may call a function: clauses, windows, lambdas, streams, plans not compiled. */
class FunctionsInQueriesTest {
  private static SparkSession spark;

  @BeforeAll
  static void register() {
    spark = SharedSpark.session();
    LemmaFunctions.register(spark);
    spark.sql(
        """
        CREATE OR REPLACE TEMP VIEW points AS SELECT id, IF(id % 4 = 3, NULL, id - 3D) AS x,
        array(double(id), IF(id = 5, NULL, 1D)) AS a FROM range(0, 8, 1, 2)""");
  }

  /** Rows as text, in their order. */
  private static String rows(String query) {
    return spark.sql(query).collectAsList().stream()
        .map(row -> row.mkString(","))
        .collect(Collectors.joining(" | "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "SELECT id FROM points WHERE mitchell_exp2(x) > 3 ORDER BY id; 5 | 6",
        "SELECT id FROM points WHERE softmax(a)[0] > 0.9 ORDER BY id; 4 | 6 | 7",
        "SELECT id FROM points WHERE entropy_exponent(a, 9) IS NULL AND id > 5 ORDER BY id; 6 | 7",
        "SELECT smooth_floor(x, 1e9), count(*) FROM points GROUP BY smooth_floor(x, 1e9) ORDER BY 1"
            + " NULLS LAST LIMIT 2; -3.5,1 | -2.5,1",
        "SELECT id % 2, round(logsumexp_agg(x), 9) FROM points GROUP BY id % 2 HAVING"
            + " logsumexp_agg(x) < 3; 1,2.018149928",
        "SELECT id FROM points ORDER BY squareplus(-x, 4) NULLS LAST, id LIMIT 2; 6 | 5",
        "SELECT p.id, q.id FROM points p JOIN points q ON mitchell_exp2(p.x) = mitchell_exp2(q.x + 3)"
            + " ORDER BY 1; 4,1 | 5,2",
        "SELECT max(id) FROM points WHERE gelu(x) = (SELECT max(gelu(x)) FROM points); 6",
        "SELECT id, round(logsumexp_agg(x) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT"
            + " ROW), 9) FROM points ORDER BY id DESC LIMIT 3; 7,3.0 | 6,3.313261688 |"
            + " 5,2.313261688",
        "SELECT concat_ws(' ', transform(a, v -> round(squareplus(v, 4), 6))) FROM points WHERE id IN"
            + " (0, 5) ORDER BY id; 1.0 1.618034 | 5.192582",
        "SELECT aggregate(a, 0D, (s, v) -> s + mitchell_multiply(v, 2D)) FROM points WHERE id = 4;"
            + " 10.0",
        "SELECT count(DISTINCT swish(x, 2)), sum(IF(x > 0, prime_count(id), 0)) FROM points; 6,8"
      })
  void inEveryClause(String query, String result) {
    assertThat(rows(query)).isEqualTo(result);
  }

  /** The table of {@link EveryFunctionTest} holds however a query runs. */
  @ParameterizedTest
  @CsvSource({
    "spark.sql.codegen.wholeStage, false",
    "spark.sql.codegen.factoryMode, NO_CODEGEN",
    "spark.sql.ansi.enabled, false"
  })
  void underEverySetting(String key, String value) {
    String before = spark.conf().get(key);
    String wholeStage = spark.conf().get("spark.sql.codegen.wholeStage");
    spark.conf().set(key, value);
    spark.conf().set("spark.sql.codegen.wholeStage", !key.contains("codegen"));
    try {
      EveryFunctionTest every = new EveryFunctionTest();
      EveryFunctionTest.register();
      every.givesWhatTheTableSays(EveryFunctionTest.Section.NUMBERS);
      every.givesWhatTheTableSays(EveryFunctionTest.Section.ARRAYS);
    } finally {
      spark.conf().set(key, before);
      spark.conf().set("spark.sql.codegen.wholeStage", wholeStage);
    }
  }

  /** Shape from the rows is what it is as a constant, and a constant is prepared before them. */
  @Test
  void whatIsPreparedOnceIsTheSameAsRowByRow() {
    assertThat(
            rows(
                "SELECT cauchy_floor(x, 0.1) = cauchy_floor(x, w), cauchy_sawtooth(x, 0.1) ="
                    + " cauchy_sawtooth(x, w), cauchy_floor(x, NULL), cauchy_floor(x, -w) FROM"
                    + " (SELECT id / 7D AS x, 0.1D AS w FROM range(1, 3, 1, 1))"))
        .isEqualTo("true,true,null,NaN | true,true,null,NaN");
    String plan = spark.sql("SELECT cauchy_floor(x, 0.1) FROM points").queryExecution().toString();
    assertThat(plan).contains("cauchy_floor(x", "0.46651");
  }

  @Test
  void whatNoRowCanBeComputedOfStopsTheQuery() {
    Map.of(
            "mitchell_divide(id, id - 3)", "division by zero",
            "mitchell_multiply(id + 9000000000000000000, 4)", "does not fit into a long",
            "prime_sum(id + 20000000001)", "would not fit into a BIGINT",
            "taylor_softmax(a, int(id) * 2 + 1)", "even",
            "bm25(1, id + 1, id, 1, 1)", "documents with the term",
            "he_normal(int(id) - 9, 0, 0, 0)", "must be at least 1")
        .forEach(
            (call, message) ->
                assertThat(catchThrowable(() -> rows("SELECT " + call + " FROM points")))
                    .as(call)
                    .hasStackTraceContaining(message));
    assertThatThrownBy(() -> rows("SELECT gelu(DISTINCT x) FROM points"))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> rows("SELECT gelu(x) OVER (ORDER BY id) FROM points"))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> rows("SELECT id FROM points WHERE logsumexp_agg(x) > 0"))
        .isInstanceOf(AnalysisException.class);
  }

  /** State of a group is kept from one batch to the next, and rows of each go through. */
  @Test
  void inAStream(@TempDir Path folder) throws Exception {
    String input = folder.resolve("rows").toString();
    spark.sql("SELECT id % 2 AS g, x FROM points").repartition(1).write().parquet(input);
    String checkpoint = folder.resolve("checkpoint").toString();
    for (int batch = 0; batch < 2; batch++) {
      spark
          .readStream()
          .schema("g BIGINT, x DOUBLE")
          .parquet(input)
          .selectExpr("g", "x", "squareplus(x, 4) AS y")
          .groupBy("g")
          .agg(Map.of("x", "logsumexp_agg", "y", "max"))
          .writeStream()
          .outputMode(OutputMode.Complete())
          .format("memory")
          .queryName("groups")
          .option("checkpointLocation", checkpoint)
          .trigger(Trigger.AvailableNow())
          .start()
          .awaitTermination();
      List<Row> found = spark.table("groups").orderBy("g").collectAsList();
      double copies = Math.log(batch + 1);
      assertThat(found).hasSize(2);
      assertThat(
              rows("SELECT round(`logsumexp_agg(x)` - " + copies + ", 9) FROM groups ORDER BY g"))
          .isEqualTo(
              rows(
                  "SELECT round(logsumexp_agg(x), 9) FROM points GROUP BY id % 2 ORDER BY id % 2"));
      spark
          .sql("SELECT id % 2 AS g, x FROM points")
          .repartition(1)
          .write()
          .mode("append")
          .parquet(input);
    }
  }
}
