// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
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
    JobCall call = Calls.plan(keys.split(" "));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.err()).isEmpty();
    assertThat(call.out()).containsPattern("(?m)^chosen +" + k + " ");
  }

  @Test
  void showsTheClassicBoundsWithWhatTheyReallyGuarantee() {
    JobCall call = Calls.plan("rows=1000000");
    assertThat(call.out())
        .contains("all pairs of 1,000,000 rows keep their squared distances within eps = 0.2")
        // scikit-learn's integer and the failure probability that it really has, 0.014.
        .containsPattern("3,188 +0\\.0142")
        .contains("8.33 ln N = 115.1");
  }

  @Test
  void tellsHowManyQueriesTheGuaranteeSpeaksOf() {
    assertThat(Calls.plan("rows=1000000", "guarantee=queries", "queries=1500").out())
        .contains("all squared distances of 1,500 queries to 1,000,000 rows are kept within");
  }

  @Test
  void advisesOnAKnownWidth() {
    assertThat(Calls.plan("rows=1000000", "d=2048").out())
        .containsPattern("family +orthonormal +independent entries would need k >= d")
        .contains("independent entries need k >= d here: only orthonormal rows");
    assertThat(Calls.plan("guarantee=share", "d=4096").out())
        .contains("consider family = hadamard");
  }

  /** What the law says of independent entries or of orthonormal rows holds for two families. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d=4096                           | sign        | d is known and at most 16384       | reference",
        "d=20000                          | sparse-sign | d exceeds 16384                    | reference",
        "eps=0.2                          | sparse-sign | for an open feature space; set d   | reference",
        "d=4096 family=hadamard           | hadamard    | as configured                      | reference",
        "family=gaussian                  | gaussian    | as configured                      | guarantee",
        "d=4096 family=orthonormal        | orthonormal | as configured                      | guarantee",
        "family=very-sparse density=0.01  | very-sparse | as configured                      | reference"
      })
  void saysWhetherTheLawIsTheFamilysOwn(String keys, String family, String why, String status) {
    JobCall call = Calls.plan(("guarantee=share " + keys).split(" "));
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .containsPattern("(?m)^family +" + family + "  " + why)
        .containsPattern("(?m)^k +[0-9]+  the law is a " + status + " for this family")
        .doesNotContain("consider family = " + family);
  }

  @Test
  void judgesTheFamilyByItsOwnVarianceAndWork() {
    // sqrt(2 / 334) by the law; signs lose the share q4 = 1/2 of the variance where two differ.
    assertThat(Calls.plan("guarantee=share", "family=sparse-sign", "nonzeros=2").out())
        .contains("deviation       0.0774  of the ratio where many features differ, 0.0547 where")
        .contains("by the law 0.0774")
        .containsPattern("work +2  additions for each non-zero value");
    // sqrt((2 + 97 / 2) / 334)
    assertThat(Calls.plan("guarantee=share", "family=very-sparse", "density=0.01").out())
        .contains("0.3888 where two do; by the law 0.0774")
        .contains("sparse-sign does neither");
    assertThat(Calls.plan("guarantee=share", "family=hadamard", "d=4000").out())
        .containsPattern("work +49,152  additions a row");
  }

  @Test
  void theChosenDimensionIsThatOfTheFamily() {
    JobCall call = Calls.plan("rows=10000", "family=orthonormal", "d=4096");
    String k = call.out().replaceAll("(?s).*\nexact law, orthonormal rows +([0-9,]+) .*", "$1");
    assertThat(call.out())
        .containsPattern("(?m)^chosen +" + k + " ")
        .containsPattern("(?m)^k +" + k + "  the law is a guarantee");
  }

  @Test
  void foretellsWhatProjectRefuses() {
    JobCall call = Calls.plan("guarantee=share", "d=100", "family=sign");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    assertThat(call.out())
        .contains("project refuses these keys: k: the projection would not reduce the dimension");
  }

  @Test
  void advisesNothingThatProjectRefuses() {
    // Orthonormal rows would do, but their QR factorisation is out of reach for family = auto.
    JobCall refused = Calls.plan("rows=10000", "eps=0.1", "d=4096");
    assertThat(refused.out())
        .contains("project refuses these keys")
        .contains("consider family = orthonormal")
        .doesNotContain("consider family = hadamard")
        .doesNotContainPattern("(?m)^chosen");
    JobCall orthonormal = Calls.plan("rows=300", "d=600");
    assertThat(orthonormal.out())
        .containsPattern("(?m)^family +orthonormal")
        .containsPattern("(?m)^chosen")
        .doesNotContain("consider family = hadamard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hadamard    | d: family = hadamard has a fixed number of features; set d",
        "orthonormal | d: family = orthonormal has a fixed number of features; set d",
        "very-sparse | density: family = very-sparse takes it from the number of features; set d or density"
      })
  void wantsTheWidthThatAFamilyRestsOn(String family, String line) {
    JobCall call = Calls.plan("guarantee=share", "family=" + family);
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(call.lastLine()).contains(line);
  }

  @Test
  void asksForWhatItCannotKnow() {
    JobCall call = Calls.plan();
    assertThat(call.code()).isEqualTo(ExitCode.USAGE);
    assertThat(call.lastLine())
        .contains("guarantee = all-pairs depends on the number of rows")
        .endsWith("set rows, or guarantee = share");
    assertThat(Calls.plan("rows=1").lastLine())
        .contains("guarantee = all-pairs speaks of at least 2 rows");
  }
}
