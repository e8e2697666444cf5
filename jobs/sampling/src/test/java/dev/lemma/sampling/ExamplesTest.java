// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.sampling.diagnostics.MonteCarloError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of targets, through the job: on data of posteriordb against values by quadrature or
 * stored draws, and on data made here against models that the job knows by itself. With 80
 * comparisons at four standard errors sound samplers fail once in 200 seeds; seeds are fixed.
 */
class ExamplesTest {
  private static final String DATA = "example.data";

  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(DATA);
  }

  private Path draws(String name, String... keys) {
    List<String> all =
        new ArrayList<>(List.of("report=false", "output.path=" + folder.resolve(name)));
    all.addAll(Arrays.asList(keys));
    JobCall call = JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    return folder.resolve(name);
  }

  private Path example(String name, String... keys) {
    List<String> all = new ArrayList<>(List.of("likelihood=dev.lemma.sampling.examples." + name));
    all.addAll(Arrays.asList(keys));
    return draws("own", all.toArray(String[]::new));
  }

  private static Path shared(String posterior) {
    Path file = PosteriorSamples.shared("posteriors/" + posterior + "/data.json");
    System.setProperty(DATA, file.toString());
    return file.getParent();
  }

  private void made(double[]... columns) throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (int k = 0; k < columns.length; k++) {
      json.append(k == 0 ? "" : ", ")
          .append(k == columns.length - 1 ? "\"y\": [" : "\"x\": [")
          .append(
              DoubleStream.of(columns[k])
                  .mapToObj(Double::toString)
                  .collect(Collectors.joining(", ")))
          .append("]");
    }
    Path file = Files.writeString(folder.resolve("data.json"), json.append("}"));
    System.setProperty(DATA, file.toString());
  }

  /** Mean and Monte Carlo error of each expression over the draws. */
  private static double[][] means(Path output, String... expressions) {
    List<Row> rows =
        PosteriorSamples.SPARK
            .read()
            .parquet(output.toString())
            .orderBy("chain", "iteration")
            .selectExpr(
                Stream.concat(Stream.of("chain"), Stream.of(expressions)).toArray(String[]::new))
            .collectAsList();
    int chains = rows.get(rows.size() - 1).getInt(0);
    int n = rows.size() / chains;
    double[][] means = new double[expressions.length][2];
    for (int j = 0; j < expressions.length; j++) {
      double[][] values = new double[chains][n];
      for (int i = 0; i < rows.size(); i++) {
        values[i / n][i % n] = rows.get(i).getDouble(j + 1);
      }
      means[j][0] = Arrays.stream(values).flatMapToDouble(DoubleStream::of).average().orElseThrow();
      means[j][1] = MonteCarloError.mean(values);
    }
    return means;
  }

  private static void compare(double[][] means, double[] expected, double[] errors) {
    assertThat(means).hasSameDimensionsAs(new double[expected.length][2]);
    for (int j = 0; j < expected.length; j++) {
      double error = Math.hypot(means[j][1], errors.length == 0 ? 0 : errors[j]);
      assertThat(Math.abs(means[j][0] - expected[j]))
          .as("quantity %d: mean %s, expected %s", j, means[j][0], expected[j])
          .isLessThan(4 * error);
    }
  }

  private static void agree(double[][] one, double[][] other) {
    compare(
        one,
        Arrays.stream(other).mapToDouble(v -> v[0]).toArray(),
        Arrays.stream(other).mapToDouble(v -> v[1]).toArray());
  }

  @ParameterizedTest
  @CsvSource({"random-walk, 8, 12000", "gibbs, 4, 6000"})
  void eightSchools(String method, int chains, int draws) {
    Path output = example("EightSchools", "method=" + method, "chains=" + chains, "draws=" + draws);
    List<String> quantities = new ArrayList<>(List.of("mu", "exp(log_tau)"));
    for (int j = 1; j <= 8; j++) {
      quantities.add("mu + exp(log_tau) * e" + j);
    }
    compare(
        means(output, quantities.toArray(String[]::new)),
        new double[] {
          4.39682071,
          3.59770548,
          6.2118842041,
          4.9401784195,
          3.9270044025,
          4.7570982913,
          3.6154770154,
          4.0426126358,
          6.2967241276,
          4.8542533199
        },
        new double[0]);
  }

  private static final String[] SERIES = {
    "alpha", "beta1", "beta2", "beta3", "beta4", "beta5", "exp(log_sigma)"
  };

  @ParameterizedTest
  @CsvSource({"random-walk, 8, 4000", "gibbs, 4, 6000"})
  void autoregression(String method, int chains, int draws) {
    shared("arK-arK");
    Path output =
        example("Autoregression", "method=" + method, "chains=" + chains, "draws=" + draws);
    compare(
        means(output, SERIES),
        new double[] {
          -0.0008054204,
          0.6915311695,
          0.4401596341,
          0.1050949571,
          -0.0356684721,
          -0.3012172537,
          0.1504479488
        },
        new double[0]);
  }

  @Test
  void kilpisjarvi() {
    shared("kilpisjarvi_mod-kilpisjarvi");
    Path output = example("Kilpisjarvi", "chains=16", "warmup=8000", "draws=4000");
    compare(
        means(output, "alpha", "beta", "exp(log_sigma)"),
        new double[] {-61.020, 0.0176605, 1.131683},
        new double[0]);
  }

  private static final String[] MIXTURE = {
    "mu1", "mu1 + exp(log_gap)", "exp(log_sigma1)", "exp(log_sigma2)", "1 / (1 + exp(-logit_theta))"
  };

  @ParameterizedTest
  @CsvSource({"random-walk, 8, 800", "gibbs, 4, 300"})
  void gaussianMixture(String method, int chains, int draws) throws IOException {
    Path posterior = shared("low_dim_gauss_mix-low_dim_gauss_mix");
    Path output =
        example(
            "GaussianMixture",
            "method=" + method,
            "chains=" + chains,
            "warmup=" + (method.equals("gibbs") ? 50 : 1000),
            "draws=" + draws,
            "gate=false");
    JsonNode stored = new ObjectMapper().readTree(posterior.resolve("mean_value.json").toFile());
    compare(
        means(output, MIXTURE),
        numbers(stored.path("mean_value")),
        numbers(stored.path("mcse_mean")));
  }

  private static double[] numbers(JsonNode list) {
    double[] values = new double[list.size()];
    Arrays.setAll(values, i -> list.path(i).asDouble());
    return values;
  }

  /** The job's own linear model of the series and its lags has the same posterior. */
  @Test
  void aSeriesMadeHere() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    double[] y = new double[125];
    for (int t = 5; t < y.length; t++) {
      y[t] = 0.2 + 0.5 * y[t - 1] - 0.2 * y[t - 3] + 0.5 * random.nextGaussian();
    }
    made(y);
    double[][] columns = new double[6][];
    columns[0] = Arrays.copyOfRange(y, 5, y.length);
    for (int k = 1; k <= 5; k++) {
      columns[k] = Arrays.copyOfRange(y, 5 - k, y.length - k);
    }
    agree(
        means(example("Autoregression", "chains=8", "draws=8000"), SERIES),
        means(
            linear(
                columns,
                "prior.coefficients=\"normal(0, 10)\"",
                "prior.sigma=half-cauchy(2.5)",
                "method=gibbs"),
            "intercept",
            "`x[0]`",
            "`x[1]`",
            "`x[2]`",
            "`x[3]`",
            "`x[4]`",
            "sigma"));
  }

  @Test
  void aLineMadeHere() throws IOException {
    SplittableRandom random = new SplittableRandom(6);
    double[] x = new double[62];
    double[] y = new double[62];
    for (int i = 0; i < 62; i++) {
      x[i] = 1952 + i;
      y[i] = -20 + 0.015 * x[i] + random.nextGaussian();
    }
    made(x, y);
    agree(
        means(
            example("Kilpisjarvi", "chains=16", "warmup=8000", "draws=4000"),
            "alpha",
            "beta",
            "exp(log_sigma)"),
        means(
            linear(
                new double[][] {y, x},
                "prior.intercept=\"normal(9.3129, 100)\"",
                "prior.coefficients=\"normal(0, 0.0333)\"",
                "method=independence"),
            "intercept",
            "`x[0]`",
            "sigma"));
  }

  /** The job's own mixture draws the components of rows, the example sums them out. */
  @Test
  void aMixtureMadeHere() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    DoubleSupplier value =
        () ->
            random.nextDouble() < 0.4
                ? -1.5 + 0.7 * random.nextGaussian()
                : 1.5 + random.nextGaussian();
    double[] y = DoubleStream.generate(value).limit(300).toArray();
    made(y);
    agree(
        means(example("GaussianMixture", "chains=8", "draws=1500", "gate=false"), MIXTURE),
        means(
            regression(
                new double[][] {y},
                "likelihood=mixture",
                "prior.means=\"normal(0, 2)\"",
                "prior.sigma=\"normal(0, 2)\"",
                "prior.shares=5",
                "warmup=100",
                "draws=1500",
                "gate=false"),
            "`mu[1]`",
            "`mu[2]`",
            "`sigma[1]`",
            "`sigma[2]`",
            "`share[1]`"));
  }

  private Path linear(double[][] columns, String... keys) {
    List<String> all = new ArrayList<>(List.of("likelihood=linear", "columns.features=[x]"));
    all.addAll(Arrays.asList(keys));
    return regression(columns, all.toArray(String[]::new));
  }

  /** A model of rows, whose first column is the label. */
  private Path regression(double[][] columns, String... keys) {
    PosteriorSamples.columns(columns).write().parquet(folder.resolve("rows").toString());
    List<String> all =
        new ArrayList<>(
            List.of("input.path=" + folder.resolve("rows"), "columns.id=id", "columns.label=y"));
    all.addAll(Arrays.asList(keys));
    return draws("rows-out", all.toArray(String[]::new));
  }

  @Test
  void withoutItsDataAnExampleSaysSo() {
    JobCall call =
        JobCall.of(
            new PosteriorJob(),
            "likelihood=dev.lemma.sampling.examples.Autoregression",
            "output.path=" + folder.resolve("out"));
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine())
        .endsWith(
            "likelihood = dev.lemma.sampling.examples.Autoregression: its constructor failed"
                + " (java.lang.IllegalStateException: no data: set -Dexample.data=FILE); check that"
                + " it finds its data");
  }

  /** A chain does not go on with data that it was not begun with. */
  @Test
  void aCheckpointOfOtherDataIsRefused() throws IOException {
    made(new double[] {1, 2, 1, 3, 2, 4, 1, 5});
    String[] keys = {
      "likelihood=dev.lemma.sampling.examples.Autoregression",
      "time-budget=1ms",
      "output.path=" + folder.resolve("out")
    };
    assertThat(JobCall.of(new PosteriorJob(), keys).code()).isEqualTo(ExitCode.TIME_BUDGET);
    made(new double[] {1, 2, 1, 3, 2, 4, 1, 6});
    JobCall call = JobCall.of(new PosteriorJob(), keys);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine()).contains("the checkpoint was made from other rows");
  }
}
