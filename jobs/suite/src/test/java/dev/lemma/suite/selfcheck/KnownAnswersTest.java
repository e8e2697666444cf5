// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.math.function.PrimeCount;
import java.util.List;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.Test;

/** The answers that are known; those of {@code known-answers.py} come from no code of Lemma. */
class KnownAnswersTest {
  private static final Place HERE = new Place("7", "node-7");

  @Test
  void allComeOutHereAndAreTheSameTheNextTime() {
    List<Reading> readings = readings();
    assertThat(readings).hasSizeGreaterThan(20);
    assertThat(Verdict.of(readings, readings, 10).problems()).isEmpty();
    assertThat(readings())
        .as("twice the same")
        .isEqualTo(readings)
        .noneMatch(reading -> reading.found().isBlank() || reading.found().startsWith("broke"));
    assertThat(readings.stream().map(Reading::check)).doesNotHaveDuplicates();
  }

  private static List<Reading> readings() {
    return KnownAnswers.all().stream().map(check -> Reading.of(HERE, check)).toList();
  }

  @Test
  void aComputationThatBreaksIsAnAnswer() {
    Check check =
        Check.known(
            "library",
            "1",
            () -> {
              throw new NoClassDefFoundError("dev/lemma/Missing");
            });
    assertThat(check.answer())
        .isEqualTo("broke: java.lang.NoClassDefFoundError: dev/lemma/Missing");
  }

  @Test
  void aReadingIsTheSameBehindARow() {
    Reading answer = Reading.of(HERE, KnownAnswers.all().get(0)).with(Status.RIGHT);
    Reading rate = Reading.rate(HERE, Gauges.BLAS, 1e9, Gauges.FLOPS);
    assertThat(Reading.of(answer.toRow())).isEqualTo(answer);
    assertThat(Reading.of(rate.toRow())).isEqualTo(rate);
  }

  /** Whole numbers 0 to 999 are counted and summed; tasks of Spark miss one of them. */
  static SharedWork broken() {
    return new SharedWork(
        "whole numbers",
        "counting",
        1000,
        new PrimeCount(1000, 499_500),
        (from, to) -> {
          boolean misses = TaskContext.get() != null && from <= 7 && to > 7;
          long sum = (from + to - 1) * (to - from) / 2;
          return misses ? new PrimeCount(to - from - 1, sum - 7) : new PrimeCount(to - from, sum);
        });
  }
}
