// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two methods that share nothing but the likelihood agree on models without known values. Some 30
 * values are compared at four combined standard errors: a false alarm once in 500 seeds.
 */
class MethodsAgreeTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    PosteriorSamples.SPARK
        .range(0, 400, 1, 1)
        .selectExpr(
            "id",
            "sin(id) as a",
            "cos(3 * id) as b",
            "if(0.4 + sin(id) > 1.5 * sin(id * id), 1, 0) as y",
            "cast(floor(exp(0.5 + 0.8 * sin(id)) + 1 + sin(id * id)) as int) as n",
            "id % 4 as w",
            "sin(id * id) + if(id % 3 = 0, 6, 0) as m")
        .write()
        .parquet(inputs.resolve("rows").toString());
  }

  private List<Row> summary(String name, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("rows"),
                "columns.id=id",
                "columns.features=[a,b]",
                "prior.coefficients=\"normal(0, 5)\"",
                "prior.of={ b = \"normal(0.1, 1)\" }",
                "report=false",
                "output.path=" + folder.resolve(name)));
    all.addAll(Arrays.asList(keys));
    JobCall call = JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return PosteriorSamples.SPARK
        .read()
        .parquet(folder.resolve(name).resolve("_lemma/tables/summary").toString())
        .collectAsList();
  }

  private static void compare(List<Row> left, List<Row> right, int parameters) {
    assertThat(left).hasSize(parameters);
    for (int j = 0; j < parameters; j++) {
      Row one = left.get(j);
      Row other = right.get(j);
      double error = Math.hypot(one.<Double>getAs("mcse_mean"), other.<Double>getAs("mcse_mean"));
      assertThat(one.<Double>getAs("mean"))
          .as(one.getString(0))
          .isCloseTo(other.getAs("mean"), within(4 * error));
      double spread = Math.hypot(one.<Double>getAs("mcse_sd"), other.<Double>getAs("mcse_sd"));
      assertThat(one.<Double>getAs("sd"))
          .as(one.getString(0))
          .isCloseTo(other.getAs("sd"), within(4 * spread));
    }
  }

  @Test
  void probit() {
    String[] model = {"columns.label=y", "likelihood=probit"};
    List<Row> known = summary("independence", model);
    compare(known, summary("gibbs", "method=gibbs", "warmup=50", model[0], model[1]), 3);
  }

  /** With every prior centred at 0 the scale move takes part. */
  @Test
  void probitWithTheScaleMove() {
    String[] model = {"columns.label=y", "likelihood=probit", "prior.of={ b = \"normal(0, 1)\" }"};
    List<Row> known = summary("independence", model);
    compare(known, summary("gibbs", "method=gibbs", "warmup=50", model[0], model[1], model[2]), 3);
  }

  /** Weights of 0 to 3: a row of weight w has w latent variables. */
  @ParameterizedTest
  @ValueSource(strings = {"logistic", "probit"})
  void gibbsOfWholeWeights(String likelihood) {
    String[] model = {"columns.label=y", "columns.weight=w", "likelihood=" + likelihood};
    List<Row> known = summary("independence", model);
    compare(known, summary("gibbs", "method=gibbs", "warmup=50", model[0], model[1], model[2]), 3);
  }

  /** A mixture of rows with weights is that of the rows repeated. */
  @Test
  void mixtureOfWholeWeights() {
    PosteriorSamples.SPARK
        .read()
        .parquet(inputs.resolve("rows").toString())
        .selectExpr("explode(array_repeat(id, cast(w as int))) as id", "m")
        .withColumn("id", monotonically_increasing_id())
        .write()
        .parquet(inputs.resolve("repeated").toString());
    compare(
        mixture("weighted", "rows", "columns.weight=w"),
        mixture("one-by-one", "repeated", "columns.weight=null"),
        6);
  }

  private List<Row> mixture(String name, String input, String weight) {
    String[] keys = {
      "input.path=" + inputs.resolve(input),
      weight,
      "columns.features=[]",
      "columns.label=m",
      "likelihood=mixture",
      "prior.coefficients=flat",
      "prior.of=null",
      "prior.means=\"normal(3, 5)\"",
      "prior.sigma=half-cauchy(1)",
      "warmup=200",
      "draws=1000"
    };
    return summary(name, keys);
  }

  @Test
  void poisson() {
    String[] model = {"columns.label=n", "likelihood=poisson"};
    List<Row> known = summary("independence", model);
    compare(known, summary("walk", "method=random-walk", "draws=4000", model[0], model[1]), 3);
  }

  @Test
  void heavyTailsAndCorners() {
    String[] model = {
      "columns.label=y",
      "likelihood=logistic",
      "prior.coefficients=\"laplace(0, 0.5)\"",
      "prior.of={ a = \"student(3, 0, 1)\" }"
    };
    List<Row> known = summary("independence", model);
    compare(
        known,
        summary("walk", "method=random-walk", "draws=4000", model[0], model[1], model[2], model[3]),
        3);
  }
}
