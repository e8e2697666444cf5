// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Problem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What all readings together say: which executors compute wrong, which are far slower than their
 * peers, and what differs between them without being wrong. A pure function of the readings.
 *
 * @param readings all of them, judged, in the order given
 * @param problems one for each executor at fault
 * @param warnings what an operator should know
 */
record Verdict(List<Reading> readings, List<Problem> problems, List<String> warnings) {
  /** Clocks that are certainly further apart make time stamps and leases hard to read. */
  private static final double CLOCK_MILLIS = 1000;

  /** Rates of numbers and rows are told in millions from here on. */
  private static final double MILLIONS_FROM = 1e5;

  private static final int NAMED = 3;

  /** Takes copies. */
  Verdict {
    readings = List.copyOf(readings);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Judges.
   *
   * @param readings of the executors
   * @param witness the driver's own answers, which settle who is right where executors differ
   * @param slower how many times slower than the median of its peers an executor may be, above 1
   */
  static Verdict of(List<Reading> readings, List<Reading> witness, double slower) {
    Map<String, List<Reading>> byCheck =
        readings.stream()
            .collect(
                Collectors.groupingBy(
                    reading -> reading.demand() + reading.check(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, Reading> driver =
        witness.stream().collect(Collectors.toMap(Reading::check, Function.identity()));
    List<Reading> judged = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (List<Reading> group : byCheck.values()) {
      Reading first = group.get(0);
      switch (first.demand()) {
        case KNOWN -> group.forEach(each -> judged.add(each.with(known(each))));
        case SAME -> judged.addAll(alike(group, driver.get(first.check())));
        case TOLD -> {
          judged.addAll(group);
          difference(group).ifPresent(warnings::add);
        }
        case RATE -> group.forEach(each -> judged.add(each.with(pace(each, group, slower))));
        case CLOCK -> {
          judged.addAll(group);
          group.stream().map(Verdict::clock).flatMap(List::stream).forEach(warnings::add);
        }
      }
    }
    warnings.addAll(Faults.waiting(judged));
    return new Verdict(judged, Faults.problems(judged), warnings);
  }

  private static Status known(Reading reading) {
    return reading.found().equals(reading.expected()) ? Status.RIGHT : Status.WRONG;
  }

  /** The driver is asked only where executors differ: it may be a machine of another kind. */
  private static List<Reading> alike(List<Reading> group, Reading driver) {
    Map<String, Long> votes =
        group.stream().collect(Collectors.groupingBy(Reading::found, Collectors.counting()));
    if (votes.size() > 1 && driver != null) {
      votes.merge(driver.found(), 1L, Long::sum);
    }
    long most = votes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<String> leaders =
        votes.entrySet().stream()
            .filter(vote -> vote.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    // Where there is no majority nobody knows who is right, and all of them are named.
    String answer = leaders.size() == 1 ? leaders.get(0) : "";
    return group.stream()
        .map(
            each ->
                new Reading(
                        each.place(),
                        each.check(),
                        each.demand(),
                        each.status(),
                        each.value(),
                        each.unit(),
                        answer,
                        each.found())
                    .with(each.found().equals(answer) ? Status.RIGHT : Status.WRONG))
        .toList();
  }

  private static Status pace(Reading reading, List<Reading> group, double slower) {
    double[] peers =
        group.stream()
            .filter(each -> !each.place().equals(reading.place()))
            .mapToDouble(Reading::value)
            .sorted()
            .toArray();
    return peers.length > 0 && reading.value() * slower < median(peers)
        ? Status.SLOW
        : Status.MEASURED;
  }

  /** The middle of sorted numbers, of two the mean; NaN where there are none. */
  static double median(double... sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The readings, each rate raised to that of a second measurement where this was faster. Answers
   * stay: one that was wrong once is wrong.
   *
   * @param again of the same or fewer executors and checks
   */
  static List<Reading> better(List<Reading> readings, List<Reading> again) {
    return readings.stream()
        .map(
            reading ->
                again.stream()
                    .filter(each -> each.demand() == Demand.RATE)
                    .filter(each -> each.demand() == reading.demand())
                    .filter(each -> each.check().equals(reading.check()))
                    .filter(each -> each.place().equals(reading.place()))
                    .filter(each -> each.value() > reading.value())
                    .findFirst()
                    .orElse(reading))
        .toList();
  }

  private static Optional<String> difference(List<Reading> group) {
    Map<String, List<Reading>> kinds =
        group.stream()
            .collect(
                Collectors.groupingBy(Reading::found, LinkedHashMap::new, Collectors.toList()));
    if (kinds.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        "executors differ in "
            + group.get(0).check()
            + ": "
            + kinds.entrySet().stream()
                .limit(NAMED)
                .map(kind -> kind.getKey() + " (" + places(kind.getValue()) + ")")
                .collect(Collectors.joining(", "))
            + (kinds.size() > NAMED ? " and more" : ""));
  }

  private static String places(List<Reading> readings) {
    return readings.size() == 1
        ? readings.get(0).place().toString()
        : readings.size() + " executors";
  }

  /** The uncertainty travels as the found text, see {@link ClockWindow}. */
  private static List<String> clock(Reading reading) {
    return Math.abs(reading.value()) > CLOCK_MILLIS
        ? List.of(
            "the clock of "
                + reading.place()
                + " is "
                + Quantity.seconds(Math.abs(reading.value()) / 1000)
                + (reading.value() > 0 ? " ahead of" : " behind")
                + " the driver's ("
                + reading.found()
                + ")")
        : List.of();
  }

  /** The median of the same rate of the others. */
  Quantity peers(Reading reading) {
    return peers(reading, readings);
  }

  static Quantity peers(Reading reading, List<Reading> judged) {
    double[] peers =
        judged.stream()
            .filter(each -> each.demand() == Demand.RATE && each.check().equals(reading.check()))
            .filter(each -> !each.place().equals(reading.place()))
            .mapToDouble(Reading::value)
            .sorted()
            .toArray();
    return rate(median(peers), reading.unit());
  }

  /** A rate as people read it: {@code 12.3 GF/s}, {@code 1.2 GB/s}, {@code 5.1 M/s}. */
  static Quantity rate(double value, String unit) {
    Quantity shown =
        switch (unit) {
          case Gauges.FLOPS -> Quantity.of(rounded(value / 1e9)).in("GF/s");
          case Gauges.BYTES -> Quantity.bytes(Math.round(value)).in("/s");
          default ->
              value < MILLIONS_FROM
                  ? Quantity.of(rounded(value)).in("/s")
                  : Quantity.of(rounded(value / 1e6)).in("M/s");
        };
    return new Quantity(value, shown.text().replace(" /s", "/s"));
  }

  /** To three digits. */
  private static double rounded(double value) {
    return value == 0 || !Double.isFinite(value)
        ? value
        : new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }

  /** Rates of one name, in the order of the readings. */
  double[] rates(String check) {
    return readings.stream()
        .filter(reading -> reading.demand() == Demand.RATE && reading.check().equals(check))
        .mapToDouble(Reading::value)
        .toArray();
  }

  /** The names of the rates, in the order of the readings. */
  List<String> rateNames() {
    return readings.stream()
        .filter(reading -> reading.demand() == Demand.RATE)
        .map(Reading::check)
        .distinct()
        .toList();
  }

  /** The executors in the order of the readings. */
  List<Place> places() {
    return readings.stream().map(Reading::place).distinct().toList();
  }

  /** The executors with a reading of this status. */
  List<Place> places(Status status) {
    return readings.stream()
        .filter(reading -> reading.status() == status)
        .map(Reading::place)
        .distinct()
        .toList();
  }

  /** How many known or common answers came out right. */
  long right() {
    return count(Status.RIGHT);
  }

  long count(Status status) {
    return readings.stream().filter(reading -> reading.status() == status).count();
  }

  /** A reading of an executor. */
  Optional<Reading> reading(Place place, Demand demand, String check) {
    return readings.stream()
        .filter(each -> each.demand() == demand)
        .filter(each -> each.place().equals(place) && each.check().equals(check))
        .findFirst();
  }
}
