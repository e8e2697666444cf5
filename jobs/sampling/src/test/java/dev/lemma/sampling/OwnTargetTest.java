// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in targets of the user's own; {@link ExamplesTest} has sound ones. */
class OwnTargetTest {
  @TempDir Path folder;

  private JobCall call(String type, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of("likelihood=" + type, "report=false", "output.path=" + folder.resolve("out")));
    all.addAll(Arrays.asList(keys));
    return JobCall.of(new PosteriorJob(), all.toArray(String[]::new));
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
        "dev.lemma.sampling.examples.EightSchools | method=delayed | a class is sampled by random walks",
        "dev.lemma.sampling.examples.EightSchools | input.path=rows | a class reads its own data",
        "dev.lemma.sampling.examples.EightSchools | prior.coefficients=\"normal(0,1)\" | has its own priors"
      })
  void isAMistake(String type, String key, String line) {
    JobCall call = key.isEmpty() ? call(type) : call(type, key);
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(String.join("\n", call.err())).contains(line);
  }
}
