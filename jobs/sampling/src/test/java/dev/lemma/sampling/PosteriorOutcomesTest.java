// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad inputs and mistakes, and what comes of them, word by word. */
class PosteriorOutcomesTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  private static Row row(long id, Double y, Double w, double... x) {
    return RowFactory.create(id, y, w, Vectors.dense(x));
  }

  private static void write(String name, List<Row> rows) {
    PosteriorSamples.frame(rows).coalesce(1).write().parquet(inputs.resolve(name).toString());
  }

  @BeforeAll
  static void write() {
    List<Row> sound = PosteriorSamples.logistic(60);
    List<Row> separable = new ArrayList<>();
    List<Row> repeated = new ArrayList<>();
    List<Row> weightless = new ArrayList<>();
    List<Row> uneven = new ArrayList<>();
    List<Row> huge = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      separable.add(row(i, i < 30 ? 0.0 : 1.0, 1.0, i - 29.5, Math.sin(i)));
      repeated.add(row(i, (double) (i % 2), 1.0, i % 7, 2 * (i % 7)));
      weightless.add(row(i, (double) (i % 2), 0.0, i % 7, i % 5));
      uneven.add(row(i, (double) (i % 2), i % 3 == 0 ? 1.5 : 2, i % 7, i % 5));
      huge.add(row(i, (double) (i % 3), 1.0, 1e200 * (i % 7), i % 5));
    }
    List<Row> two = new ArrayList<>(sound);
    two.add(row(98, 2.0, 1.0, 1, 2, 3));
    List<Row> missing = new ArrayList<>(sound);
    missing.add(row(97, null, 1.0, 1, 2, 3));
    List<Row> negative = new ArrayList<>(sound);
    negative.add(row(96, 1.0, -1.0, 1, 2, 3));
    write("uneven", uneven);
    write("sound", sound);
    write("separable", separable);
    write("repeated", repeated);
    write("weightless", weightless);
    write("huge", huge);
    write("two", two);
    write("missing", missing);
    write("negative", negative);
    write("empty", List.of());
  }

  private JobCall call(String input, String keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve(input),
                "columns.id=id",
                "columns.features=[x]",
                "columns.label=y",
                "columns.weight=w",
                "output.path=" + folder.resolve("out"),
                "likelihood=logistic",
                "draws=500",
                "report=false"));
    if (!keys.isEmpty()) {
      all.addAll(Arrays.asList(keys.split(" ")));
    }
    return JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "separable | '' | columns.label = y: the likelihood grows without bound with the"
            + " coefficients of x[0], as it does when they separate the classes or a count is"
            + " always 0, and their priors are flat: there is no posterior; give them a proper"
            + " prior, such as prior.coefficients = \"normal(0, 10)\"",
        "repeated | '' | columns.label = y: the posterior is flat along a combination of"
            + " parameters: the rows do not tell the coefficients of x[1] from the others; leave"
            + " these columns out, or give them a proper prior",
        "weightless | '' | columns.label = y: the posterior is flat: no row says anything of any"
            + " parameter and no prior is proper; check columns.weight, or set"
            + " prior.coefficients",
        "huge | likelihood=poisson | columns.label = y: the log posterior is not a finite number"
            + " where its mode is looked for; bring the features to a common scale; a linear fit"
            + " without residuals has no sigma",
        "two | '' | columns.label = y: 1 of 61 labels are none of likelihood = logistic: expected 0"
            + " or 1; number the classes where the input is written, or choose another likelihood",
        "missing | '' | x, y, w: 1 of 61 rows cannot be used (1 no-label); first by id: 97; repair"
            + " them, or set on-bad-row = skip or quarantine",
        "negative | '' | x, y, w: 1 of 61 rows cannot be used (1 negative-weight); first by id: 96"
            + "; repair them, or set on-bad-row = skip or quarantine",
        "uneven | method=gibbs | columns.weight = w: 20 of 60 weights are not whole, and gibbs draws"
            + " for a row as often as its weight says: expected whole numbers below 2^31; use"
            + " another method",
        "repeated | likelihood=mixture columns.features=[] columns.weight=null"
            + " prior.means=\"normal(0,1)\" prior.sigma=half-cauchy(1) | columns.label = y: a component"
            + " has shrunk onto rows of one value, where the posterior is without bound (chain 2,"
            + " iteration 319); take fewer components, or values that are not rounded",
        "empty | d=2 | x, y, w: no row can be used; check that the input is not empty",
        "sound | prior.of.glucos=flat | prior.of: no parameter has this name: found glucos,"
            + " expected one of intercept, x[0], x[1], x[2]",
        "sound | columns.label=z | columns.label: no such column in the input: found z, expected"
            + " one of id, y, w, x; did you mean w?",
      })
  void isRefused(String input, String keys, String line) {
    JobCall call = call(input, keys);
    assertThat(call.lastLine()).endsWith("(exit code 3): " + line);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(folder.resolve("out/_lemma/manifest.json")).doesNotExist();
    assertThat(folder.resolve("out/_lemma/checkpoint")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "chains=0 | must be at least 1, found 0",
        "likelihood=logit | likelihood must be one of linear, logistic, probit, poisson, softmax",
        "method=gibs | no such value",
        "prior.coefficients=half-cauchy(1) | a coefficient may be negative",
        "prior.coefficients=gauss | a prior must be normal(mean, sd)",
        "prior.sigma=\"normal(0,0)\" | the standard deviation must be positive and finite",
        "classes=3 | only a softmax model has classes",
        "method=gibbs likelihood=poisson | gibbs knows linear, logistic and probit models",
        "method=gibbs prior.coefficients=\"laplace(0,1)\" | gibbs needs normal or flat priors",
        "method=consensus likelihood=linear | a linear model is settled by statistics",
        "shards=4 | only method = consensus has shards",
        "likelihood=mixture | a mixture has no features",
        "likelihood=mixture | prior.means",
        "components=3 | only a mixture has components",
        "draws=2 | too few to tell anything of",
        "precision=float | likelihoods are summed in double precision",
        "time-budget=0s | time-budget must be positive"
      })
  void isAMistake(String keys, String line) {
    JobCall call = call("sound", keys);
    assertThat(String.join("\n", call.err())).contains(line.replace("time-budget must", "must"));
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void drawsThatFitInNoMemoryAreRefusedBeforeRowsAreRead() {
    JobCall call = call("sound", "draws=100000000");
    assertThat(call.lastLine())
        .startsWith(
            "lemma posterior: failed in phase open the input (exit code 3): draws: 4 chains of"
                + " 100000000 draws of 4 parameters take about ")
        .endsWith("lower chains or draws, or give the driver more memory (2^31 numbers at most)");
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
  }

  @Test
  void tooFewDrawsFailTheGateAndAreKept() {
    JobCall call = call("sound", "draws=20");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.GATE);
    assertThat(call.lastLine())
        .contains("the bulk effective size of")
        .contains("the draws are kept in the run's folder");
    assertThat(JobCall.lastRun(folder.resolve("out")).path("status").asText())
        .isEqualTo("rejected");
    Path run;
    try (var runs = java.nio.file.Files.list(folder.resolve("out/_lemma/runs"))) {
      run = runs.findFirst().orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(PosteriorSamples.SPARK.read().parquet(run.resolve("draws").toString()).count())
        .isEqualTo(80);
    JobCall open = call("sound", "draws=30 gate=false");
    assertThat(open.code()).as(open.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(open.warnings()).anyMatch(line -> line.startsWith("the diagnostics fail: "));
  }

  @Test
  void repeatedIdsAreNoNamesForGibbs() {
    PosteriorSamples.frame(PosteriorSamples.logistic(40))
        .withColumn("id", org.apache.spark.sql.functions.expr("id div 2"))
        .write()
        .parquet(inputs.resolve("twins").toString());
    JobCall call = call("twins", "method=gibbs columns.weight=null");
    assertThat(call.lastLine())
        .endsWith(
            "(exit code 3): columns.id = id: 20 rows repeat an id, and method = gibbs draws for"
                + " each row by its id; choose a column that names each row, or leave columns.id"
                + " out");
  }

  @Test
  void aProperPriorMakesSeparableClassesAPosterior() {
    JobCall call = call("separable", "prior.coefficients=\"normal(0,1)\"");
    assertThat(call.code()).as(call.lastLine()).isIn(ExitCode.DONE, ExitCode.GATE);
    assertThat(call.lastLine()).doesNotContain("exit code 3");
  }

  @Test
  void aDryRunTellsTheMethodAndWritesNothing() {
    JobCall call =
        JobCall.dry(
            new PosteriorJob(),
            "input.path=" + inputs.resolve("sound"),
            "columns.features=[x]",
            "columns.label=y",
            "likelihood=logistic",
            "output.path=" + folder.resolve("out"));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    assertThat(call.out()).contains("independence").contains("4084");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
