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
import java.util.Set;
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

  private static final String REPAIR =
      "keep work away from this host until its class path, Java, memory and processor were looked"
          + " at; the table and report.html in the run's folder have every reading";

  /** Of disks and network, where the processor is not to blame. */
  private static final Set<String> KEPT = Set.of(LocalDisk.CONTENT, Examination.PARCELS);

  private static final String ROOM =
      "make room on this host's local disks, and look whether they and its network are sound; the"
          + " table and report.html in the run's folder have every reading";

  /** Rates at which others send: who is slow by itself makes them slow for everybody. */
  private static final Set<String> SENT = Set.of(Shuffle.RATE, Examination.NETWORK);

  private static final String EVERYWHERE =
      "no machine is to blame but what all of them run: look at the jar, the Java and the class path"
          + " of this run";

  private static final String EASE =
      "look what else its host does, and at its disks and network; raise slower to let it pass";

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
    warnings.addAll(waiting(judged));
    return new Verdict(judged, problems(judged), warnings);
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

  private static List<Problem> problems(List<Reading> judged) {
    Map<Place, List<Reading>> wrong = of(judged, Status.WRONG);
    Map<Place, List<Reading>> slow = slow(judged);
    List<Problem> problems = new ArrayList<>();
    slow.forEach(
        (place, readings) -> {
          if (!wrong.containsKey(place)) {
            problems.add(
                new Problem(
                    place.toString(),
                    "is far slower than its peers",
                    named(readings, each -> each.check() + " " + paces(each, judged)),
                    "",
                    EASE));
          }
        });
    wrong.forEach((place, readings) -> problems.add(wrong(place, readings)));
    return problems;
  }

  private static Problem wrong(Place place, List<Reading> readings) {
    String found = named(readings, Verdict::mistake);
    if (readings.stream().allMatch(each -> each.found().endsWith(SharedWork.ALIKE))) {
      return new Problem(
          "all executors", "compute wrong, and so does the driver", found, "", EVERYWHERE);
    }
    if (readings.stream().allMatch(each -> KEPT.contains(each.check()))) {
      return new Problem(place.toString(), "does not give back what it was given", found, "", ROOM);
    }
    return new Problem(place.toString(), "computes wrong", found, "", REPAIR);
  }

  /**
   * Those at fault for being slow: where somebody is by itself, not who is in nothing but what
   * others send.
   */
  private static Map<Place, List<Reading>> slow(List<Reading> judged) {
    Map<Place, List<Reading>> slow = of(judged, Status.SLOW);
    Map<Place, List<Reading>> alone = new LinkedHashMap<>(slow);
    alone.values().removeIf(Verdict::isSent);
    return alone.isEmpty() ? slow : alone;
  }

  private static boolean isSent(List<Reading> readings) {
    return readings.stream().allMatch(each -> SENT.contains(each.check()));
  }

  private static List<String> waiting(List<Reading> judged) {
    Map<Place, List<Reading>> atFault = slow(judged);
    return of(judged, Status.SLOW).entrySet().stream()
        .filter(entry -> !atFault.containsKey(entry.getKey()))
        .map(
            entry ->
                entry.getKey()
                    + " is slow in "
                    + named(entry.getValue(), each -> each.check() + " " + paces(each, judged))
                    + ", for which it waits for those that are slow by themselves")
        .toList();
  }

  private static Map<Place, List<Reading>> of(List<Reading> judged, Status status) {
    return judged.stream()
        .filter(reading -> reading.status() == status)
        .collect(Collectors.groupingBy(Reading::place, LinkedHashMap::new, Collectors.toList()));
  }

  private static String named(List<Reading> readings, Function<Reading, String> telling) {
    String first = readings.stream().limit(NAMED).map(telling).collect(Collectors.joining("; "));
    int more = readings.size() - NAMED;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  private static String mistake(Reading reading) {
    return reading.check()
        + " = "
        + reading.found()
        + (reading.expected().isEmpty() || reading.expected().equals(Reading.YES)
            ? ""
            : ", not " + reading.expected());
  }

  private static String paces(Reading reading, List<Reading> judged) {
    return rate(reading.value(), reading.unit()) + ", peers " + peers(reading, judged);
  }

  /** The median of the same rate of the others. */
  Quantity peers(Reading reading) {
    return peers(reading, readings);
  }

  private static Quantity peers(Reading reading, List<Reading> judged) {
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
