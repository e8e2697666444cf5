// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets of the user's own. */
class OwnTargetTest {
  @TempDir Path folder;

  private JobCall call(String type, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of("likelihood=" + type, "report=false", "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys));
    return JobCall.posterior(all.toArray(String[]::new));
  }

  @Test
  void eightSchools() {
    JobCall call = call("dev.lemma.sampling.EightSchools", "chains=8", "draws=20000");
    assertThat(call.code()).as(call.lastLine()).isEqualTo(ExitCode.DONE);
    Map<String, Row> summary = new TreeMap<>();
    PosteriorSamples.SPARK
        .read()
        .parquet(folder.resolve("out/_lemma/tables/summary").toString())
        .collectAsList()
        .forEach(row -> summary.put(row.getString(0), row));
    // By quadrature, all digits.
    compare(summary.get("mu"), 4.39682071, 3.31770446);
    assertThat(summary.get("e1").<Double>getAs("sd")).isLessThan(1.1);
    List<Row> theta =
        PosteriorSamples.SPARK
            .read()
            .parquet(folder.resolve("out").toString())
            .selectExpr("avg(exp(log_tau))", "avg(mu + exp(log_tau) * e1)")
            .collectAsList();
    // Effective sizes above 1000 and deviations of 3.2 and 5.6: four errors are below these.
    assertThat(theta.get(0).getDouble(0)).isCloseTo(3.59770548, within(0.4));
    assertThat(theta.get(0).getDouble(1)).isCloseTo(6.2118842041, within(0.6));
  }

  private static void compare(Row row, double mean, double deviation) {
    assertThat(row.<Double>getAs("mean"))
        .isCloseTo(mean, within(4 * row.<Double>getAs("mcse_mean")));
    assertThat(row.<Double>getAs("sd"))
        .isCloseTo(deviation, within(4 * row.<Double>getAs("mcse_sd")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.lemma.sampling.NeverANumber | likelihood = dev.lemma.sampling.NeverANumber: the target"
            + " returned NaN in chain",
        "dev.lemma.sampling.NowhereTarget | likelihood = dev.lemma.sampling.NowhereTarget: the"
            + " density is 0 at all of 1000 points tried between -2 and 2"
      })
  void aTargetThatCannotBeSampledIsRefused(String type, String line) {
    JobCall call = call(type);
    assertThat(call.code()).isEqualTo(ExitCode.INPUT);
    assertThat(call.lastLine()).contains("(exit code 3): " + line);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dev.lemma.Nothing | '' | no such class is on the class path",
        "java.lang.String | '' | the class must implement dev.lemma.math.sampling.Target",
        "dev.lemma.math.sampling.Target | '' | the class must be public, not abstract",
        "dev.lemma.sampling.EightSchools | method=gibbs | a class is sampled by random walks",
        "dev.lemma.sampling.EightSchools | input.path=rows | a class reads its own data",
        "dev.lemma.sampling.EightSchools | prior.coefficients=\"normal(0,1)\" | has its own priors"
      })
  void isAMistake(String type, String key, String line) {
    JobCall call = key.isEmpty() ? call(type) : call(type, key);
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", call.err())).contains(line);
  }
}
