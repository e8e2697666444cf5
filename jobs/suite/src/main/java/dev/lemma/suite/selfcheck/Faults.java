// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whom judged readings accuse, of what, and what is to be done about it. */
final class Faults {
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

  private Faults() {}

  /** One for each executor at fault. */
  static List<Problem> problems(List<Reading> judged) {
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
    String found = named(readings, Faults::mistake);
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
    alone.values().removeIf(Faults::isSent);
    return alone.isEmpty() ? slow : alone;
  }

  private static boolean isSent(List<Reading> readings) {
    return readings.stream().allMatch(each -> SENT.contains(each.check()));
  }

  /** Those that are slow in what others send, and not at fault. */
  static List<String> waiting(List<Reading> judged) {
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
    return Verdict.rate(reading.value(), reading.unit())
        + ", peers "
        + Verdict.peers(reading, judged);
  }
}
