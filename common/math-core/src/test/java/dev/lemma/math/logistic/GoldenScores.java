// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows and scikit-learn's metrics of them; src/test/scripts/score_metrics.py made both files. */
final class GoldenScores {
  record Row(int label, double weight, double[] scores) {}

  private GoldenScores() {}

  static List<Row> rows(String name) {
    List<Row> rows = new ArrayList<>();
    for (String[] line : lines("score-rows.csv")) {
      if (line[0].equals(name)) {
        double[] scores =
            Arrays.stream(line[3].split(" ")).mapToDouble(Double::parseDouble).toArray();
        rows.add(new Row(Integer.parseInt(line[1]), Double.parseDouble(line[2]), scores));
      }
    }
    return rows;
  }

  static Map<String, Double> metrics(String name) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String[] line : lines("score-metrics.csv")) {
      if (line[0].equals(name)) {
        metrics.put(line[1], Double.parseDouble(line[2]));
      }
    }
    return metrics;
  }

  static ScoreSummary summary(String name) {
    ScoreSummary summary = new ScoreSummary();
    rows(name).forEach(row -> summary.add(row.scores[0], row.label, row.weight));
    return summary;
  }

  private static List<String[]> lines(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GoldenScores.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
