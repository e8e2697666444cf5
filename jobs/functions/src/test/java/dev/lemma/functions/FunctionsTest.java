// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.functions.SqlFunction.Aggregate;
import dev.lemma.functions.SqlFunction.Example;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.function.Gelu;
import dev.lemma.math.function.SquarePlus;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static SparkSession spark;

  @BeforeAll
  static void register() {
    spark = SharedSpark.session();
    LemmaFunctions.register(spark);
  }

  /** The result of SELECT, as SQL writes it. */
  private static String printed(String arguments) {
    Dataset<Row> result = spark.sql("SELECT " + arguments);
    Row row = result.select(result.col("`" + result.columns()[0] + "`").cast("string")).first();
    return row.isNullAt(0) ? "NULL" : row.getString(0);
  }

  /** One plan for all: each costs Spark a compilation. */
  private static List<String> printed(List<String> arguments) {
    String columns =
        arguments.stream()
            .map(each -> "CAST(" + each + " AS STRING)")
            .collect(Collectors.joining(", "));
    Row row = spark.sql("SELECT " + columns).first();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.isNullAt(i) ? "NULL" : row.getString(i));
    }
    return values;
  }

  @Test
  void examplesPrintWhatTheySay() {
    List<Example> examples =
        Catalogue.all().stream().flatMap(function -> function.examples().stream()).toList();
    List<Example> found = new ArrayList<>();
    List<Example> plain =
        examples.stream().filter(each -> !each.arguments().contains(" FROM ")).toList();
    List<String> results = printed(plain.stream().map(Example::arguments).toList());
    for (int i = 0; i < plain.size(); i++) {
      found.add(new Example(plain.get(i).arguments(), results.get(i)));
    }
    examples.stream()
        .filter(each -> each.arguments().contains(" FROM "))
        .forEach(each -> found.add(new Example(each.arguments(), printed(each.arguments()))));
    assertThat(found).containsExactlyInAnyOrderElementsOf(examples);
  }

  /** Name, line, formula, example and source of each; results of examples are tested above. */
  @Test
  void thePageOfTheDocumentationHasThemAllAndNoOthers() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    String page = Files.readString(module.resolve("../../docs/functions.md"));
    for (SqlFunction function : Catalogue.all()) {
      assertThat(page).contains(entry(function));
    }
    assertThat(page.lines().filter(line -> line.startsWith("### ")))
        .containsExactlyElementsOf(
            Catalogue.all().stream().map(function -> "### " + function.name()).toList());
  }

  private static String entry(SqlFunction function) {
    String parameters =
        function.parameters().stream()
            .map(each -> "`" + each.name() + "`: " + each.meaning())
            .collect(Collectors.joining("; "));
    String examples =
        function.examples().stream()
            .map(each -> "> SELECT " + each.arguments() + ";\n" + each.result() + "\n")
            .collect(Collectors.joining());
    return """
    ### %s

    `%s`: %s. %s. Source: %s.

    ```
    %s
    %s```
    """
        .formatted(
            function.name(),
            function.usage(),
            function.summary(),
            parameters,
            function.source(),
            function.formula(),
            examples);
  }

  @Test
  void describedWithUsageArgumentsAndExamples() {
    for (SqlFunction function : Catalogue.all()) {
      String text =
          spark.sql("DESCRIBE FUNCTION EXTENDED " + function.name()).collectAsList().stream()
              .map(row -> row.getString(0))
              .collect(Collectors.joining("\n"));
      assertThat(text)
          .contains("Usage: " + function.usage() + " - " + function.summary())
          .contains("Arguments:")
          .contains("> SELECT " + function.examples().get(0).arguments())
          .contains(function.examples().get(0).result());
    }
  }

  private static String literal(Parameter parameter) {
    return switch (parameter.kind()) {
      case NUMBER -> parameter.range() == Range.FROM_ONE ? "1D" : "0.5D";
      case INTEGER, LONG -> parameter.name().equals("d") ? "3" : "2";
      case NUMBERS, FEATURES -> "array(0.5D)";
      case TEXT -> "'sign'";
    };
  }

  @Test
  void aNullAnywhereGivesNull() {
    List<String> calls = new ArrayList<>();
    for (SqlFunction function : Catalogue.all()) {
      if (function.body() instanceof Aggregate) {
        continue;
      }
      List<Parameter> parameters = function.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        List<String> arguments =
            new ArrayList<>(parameters.stream().map(FunctionsTest::literal).toList());
        arguments.set(i, "NULL");
        calls.add(function.name() + "(" + String.join(", ", arguments) + ")");
        if (literal(parameters.get(i)).startsWith("array")) {
          arguments.set(i, "array(1, NULL, 3)");
          calls.add(function.name() + "(" + String.join(", ", arguments) + ")");
        }
      }
    }
    assertThat(calls).hasSizeGreaterThan(60);
    assertThat(printed(calls)).containsOnly("NULL");
  }

  @Test
  void wrongTypesAndArityFailTheAnalysis() {
    for (SqlFunction function : Catalogue.all()) {
      List<String> arguments =
          new ArrayList<>(function.parameters().stream().map(FunctionsTest::literal).toList());
      arguments.set(0, "DATE'2026-01-01'");
      assertThatThrownBy(
              () ->
                  spark.sql("SELECT " + function.name() + "(" + String.join(", ", arguments) + ")"))
          .as(function.name())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("UNEXPECTED_INPUT_TYPE")
          .hasMessageContaining("first parameter")
          .hasMessageContaining(function.name());
      assertThatThrownBy(() -> spark.sql("SELECT " + function.name() + "()"))
          .as(function.name())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("WRONG_NUM_ARGS");
    }
    assertThatThrownBy(() -> spark.sql("SELECT softmax('1,2')"))
        .hasMessageContaining("ARRAY<NUMERIC>")
        .hasMessageContaining("STRING");
    assertThatThrownBy(() -> spark.sql("SELECT gelu(x => 1)"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("NAMED_PARAMETERS_NOT_SUPPORTED")
        .hasMessageContaining("gelu");
    assertThatThrownBy(() -> spark.sql("SELECT gelu('1')")).isInstanceOf(AnalysisException.class);
  }

  @Test
  void vectorsAreArrays() {
    List<Row> rows =
        List.of(
            RowFactory.create(Vectors.dense(1, 2, 0, 3)),
            RowFactory.create(Vectors.sparse(4, new int[] {0, 1, 3}, new double[] {1, 2, 3})),
            RowFactory.create((Object) null));
    Dataset<Row> data =
        spark.createDataFrame(rows, new StructType().add("v", SQLDataTypes.VectorType()));
    List<Row> found =
        data.select(
                Columns.softmax(col("v"), 1).cast("string"),
                expr("CAST(jl_project(v, 2, 7, 'auto') AS STRING)"),
                Columns.logSumExp(col("v")))
            .collectAsList();
    assertThat(found.get(0)).isEqualTo(found.get(1));
    assertThat(found.get(0).getString(0)).isEqualTo(printed("softmax(array(1, 2, 0, 3))"));
    assertThat(found.get(0).getString(1))
        .isEqualTo(printed("jl_project(array(1, 2, 0, 3), 2, 7, 'sign')"));
    assertThat(found.get(2).isNullAt(0)).isTrue();
    assertThat(found.get(2).isNullAt(2)).isTrue();
  }

  @Test
  void scalarsRunInsideGeneratedCode() {
    Dataset<Row> rows = spark.range(0, 1000, 1, 2).selectExpr("id", "squareplus(id - 500, 4) AS y");
    assertThat(rows.queryExecution().toString()).contains("squareplus");
    String code =
        org.apache.spark.sql.execution.debug.package$.MODULE$.codegenString(
            rows.queryExecution().executedPlan());
    assertThat(code).contains("dev.lemma.math.function.SquarePlus.of(");
    for (Row row : rows.collectAsList()) {
      assertThat(row.getDouble(1)).isEqualTo(SquarePlus.of(row.getLong(0) - 500, 4));
    }
    assertThat(spark.sql("SELECT squareplus(1, 4)").columns()).containsExactly("squareplus(1, 4)");
    assertThat(rows.select(Columns.gelu(col("y"))).columns()).containsExactly("gelu(y)");
    assertThat(rows.select(Columns.gelu(col("y"))).first().getDouble(0))
        .isEqualTo(Gelu.of(SquarePlus.of(-500, 4)));
  }

  @Test
  void aggregatesHaveEqualBitsForEveryPartitioning() {
    Dataset<Row> rows =
        spark.range(0, 5000, 1, 1).selectExpr("id % 3 AS g", "700 * sin(id) AS x", "id");
    List<String> results = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7, 64}) {
      Dataset<Row> cut = rows.repartition(partitions, col("id"));
      results.add(
          cut.groupBy("g")
              .agg(
                  Columns.logSumExpOfGroup(col("x")).as("l"),
                  Columns.softmaxEntropyOfGroup(col("x")).as("h"))
              .orderBy("g")
              .collectAsList()
              .toString());
    }
    assertThat(results).containsOnly(results.get(0));
    Row all =
        rows.selectExpr(
                "logsumexp_agg(x) - logsumexp(collect_list(x))",
                "softmax_entropy_agg(x) - entropy(softmax(collect_list(x)))",
                "logsumexp_agg(CAST(NULL AS DOUBLE))",
                "logsumexp_agg(x) FILTER (WHERE id < 0)",
                "logsumexp_agg(DISTINCT CAST(2.5 AS DECIMAL(5, 2)))",
                "softmax_entropy_agg(CAST(1 AS TINYINT))")
            .first();
    assertThat(all.getDouble(0)).isCloseTo(0, within(3e-13));
    assertThat(all.getDouble(1)).isCloseTo(0, within(1e-13));
    assertThat(all.isNullAt(2)).isTrue();
    assertThat(all.isNullAt(3)).isTrue();
    assertThat(all.getDouble(4)).isEqualTo(2.5);
    assertThat(all.getDouble(5)).isCloseTo(Math.log(5000), within(1e-14));
  }

  @Test
  void theExtensionRegistersTheSame() {
    SparkSessionExtensions extensions = new SparkSessionExtensions();
    new LemmaExtensions().apply(extensions);
    FunctionRegistry registry = FunctionRegistry$.MODULE$.builtin().clone();
    extensions.registerFunctions(registry);
    for (SqlFunction function : Catalogue.all()) {
      assertThat(registry.functionExists(new FunctionIdentifier(function.name())))
          .as(function.name())
          .isTrue();
    }
  }

  /** Names are the same but for their spelling. */
  @Test
  void everyFunctionHasAColumn() {
    List<String> methods =
        Arrays.stream(Columns.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(method -> method.getName().toLowerCase(Locale.ROOT).replace("ofgroup", "agg"))
            .distinct()
            .sorted()
            .toList();
    assertThat(methods)
        .containsExactlyElementsOf(
            Catalogue.all().stream().map(each -> each.name().replace("_", "")).sorted().toList());
  }

  @Test
  void everyColumnCanBeAnalysed() {
    Dataset<Row> row = spark.sql("SELECT 1.5D AS x, 2L AS n, array(0.5D, 0.25D) AS a");
    Column x = col("x");
    Column n = col("n");
    Column a = col("a");
    Column[] columns =
        Stream.of(
                Columns.squarePlus(x, 4),
                Columns.squarePlusDerivative(x, 4),
                Columns.softPlus(x, 1),
                Columns.gelu(x),
                Columns.geluDerivative(x),
                Columns.swish(x, 1),
                Columns.swishDerivative(x, 1),
                Columns.smoothStep(x, 1),
                Columns.smoothFloor(x, 1),
                Columns.smoothSawtooth(x, 1),
                Columns.gaussianStep(x, 1),
                Columns.gaussianRelu(x, 1),
                Columns.gaussianFloor(x, 1),
                Columns.gaussianSawtooth(x, 1),
                Columns.cauchyStep(x, 1),
                Columns.cauchyGated(x, 1),
                Columns.cauchyRelu(x, 1),
                Columns.cauchyFloor(x, 1),
                Columns.cauchySawtooth(x, 1),
                Columns.mitchellLog2(x),
                Columns.mitchellExp2(x),
                Columns.mitchellMultiply(n, n),
                Columns.mitchellDivide(x, x),
                Columns.ellipseArea(x, x),
                Columns.ellipsePerimeter(x, x),
                Columns.primeCount(n),
                Columns.primeSum(n),
                Columns.bm25(x, n, n, x, x),
                Columns.jlMinDim(n, 0.5, 0.1),
                Columns.jlProject(a, 1, 0, "auto"),
                Columns.truncatedNormal(1, 0, n, n),
                Columns.lecunNormal(2, 0, n, n),
                Columns.lecunUniform(2, 0, n, n),
                Columns.heNormal(2, 0, n, n),
                Columns.heUniform(2, 0, n, n),
                Columns.xavierNormal(2, 2, 0, n, n),
                Columns.xavierUniform(2, 2, 0, n, n),
                Columns.logSumExpUpperBound(a),
                Columns.logSumExpMeanBound(a),
                Columns.logSumExpEntropyBound(a, a, 1),
                Columns.logSumExp(a),
                Columns.softmax(a, 2),
                Columns.taylorSoftmax(a, 2),
                Columns.monotoneTaylorSoftmax(a, 2),
                Columns.entropy(a),
                Columns.renyiEntropy(a, 2),
                Columns.entropyNormalize(a, 0.6),
                Columns.entropyExponent(a, 0.6))
            .toArray(Column[]::new);
    assertThat(columns).hasSize(Catalogue.all().size() - 2);
    assertThatCode(() -> row.select(columns).first()).doesNotThrowAnyException();
  }
}
