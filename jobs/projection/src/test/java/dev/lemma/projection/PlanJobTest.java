// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanJobTest {
  /** Tables 4.2 and 4.3 of the reference through configuration and text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows=1000000                                  | 3,227",
        "rows=1000000 delta=1e-6                       | 4,254",
        "rows=10000 eps=0.1 distance=unsquared         | 2,037",
        "rows=1000000 guarantee=queries queries=1000   | 2,537",
        "rows=1000000000 guarantee=norms eps=0.1       | 9,592",
        "guarantee=share                               | 334",
        "guarantee=share share=0.999 eps=0.1           | 2,179"
      })
  void answersWithTheSmallestDimension(String keys, String k) {
    JobCall call = JobCall.plan(keys.split(" "));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.err()).isEmpty();
    assertThat(call.out()).containsPattern("(?m)^chosen +" + k + " ");
  }

  @Test
  void showsTheClassicBoundsWithWhatTheyReallyGuarantee() {
    JobCall call = JobCall.plan("rows=1000000");
    assertThat(call.out())
        .contains("all pairs of 1,000,000 rows keep their squared distances within eps = 0.2")
        // scikit-learn's integer and the failure probability that it really has, 0.014.
        .containsPattern("3,188 +0\\.0142")
        .contains("8.33 ln N = 115.1");
  }

  @Test
  void advisesOnAKnownWidth() {
    assertThat(JobCall.plan("rows=1000000", "d=2048").out())
        .contains("family = auto takes sign at d = 2048")
        .contains("independent entries need k >= d here: only orthonormal rows");
    assertThat(JobCall.plan("guarantee=share", "d=4096").out())
        .contains("consider family = hadamard");
  }

  @Test
  void asksForWhatItCannotKnow() {
    JobCall call = JobCall.plan();
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(call.lastLine())
        .contains("guarantee = all-pairs depends on the number of rows")
        .endsWith("set rows, or guarantee = share");
    assertThat(JobCall.plan("rows=1").lastLine())
        .contains("guarantee = all-pairs speaks of at least 2 rows");
  }
}
