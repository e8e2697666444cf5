// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.Layouts;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.random.BottomK;
import dev.lemma.math.random.RowKey;
import dev.lemma.math.random.RowKeyHasher;
import dev.lemma.math.random.RowSampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleJobTest {
  private static final SparkSession SPARK = SharedSpark.session();
  private static final int ROWS = 3000;
  private static final List<Path> LAYOUTS = new ArrayList<>();

  @TempDir static Path inputs;
  @TempDir Path folder;

  /** Weights from 1 to 7, and 0 for every 50th row; strata of 300, 900 and 1,800 rows, one null. */
  private static Dataset<Row> rows() {
    return SPARK
        .range(0, ROWS, 1, 3)
        .selectExpr(
            "id",
            "if(id % 50 = 0, 0.0, double(1 + id % 7)) as w",
            "case when id % 10 = 0 then 'a' when id % 10 < 4 then 'b' end as s",
            "id % 3 as t");
  }

  @BeforeAll
  static void write() throws IOException {
    rows().write().parquet(inputs.resolve("rows").toString());
    rows().limit(0).write().parquet(inputs.resolve("empty").toString());
    for (Dataset<Row> layout : Layouts.of(rows())) {
      Path input = Files.createDirectories(inputs.resolve("layouts")).resolve(LAYOUTS.size() + "");
      layout.write().parquet(input.toString());
      LAYOUTS.add(input);
    }
    SPARK
        .range(0, 200, 1, 2)
        .selectExpr("id % 20 as x", "'same' as y")
        .write()
        .parquet(inputs.resolve("equal").toString());
    SPARK
        .range(0, 60, 1, 2)
        .selectExpr("id div 2 as id", "if(id = 7, -1.0, 1.0) as w")
        .write()
        .parquet(inputs.resolve("repeated").toString());
    SPARK
        .range(0, 10, 1, 1)
        .selectExpr(
            "id", "if(id = 7, -1.0, if(id = 8, double('NaN'), 1.0)) as w", "map(id, id) as m")
        .write()
        .parquet(inputs.resolve("bad").toString());
  }

  private JobCall call(Path input, Path output, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of("input.path=" + input, "output.path=" + output, "output.mode=overwrite"));
    keys.addAll(Arrays.asList(more));
    return JobCall.of(new SampleJob(), keys.toArray(String[]::new));
  }

  private Set<Long> ids(String... keys) {
    Path output = folder.resolve("out");
    String[] all = Arrays.copyOf(keys, keys.length + 2);
    all[keys.length] = "columns.id=id";
    all[keys.length + 1] = "report=false";
    JobCall call = call(inputs.resolve("rows"), output, all);
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    return ids(output);
  }

  private static Set<Long> ids(Path output) {
    Set<Long> ids = new TreeSet<>();
    SPARK.read().parquet(output.toString()).select("id").collectAsList().stream()
        .map(row -> row.getLong(0))
        .forEach(ids::add);
    return ids;
  }

  private static long priority(long id, long seed) {
    RowKey key = new RowKeyHasher().addLong(id).key();
    return RowSampling.of("sample", seed).priority(key);
  }

  /** The k ids of lowest rank, one after the other as a reader of the formula would do it. */
  private static Set<Long> lowest(LongStream ids, int k, LongToDoubleFunction rank) {
    return new TreeSet<>(
        ids.boxed()
            .filter(id -> rank.applyAsDouble(id) < Double.POSITIVE_INFINITY)
            .sorted(Comparator.comparingDouble(rank::applyAsDouble))
            .limit(k)
            .toList());
  }

  private static double uniform(long id, long seed) {
    return (priority(id, seed) >>> 11) * 0x1p-53;
  }

  /** Rows of a rate: a larger one takes a superset, and another seed other rows. */
  private static Set<Long> below(double rate, long seed) {
    return new TreeSet<>(
        LongStream.range(0, ROWS).filter(id -> uniform(id, seed) < rate).boxed().toList());
  }

  @Test
  void bernoulliTakesWhatTheKeysSay() {
    assertThat(ids("rate=0.3", "seed=6")).isEqualTo(below(0.3, 6)).hasSizeBetween(800, 1000);
    assertThat(ids("rate=1")).hasSize(ROWS);
  }

  @Test
  void exactSizesAreTheLowestPriorities() {
    for (int k : new int[] {100, ROWS - 1}) {
      assertThat(ids("rows=" + k, "seed=5"))
          .isEqualTo(lowest(LongStream.range(0, ROWS), k, id -> uniform(id, 5)));
    }
  }

  @Test
  void weightedSamplesAreTheLowestExponentialRanks() {
    assertThat(ids("rows=200", "seed=5", "columns.weight=w"))
        .isEqualTo(lowest(LongStream.range(0, ROWS), 200, SampleJobTest::rank));
  }

  /** With weights 1 + id % 7, and 0 for every 50th row. */
  private static double rank(long id) {
    return BottomK.rank(priority(id, 5), id % 50 == 0 ? 0 : 1 + id % 7);
  }

  private static boolean isA(long id) {
    return id % 10 == 0;
  }

  private static boolean isB(long id) {
    return id % 10 > 0 && id % 10 < 4;
  }

  @Test
  void strataOfSeveralColumns() {
    assertThat(ids("rows=5", "strata=[s, t]", "columns.weight=w")).hasSize(9 * 5);
  }

  /** Estimates of the number of rows from inverse probabilities, stratum by stratum. */
  @Test
  void probabilitiesWeighRowsUpToTheirTotals() {
    Path output = folder.resolve("out");
    call(
        inputs.resolve("rows"),
        output,
        "columns.id=id",
        "rows=150",
        "strata=[s]",
        "seed=5",
        "probabilities=true",
        "report=false",
        "columns.keep=[s]");
    List<Row> rows = SPARK.read().parquet(output.toString()).collectAsList();
    Set<Long> expected = new TreeSet<>();
    for (LongPredicate stratum :
        List.<LongPredicate>of(SampleJobTest::isA, SampleJobTest::isB, id -> id % 10 > 3)) {
      expected.addAll(lowest(LongStream.range(0, ROWS).filter(stratum), 150, id -> uniform(id, 5)));
    }
    assertThat(rows)
        .extracting(row -> row.<Long>getAs("id"))
        .hasSize(450)
        .hasSameElementsAs(expected);
    Map<String, Double> sizes = Map.of("null", 1800.0, "a", 300.0, "b", 900.0);
    Map<String, Double> totals =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> String.valueOf(row.<String>getAs("s")),
                    Collectors.summingDouble(
                        row -> 1 / row.<Double>getAs("inclusion_probability"))));
    assertThat(totals).containsOnlyKeys(sizes.keySet());
    // The estimate's deviation is about n / sqrt(k); a false alarm at 4 of them: 6e-5 each.
    totals.forEach(
        (stratum, total) ->
            assertThat(Math.abs(total / sizes.get(stratum) - 1)).isLessThan(4 / Math.sqrt(150)));
  }

  @Test
  void equalRowsAreDrawnSingly() {
    Path output = folder.resolve("out");
    JobCall call = call(inputs.resolve("equal"), output, "rows=55");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(SPARK.read().parquet(output.toString()).count()).isEqualTo(55);
    call(inputs.resolve("equal"), output, "rate=0.5");
    List<Long> counts =
        SPARK
            .read()
            .parquet(output.toString())
            .groupBy("x")
            .count()
            .select("count")
            .collectAsList()
            .stream()
            .map(row -> row.getLong(0))
            .toList();
    // Ten copies of each: were they taken together, every count would be 10.
    assertThat(counts).anyMatch(count -> count < 10);
    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isBetween(60L, 140L);
  }

  /** What a formula takes, with the same probabilities, however the rows lie. */
  @Test
  void partitionsAreOfNoConsequence() {
    Set<Long> weighted =
        lowest(LongStream.range(0, ROWS).filter(SampleJobTest::isA), 70, SampleJobTest::rank);
    weighted.addAll(
        lowest(LongStream.range(0, ROWS).filter(SampleJobTest::isB), 40, SampleJobTest::rank));
    List<List<String>> rates = new ArrayList<>();
    List<List<String>> sizes = new ArrayList<>();
    for (Path layout : LAYOUTS) {
      rates.add(sampled(layout, below(0.1, 5), "rate=0.1", "columns.keep=[s]"));
      sizes.add(
          sampled(
              layout,
              weighted,
              "rows=40",
              "strata=[s]",
              "quotas={ a = 70, null = 0 }",
              "columns.weight=w"));
    }
    assertThat(rates).hasSize(4).allMatch(rates.get(0)::equals);
    assertThat(sizes).hasSize(4).allMatch(sizes.get(0)::equals);
  }

  private List<String> sampled(Path layout, Set<Long> expected, String... keys) {
    Path output = folder.resolve("out");
    List<String> all =
        new ArrayList<>(
            List.of(
                "probabilities=true",
                "report=false",
                "seed=5",
                "columns.id=id",
                "output.partitions=1",
                Layouts.FILE_A_PARTITION));
    all.addAll(List.of(keys));
    JobCall call = call(layout, output, all.toArray(String[]::new));
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(JobCall.manifest(output).path("bits").asText()).isEqualTo("any");
    List<Row> rows = SPARK.read().parquet(output.toString()).collectAsList();
    assertThat(rows).extracting(row -> row.<Long>getAs("id")).hasSameElementsAs(expected);
    return rows.stream().map(Row::toString).sorted().toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "rows | rows=5 rate=0.5 | 2 | rate (command line): both a rate and a size are set; keep one of them",
        "rows | '' | 2 | rows: the sample has no size; set rows, or rate",
        "rows | rate=1.5 | 2 | rate (command line): must lie in (0, 1], found 1.5",
        "rows | rows=0 | 2 | rows (command line): must be at least 1, found 0",
        "rows | rate=0.5 strata=[s] | 2 | strata (command line): a rate takes the same share of every stratum"
            + " already; leave strata out, or set rows or quotas instead of rate",
        "rows | rate=0.5 columns.weight=w | 2 | columns.weight (command line): a rate gives every row the same"
            + " chance; set rows instead of rate, or leave the weight out",
        "rows | quotas.a=3 | 2 | quotas (command line): there are no strata; name their columns in strata",
        "rows | rows=5 columns.id=idd | 3 | columns.id: no such column in the input: found idd,"
            + " expected one of id, w, s, t; did you mean id?",
        "rows | rows=5 columns.weight=s | 3 | columns.weight = s: wrong type: found string,"
            + " expected a number; choose another column, or convert it where the input is written",
        "repeated | rows=40 columns.id=id | 3 | columns.id = id: ids must differ, for rows of one"
            + " id are drawn or left together: found 20 rows of the sample with the id of another,"
            + " expected ids of their own; choose a column that names rows, or leave columns.id out",
        "repeated | rows=1 columns.id=id | 3 | columns.id = id: ids must differ, for rows of one id"
            + " are drawn or left together: found 0 rows drawn where 1 were to be, expected"
            + " ids of their own; choose a column that names rows, or leave columns.id out",
        "bad | rows=3 columns.id=id columns.weight=w | 3 | w: 2 of 10 rows cannot be used (1"
            + " no-weight, 1 negative-weight); first by id: 7, 8; repair them, or set on-bad-row ="
            + " skip or quarantine",
        "bad | rows=3 | 3 | columns = m: no row key can be made of this type: found"
            + " map<bigint,bigint>, expected a number, text, binary, boolean, date, timestamp,"
            + " vector or array of numbers; set columns.id to a column that names the rows",
        "nowhere | rows=3 | 3 | ",
      })
  void mistakesAreTold(String input, String keys, int code, String line) {
    JobCall call =
        call(
            inputs.resolve(input),
            folder.resolve("out"),
            keys.isEmpty() ? new String[0] : keys.split(" "));
    assertThat(call.code().code()).as(String.join("\n", call.err())).isEqualTo(code);
    if (line != null) {
      assertThat(call.lastLine()).endsWith(line);
    }
    assertThat(folder.resolve("out/_SUCCESS")).doesNotExist();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "empty | rows=5 columns.id=id | 0 | no row can be drawn: the sample is empty",
        "empty | rate=0.5 columns.id=id | 0 | ",
        "rows | rows=5000 columns.id=id columns.weight=w | 2940 | the input has fewer rows than asked for: all of"
            + " them were taken",
        "rows | rows=500 strata=[s] columns.id=id | 1300 | 1 stratum has fewer rows than asked for,"
            + " and gave all of them: a",
        "rows | strata=[s] quotas.c=3 columns.id=id | 0 | 1 quota names a stratum without rows: c",
        "bad | rows=30 columns.id=id columns.weight=w on-bad-row=skip | 8 | 2 rows were left out: 1"
            + " no-weight, 1 negative-weight"
      })
  void oddInputs(String input, String keys, int taken, String warning) {
    Path output = folder.resolve("out");
    JobCall call = call(inputs.resolve(input), output, keys.split(" "));
    assertThat(call.code()).as(String.join("\n", call.err())).isEqualTo(ExitCode.DONE);
    assertThat(SPARK.read().parquet(output.toString()).collectAsList()).hasSize(taken);
    if (warning != null) {
      assertThat(call.warnings()).contains(warning);
    }
    assertThat(JobCall.manifest(output).path("rows").path("written").asInt()).isEqualTo(taken);
  }
}
