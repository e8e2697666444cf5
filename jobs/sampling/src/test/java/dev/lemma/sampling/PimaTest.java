// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The posterior of Pima by each method, against values known to four digits. */
class PimaTest {
  @TempDir static Path inputs;
  @TempDir Path folder;

  @BeforeAll
  static void write() {
    PosteriorSamples.pima().coalesce(2).write().parquet(inputs.resolve("pima").toString());
  }

  private JobCall call(String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + inputs.resolve("pima"),
                "columns.id=id",
                "columns.features=[" + String.join(",", PosteriorSamples.PIMA) + "]",
                "columns.label=diabetes",
                "likelihood=logistic",
                "prior.coefficients=\"normal(0, 10)\"",
                "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys));
    return JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
  }

  private List<Row> summary() {
    return PosteriorSamples.SPARK
        .read()
        .parquet(folder.resolve("out/_lemma/tables/summary").toString())
        .collectAsList();
  }

  private void compare() {
    List<Row> rows = summary();
    assertThat(rows).hasSize(9);
    for (int j = 0; j < 9; j++) {
      double mean = PosteriorSamples.PIMA_MEANS[j];
      double error = rows.get(j).getAs("mcse_mean");
      // The known values are within sd / 700 of the truth.
      double slack = PosteriorSamples.PIMA_DEVIATIONS[j] / 700;
      assertThat(rows.get(j).<Double>getAs("mean")).isCloseTo(mean, within(4 * error + 4 * slack));
      assertThat(rows.get(j).<Double>getAs("sd"))
          .isCloseTo(
              PosteriorSamples.PIMA_DEVIATIONS[j],
              within(4 * rows.get(j).<Double>getAs("mcse_sd") + slack));
    }
  }

  @Test
  void independence() {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener count =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    PosteriorSamples.SPARK.sparkContext().addSparkListener(count);
    try {
      JobCall call = call("method=independence", "driver-rows=1", "csv=true");
      assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
      PosteriorSamples.SPARK.sparkContext().listenerBus().waitUntilEmpty(10_000);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      PosteriorSamples.SPARK.sparkContext().removeSparkListener(count);
    }
    compare();
    JsonNode manifest = JobCall.manifest(folder.resolve("out"));
    assertThat(manifest.path("rows").path("read").asLong()).isEqualTo(768);
    assertThat(manifest.path("rows").path("written").asLong()).isEqualTo(4000);
    JsonNode metrics = manifest.path("metrics");
    assertThat(metrics.path("ess-per-evaluation").asDouble()).isGreaterThan(0.5);
    assertThat(metrics.path("k-hat").asDouble()).isLessThan(0.7);
    assertThat(jobs.get()).isLessThanOrEqualTo(20);
    assertThat(
            folder.resolve("out/report.html").toFile().exists()
                || folder.resolve("out/_lemma/report.html").toFile().exists())
        .isTrue();
    assertThat(folder.resolve("out/_lemma/csv/chain-1.csv"))
        .content()
        .contains("# id = 1\n# seed = 0\n# lemma_method = independence\nlp__,intercept,");
    assertThat(
            PosteriorSamples.SPARK
                .read()
                .parquet(folder.resolve("out").toString())
                .filter("chain between 1 and 4 and iteration between 1 and 1000")
                .count())
        .isEqualTo(4000);
  }

  @Test
  void randomWalk() {
    JobCall call =
        call("method=random-walk", "chains=32", "draws=1200", "warmup=300", "report=false");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    compare();
    JsonNode metrics = JobCall.manifest(folder.resolve("out")).path("metrics");
    assertThat(metrics.path("acceptance").asDouble()).isCloseTo(0.234, within(0.05));
  }

  @Test
  void delayed() {
    JobCall call = call("method=delayed", "chains=8", "draws=400", "warmup=20", "report=false");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    compare();
    JsonNode metrics = JobCall.manifest(folder.resolve("out")).path("metrics");
    assertThat(metrics.path("acceptance").asDouble()).isGreaterThan(0.92);
  }

  @Test
  void gibbs() {
    JobCall call = call("method=gibbs", "draws=1000", "warmup=50", "report=false");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    compare();
  }

  @Test
  void consensus() {
    JobCall call = call("method=consensus", "shards=4", "report=false");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    compare();
  }
}
