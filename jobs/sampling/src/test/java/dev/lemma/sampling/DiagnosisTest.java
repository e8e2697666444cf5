// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.sampling.Chains;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gate of posteriors says. */
class DiagnosisTest {
  private static final LimitsConfig LIMITS = new LimitsConfig(1.01, 400, 0.7);
  private static final List<String> NAMES = List.of("a", "b");

  /** Independent normal draws of two parameters; those of b are pushed up by group of chains. */
  private static Diagnosis diagnosis(int chains, int draws, double push, double kHat) {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[chains * draws * 2];
    for (int i = 0; i < values.length; i++) {
      int chain = i / (2 * draws);
      values[i] = random.nextGaussian() + (i % 2) * push * (chain / Diagnosis.group(chains));
    }
    Chains made =
        Chains.of(NAMES, chains, draws, values, new double[chains * draws], new double[chains]);
    return Diagnosis.of(made, Diagnosis.superchains(chains), OptionalDouble.of(kHat));
  }

  @Test
  void goodDrawsPass() {
    assertThat(diagnosis(4, 1000, 0, 0.7).failure(NAMES, LIMITS)).isEmpty();
    assertThat(diagnosis(64, 50, 0, 0.7).failure(NAMES, LIMITS)).isEmpty();
  }

  @Test
  void everyLimitThatIsBrokenIsNamed() {
    assertThat(diagnosis(4, 1000, 1, 0.701).failure(NAMES, LIMITS).orElseThrow())
        .matches(
            "R-hat of b is 1\\.\\d{4}, above 1\\.01, the bulk effective size of b is \\d{1,2}, below"
                + " 400, k-hat is 0\\.71, above 0\\.7");
    assertThat(diagnosis(4, 50, 0, 0).failure(NAMES, new LimitsConfig(1.5, 400, 0.7)).orElseThrow())
        .matches("the bulk effective size of [ab] is \\d{2,3}, below 400");
  }

  @Test
  void aboveSixteenChainsRHatIsNested() {
    assertThat(diagnosis(16, 500, 0.3, 0).failure(NAMES, LIMITS).orElseThrow())
        .startsWith("R-hat of b is ");
    assertThat(diagnosis(20, 500, 0.3, 0).failure(NAMES, LIMITS).orElseThrow())
        .startsWith("nested R-hat of b is ");
  }

  @ParameterizedTest
  @CsvSource({"18,6", "20,4", "22,11", "23,23", "25,5", "34,17", "64,4"})
  void groupsAreTheFewestFromFour(int chains, int groups) {
    assertThat(Diagnosis.superchains(chains)).hasValue(groups);
    assertThat(Diagnosis.group(chains)).isEqualTo(chains / groups);
    assertThat(Diagnosis.superchains(16)).isEmpty();
  }

  /** Five draws a chain have an R-hat but no effective size: not knowing is not passing. */
  @Test
  void whatIsUnknownFails() {
    Diagnosis few = diagnosis(4, 5, 0, 0);
    assertThat(few.worstRHat()).isFinite();
    assertThat(few.failure(NAMES, new LimitsConfig(9, 1, 0.7)))
        .hasValue("the bulk effective size of a is unknown");
    double[] stuck = new double[4 * 100 * 2];
    Arrays.fill(stuck, 3);
    Chains constant = Chains.of(NAMES, 4, 100, stuck, new double[400], new double[4]);
    assertThat(
            Diagnosis.of(constant, Diagnosis.superchains(4), OptionalDouble.empty())
                .failure(NAMES, LIMITS))
        .hasValue("R-hat of a is unknown, the bulk effective size of a is unknown");
  }
}
