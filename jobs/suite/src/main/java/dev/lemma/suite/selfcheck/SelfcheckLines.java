// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check of the cluster says in lines for a terminal.
 *
 * @param places the executors examined
 * @param verdict of their readings
 * @param problems who is at fault
 */
record SelfcheckLines(List<Place> places, Verdict verdict, List<Problem> problems) {
  private static final int LINES = 40;

  /** Takes copies. */
  SelfcheckLines {
    places = List.copyOf(places);
    problems = List.copyOf(problems);
  }

  /** For a terminal: a verdict, then a line for each executor. */
  String text() {
    List<String[]> lines = new ArrayList<>();
    List<String> rates = verdict.rateNames();
    lines.add(
        Stream.concat(Stream.of("executor", "host", "BLAS"), rates.stream())
            .toArray(String[]::new));
    places.stream()
        .limit(LINES)
        .forEach(
            place ->
                lines.add(
                    Stream.concat(
                            Stream.of(
                                place.executor(), place.host(), told(place, Examination.BLAS_NAME)),
                            rates.stream().map(rate -> cell(place, rate).toString()))
                        .toArray(String[]::new)));
    StringBuilder text = new StringBuilder(sentence()).append("\n\n");
    int[] widths = new int[lines.get(0).length];
    for (String[] line : lines) {
      for (int i = 0; i < line.length; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    for (String[] line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.length; i++) {
        padded.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    if (places.size() > LINES) {
      text.append("and ").append(places.size() - LINES).append(" more, in the table\n");
    }
    return text.toString().stripTrailing();
  }

  private String sentence() {
    return "SELFCHECK: "
        + Quantity.count(places.size()).in(places.size() == 1 ? "executor" : "executors")
        + " "
        + hosts()
        + ", "
        + Quantity.count(verdict.right())
        + " answers right, "
        + Quantity.count(verdict.count(Status.WRONG))
        + " wrong; "
        + (problems.isEmpty()
            ? "no executor is at fault"
            : "at fault: "
                + problems.stream()
                    .map(Problem::where)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }

  /** Such as {@code on 3 hosts}. */
  String hosts() {
    long hosts = places.stream().map(Place::host).distinct().count();
    return "on " + (hosts == 1 ? "1 host" : hosts + " hosts");
  }

  /** A rate of an executor; empty where it has none. */
  Object cell(Place place, String rate) {
    return verdict
        .reading(place, Demand.RATE, rate)
        .<Object>map(reading -> Verdict.rate(reading.value(), reading.unit()))
        .orElse("");
  }

  /** What an executor told; empty where it did not. */
  String told(Place place, String fact) {
    return verdict.reading(place, Demand.TOLD, fact).map(Reading::found).orElse("");
  }
}
