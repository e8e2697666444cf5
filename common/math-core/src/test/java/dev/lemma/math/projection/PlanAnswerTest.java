// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Guarantee.AllPairs;
import dev.lemma.math.projection.Guarantee.Share;
import dev.lemma.math.projection.PlanAnswer.Usefulness;
import dev.lemma.math.projection.PlanRow.Rule;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlanAnswerTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  private static PlanQuestion question(
      Guarantee guarantee, double eps, OptionalLong rows, OptionalLong d, OptionalLong k) {
    return new PlanQuestion(
        guarantee, eps, 0.01, DistanceScale.SQUARED, rows, d, k, Precision.FLOAT);
  }

  private static long k(PlanAnswer answer, Rule rule) {
    return answer.row(rule).orElseThrow().k();
  }

  @Test
  void allPairsBesideTheClassicBounds() {
    PlanAnswer answer =
        PlanAnswer.of(question(new AllPairs(1_000_000), 0.1, NONE, OptionalLong.of(131_072), NONE));
    assertThat(answer.k()).isEqualTo(12_184);
    assertThat(k(answer, Rule.EXACT_GAUSSIAN)).isEqualTo(12_184);
    assertThat(k(answer, Rule.EXACT_ORTHONORMAL)).isEqualTo(11_089);
    assertThat(k(answer, Rule.SCIKIT_LEARN)).isEqualTo(11_841);
    assertThat(k(answer, Rule.DASGUPTA_GUPTA)).isEqualTo(13_816);
    assertThat(k(answer, Rule.ARTICLE)).isEqualTo(33_158);
    assertThat(answer.row(Rule.GIVEN)).isEmpty();
    PlanRow scikitLearn = answer.row(Rule.SCIKIT_LEARN).orElseThrow();
    assertThat(scikitLearn.failure()).isCloseTo(0.023, within(0.0005));
    assertThat(scikitLearn.epsilon().orElseThrow()).isBetween(0.1, 0.102);
    assertThat(scikitLearn.bytesPerRow()).isEqualTo(4 * 11_841);
    assertThat(answer.embedding().orElseThrow()).isCloseTo(8.33 * Math.log(1e6), within(1e-12));
    assertThat(answer.usefulness()).isEqualTo(Usefulness.SHORTENS);
  }

  @Test
  void everyOwnAnswerMeetsTheGuarantee() {
    PlanAnswer answer =
        PlanAnswer.of(question(new AllPairs(10_000), 0.2, NONE, OptionalLong.of(4096), NONE));
    for (PlanRow row : answer.rows()) {
      if (row.rule().source() == PlanRow.Source.OWN) {
        assertThat(row.failure()).isLessThanOrEqualTo(0.01);
        assertThat(row.epsilon().orElseThrow()).isLessThanOrEqualTo(0.2).isGreaterThan(0.199);
      }
    }
  }

  @Test
  void aShareOfPairsTakesTheClassicBoundsFromTheRows() {
    PlanAnswer without = PlanAnswer.of(question(new Share(0.99), 0.2, NONE, NONE, NONE));
    assertThat(without.k()).isEqualTo(334);
    assertThat(without.row(Rule.SCIKIT_LEARN)).isEmpty();
    assertThat(without.row(Rule.EXACT_ORTHONORMAL)).isEmpty();
    assertThat(without.embedding()).isEmpty();
    PlanAnswer with =
        PlanAnswer.of(question(new Share(0.99), 0.2, OptionalLong.of(1_000_000), NONE, NONE));
    assertThat(with.k()).isEqualTo(334);
    assertThat(k(with, Rule.SCIKIT_LEARN)).isEqualTo(3188);
    assertThat(with.row(Rule.SCIKIT_LEARN).orElseThrow().failure()).isLessThan(1e-12);
  }

  @Test
  void aGivenDimensionIsJudged() {
    PlanAnswer answer =
        PlanAnswer.of(question(new AllPairs(10_000), 0.2, NONE, NONE, OptionalLong.of(2125)));
    assertThat(answer.k()).isEqualTo(2125);
    PlanRow given = answer.row(Rule.GIVEN).orElseThrow();
    assertThat(given.failure()).isCloseTo(0.021, within(0.0005));
    assertThat(given.epsilon().orElseThrow()).isGreaterThan(0.2);
    assertThat(k(answer, Rule.EXACT_GAUSSIAN)).isEqualTo(2206);
  }

  @Test
  void stepsAscendAndHoldTheChosenDimensionOnce() {
    for (long k : new long[] {3, 64, 334, 1L << 16, 1_000_000}) {
      PlanAnswer answer =
          PlanAnswer.of(
              question(new Share(0.99), 0.2, NONE, OptionalLong.of(1024), OptionalLong.of(k)));
      assertThat(answer.steps()).extracting(PlanAnswer.Step::k).isSorted().doesNotHaveDuplicates();
      assertThat(answer.steps()).extracting(PlanAnswer.Step::k).contains(16L, 1L << 16, k);
      for (PlanAnswer.Step step : answer.steps()) {
        // A handful of dimensions may keep no eps below 1; beyond d there is no such matrix.
        if (step.k() >= 32) {
          assertThat(step.orthonormal().isPresent()).isEqualTo(step.k() <= 1024);
        }
      }
    }
  }

  @Test
  void aStepSaysWhatTheLawSays() {
    PlanAnswer answer = PlanAnswer.of(question(new Share(0.99), 0.2, NONE, NONE, NONE));
    PlanAnswer.Step step =
        answer.steps().stream().filter(each -> each.k() == 334).findFirst().orElseThrow();
    assertThat(step.shareOutside()).isBetween(0.0098, 0.01);
    assertThat(step.gaussian().orElseThrow()).isBetween(0.199, 0.2);
  }

  @Test
  void digitsAreTooShortToProject() {
    // 64 features: Gaussian entries would need thousands, orthonormal rows all 64.
    PlanAnswer digits =
        PlanAnswer.of(question(new AllPairs(1797), 0.1, NONE, OptionalLong.of(64), NONE));
    assertThat(digits.k()).isEqualTo(64);
    assertThat(digits.usefulness()).isEqualTo(Usefulness.KEEP_ROWS);
    PlanAnswer wide =
        PlanAnswer.of(question(new AllPairs(10_000), 0.1, NONE, OptionalLong.of(4096), NONE));
    assertThat(wide.k()).isEqualTo(4096);
    assertThat(wide.usefulness()).isEqualTo(Usefulness.ORTHONORMAL_ONLY);
  }

  @Test
  void classicBoundsOfUnsquaredDistancesAreAskedAtTheSquaredDistortion() {
    PlanAnswer answer =
        PlanAnswer.of(
            new PlanQuestion(
                new AllPairs(10_000),
                0.1,
                0.01,
                DistanceScale.UNSQUARED,
                NONE,
                NONE,
                NONE,
                Precision.DOUBLE));
    assertThat(answer.k()).isEqualTo(2037);
    assertThat(answer.classicEps()).isCloseTo(0.19, within(1e-15));
    PlanRow row = answer.row(Rule.DASGUPTA_GUPTA).orElseThrow();
    assertThat(row.failure()).isLessThan(0.01);
    assertThat(row.bytesPerRow()).isEqualTo(8 * row.k());
  }

  @Test
  void refusesContradictions() {
    assertThatThrownBy(() -> question(new AllPairs(1000), 0.1, OptionalLong.of(999), NONE, NONE))
        .hasMessage("rows = 999 contradicts the guarantee's 1000: give one of them");
    assertThatThrownBy(() -> question(new AllPairs(1000), 0.1, NONE, OptionalLong.of(0), NONE))
        .hasMessage("d must lie in 1 to 2^52, found 0");
    assertThatThrownBy(() -> question(new Share(0.9), 1.5, NONE, NONE, NONE))
        .hasMessage("eps must lie in (0, 1), found 1.5");
  }
}
