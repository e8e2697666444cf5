// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.run.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is named, and for what. */
class VerdictTest {
  private static final Place DRIVER = new Place(Place.DRIVER, "gate");

  private static Place place(int executor) {
    return new Place(Integer.toString(executor), "node-" + executor);
  }

  private static List<Reading> answers(Demand demand, String... found) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      String expected = demand == Demand.KNOWN ? "42" : "";
      readings.add(Reading.answer(place(i), "sum", demand, expected, found[i]));
    }
    return readings;
  }

  private static List<Reading> rates(double... rates) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      readings.add(Reading.rate(place(i), "memory scan", rates[i], Gauges.BYTES));
    }
    return readings;
  }

  private static List<Reading> driver(String found) {
    return List.of(Reading.answer(DRIVER, "sum", Demand.SAME, "", found));
  }

  private static List<String> named(Verdict verdict) {
    return verdict.problems().stream().map(Problem::where).toList();
  }

  @Test
  void whoMissesAKnownAnswerIsNamedWithWhatItFound() {
    Verdict verdict = Verdict.of(answers(Demand.KNOWN, "42", "43", "42"), List.of(), 10);
    assertThat(verdict.problems()).hasSize(1);
    assertThat(verdict.problems().get(0).line())
        .isEqualTo(
            "executor 1 on node-1: computes wrong: found sum = 43, not 42; keep work away from this"
                + " host until its class path, Java, memory and processor were looked at; the table"
                + " and report.html in the run's folder have every reading");
    assertThat(verdict.right()).isEqualTo(2);
    assertThat(verdict.count(Status.WRONG)).isOne();
  }

  /** A full disk is no fault of the processor. */
  @Test
  void whoseDiskIsFullIsToldToMakeRoom(@TempDir Path folder) throws IOException {
    File gone = folder.resolve("gone").toFile();
    List<Reading> readings = LocalDisk.readings(place(2), List.of(folder.toFile(), gone), 1 << 20);
    assertThat(Verdict.of(readings, List.of(), 10).problems())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.line())
                    .startsWith(
                        "executor 2 on node-2: does not give back what it was given: found disks"
                            + " give back what was written = no, "
                            + gone
                            + ": java.nio.file.NoSuchFileException: ")
                    .contains("; make room on this host's local disks, and look"));
    assertThat(
            Verdict.of(
                    LocalDisk.readings(place(2), List.of(folder.toFile()), 1 << 20), List.of(), 10)
                .problems())
        .isEmpty();
  }

  @Test
  void ofManyMistakesTheFirstThreeAreTold() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      readings.add(Reading.answer(place(0), "sum " + i, Demand.KNOWN, "1", "2"));
    }
    assertThat(Verdict.of(readings, List.of(), 10).problems().get(0).found())
        .isEqualTo("sum 0 = 2, not 1; sum 1 = 2, not 1; sum 2 = 2, not 1; and 2 more");
  }

  @Test
  void whereExecutorsDifferMostOfThemAreRight() {
    List<Reading> three = answers(Demand.SAME, "a", "b", "a");
    assertThat(named(Verdict.of(three, driver("a"), 10))).containsExactly("executor 1 on node-1");
    assertThat(named(Verdict.of(three, driver("b"), 10)))
        .as("two against two: nobody knows, so all are named")
        .containsExactly("executor 0 on node-0", "executor 1 on node-1", "executor 2 on node-2");
  }

  @Test
  void ofTwoTheDriverSettlesWhoIsRight() {
    List<Reading> two = answers(Demand.SAME, "a", "b");
    assertThat(named(Verdict.of(two, driver("b"), 10))).containsExactly("executor 0 on node-0");
    assertThat(named(Verdict.of(two, List.of(), 10)))
        .containsExactly("executor 0 on node-0", "executor 1 on node-1");
  }

  @Test
  void aDriverOfAnotherKindIsNotAskedWhereExecutorsAgree() {
    assertThat(named(Verdict.of(answers(Demand.SAME, "a", "a"), driver("b"), 10))).isEmpty();
  }

  @Test
  void whoIsTenTimesSlowerThanTheMedianOfItsPeersIsNamed() {
    Verdict verdict = Verdict.of(rates(9.99e9, 0.98e9, 9.7e9, 11e9), List.of(), 10);
    assertThat(verdict.problems()).hasSize(1);
    assertThat(verdict.problems().get(0).line())
        .startsWith(
            "executor 1 on node-1: is far slower than its peers: found memory scan 980 MB/s, peers"
                + " 9.99 GB/s; ");
    assertThat(verdict.readings().get(1).status()).isEqualTo(Status.SLOW);
    assertThat(named(Verdict.of(rates(10e9, 1.01e9), List.of(), 10))).isEmpty();
    assertThat(named(Verdict.of(rates(10e9, 0.99e9), List.of(), 10)))
        .containsExactly("executor 1 on node-1");
    assertThat(named(Verdict.of(rates(1), List.of(), 10))).as("no peers").isEmpty();
  }

  /** Who is slow by itself sends slowly: its peers are not to blame for what they wait for. */
  @Test
  void whoWaitsForASlowPeerIsNotNamed() {
    List<Reading> readings = new ArrayList<>(rates(10e9, 0.5e9));
    readings.add(Reading.rate(place(0), Shuffle.RATE, 3e6, Gauges.BYTES));
    readings.add(Reading.rate(place(1), Shuffle.RATE, 200e6, Gauges.BYTES));
    Verdict verdict = Verdict.of(readings, List.of(), 10);
    assertThat(named(verdict)).containsExactly("executor 1 on node-1");
    assertThat(verdict.warnings())
        .containsExactly(
            "executor 0 on node-0 is slow in shuffle read 3 MB/s, peers 200 MB/s, for which it"
                + " waits for those that are slow by themselves");
    List<Reading> shuffles = readings.subList(2, 4);
    assertThat(named(Verdict.of(shuffles, List.of(), 10)))
        .as("nobody is slow by itself")
        .containsExactly("executor 0 on node-0");
  }

  /** Slow twice: neither the first nor the last reading alone may count. */
  @Test
  void whoIsSlowOnceIsNotNamed() {
    List<Reading> first = rates(10e9, 0.5e9, 0.5e9, 11e9, 9e9);
    assertThat(Verdict.of(first, List.of(), 10).places(Status.SLOW))
        .containsExactly(place(1), place(2));
    List<Reading> again = List.of(rates(1, 8e9).get(1), rates(1, 1, 0.6e9).get(2));
    Verdict verdict = Verdict.of(Verdict.better(first, again), List.of(), 10);
    assertThat(verdict.places(Status.SLOW)).containsExactly(place(2));
    assertThat(verdict.rates("memory scan")).containsExactly(10e9, 8e9, 0.6e9, 11e9, 9e9);
    assertThat(Verdict.better(again, rates(0, 0.1e9, 0.1e9))).isEqualTo(again);
    List<Reading> wrong = answers(Demand.KNOWN, "41");
    assertThat(Verdict.better(wrong, answers(Demand.KNOWN, "42")))
        .as("an answer is not taken again")
        .isEqualTo(wrong);
  }

  /** A wrong executor may be slow as well: one line says the worse. */
  @Test
  void whoComputesWrongIsNamedOnce() {
    List<Reading> readings = new ArrayList<>(answers(Demand.KNOWN, "42", "41"));
    readings.addAll(rates(1e9, 1));
    assertThat(Verdict.of(readings, List.of(), 10).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).isEqualTo("computes wrong"));
  }

  @Test
  void whatDiffersWithoutBeingWrongIsAWarning() {
    Verdict verdict = Verdict.of(answers(Demand.TOLD, "17", "17", "21"), List.of(), 10);
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.warnings())
        .containsExactly("executors differ in sum: 17 (2 executors), 21 (executor 2 on node-2)");
    assertThat(Verdict.of(answers(Demand.TOLD, "17", "17"), List.of(), 10).warnings()).isEmpty();
  }

  @Test
  void ratesAreToldInTheUnitThatReadsBest() {
    assertThat(Verdict.rate(29.34e9, Gauges.FLOPS)).hasToString("29.3 GF/s");
    assertThat(Verdict.rate(1.4346e9, Gauges.BYTES)).hasToString("1.43 GB/s");
    assertThat(Verdict.rate(2_082_000, InputScan.ROWS)).hasToString("2.08 M/s");
    assertThat(Verdict.rate(97.26, InputScan.ROWS)).hasToString("97.3/s");
  }

  @Test
  void clocksFarApartAreAWarning() {
    Reading close = new ClockWindow(-900, 900).reading(place(0));
    Reading far = new ClockWindow(-5100, -4900).reading(place(1));
    assertThat(Verdict.of(List.of(close, far), List.of(), 10).warnings())
        .containsExactly(
            "the clock of executor 1 on node-1 is 5 s behind the driver's (± 100.0 ms)");
  }

  @Test
  void exchangesNarrowTheWindowOfAClock() {
    // The executor's clock is 50 ms ahead; messages take what they take.
    ClockWindow window =
        ClockWindow.OPEN.with(1000, 1080, 1040).with(2000, 2055, 2100).with(3000, 3060, 3012);
    assertThat(window).isEqualTo(new ClockWindow(48, 55));
    assertThat(window.middle()).isEqualTo(51.5);
  }

  @Test
  void partitionsToReadAreSpreadEvenly() {
    assertThat(InputScan.chosen(3, 8)).containsExactly(0, 1, 2);
    assertThat(InputScan.chosen(100, 4)).containsExactly(0, 25, 50, 75);
    assertThat(InputScan.chosen(0, 4)).isEmpty();
  }

  /** Each task sends to each: records shrink before their number makes the volume a square. */
  @Test
  void aShuffleStaysNearItsVolume() {
    long volume = 32L << 20;
    for (int executors : new int[] {1, 4, 100, 1000}) {
      for (int slots : new int[] {1, 8, 500, 2000}) {
        Shuffle.Volume each = Shuffle.Volume.of(executors, volume, slots);
        assertThat(each.records()).isGreaterThanOrEqualTo(each.tasks());
        double sent = (double) each.tasks() * each.records() * each.bytes();
        assertThat(sent / (executors * volume / 2.0))
            .as("%d executors, %d slots", executors, slots)
            .isBetween(0.5, 1.1);
      }
    }
    assertThat(Shuffle.Volume.of(1, 1 << 16, 2000).bytes()).isEqualTo(64);
  }
}
