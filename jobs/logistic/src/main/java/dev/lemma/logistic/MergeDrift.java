// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.BoxTest;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.Drift;
import dev.lemma.math.logistic.HotellingTest;
import dev.lemma.math.logistic.WeightSemantics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far the class means of a window have moved from those of a reference.
 *
 * @param means the tests by class; empty where a class is missing or there are too few rows
 * @param covariances the test of the covariances, where there are enough rows
 */
record MergeDrift(Map<String, Optional<HotellingTest>> means, Optional<BoxTest> covariances) {
  /** Classes that the manifest and the report list. */
  private static final int LISTED = 50;

  static MergeDrift of(Statistics window, Statistics reference) {
    List<String> all = ClassNames.union(window.classes(), reference.classes());
    ClassMoments a = window.totalOf(all);
    ClassMoments b = reference.totalOf(all);
    WeightSemantics weights = window.header().weights().semantics();
    Map<String, Optional<HotellingTest>> means = new LinkedHashMap<>();
    for (int k = 0; k < all.size(); k++) {
      means.put(all.get(k), Drift.ofMeans(a, b, k, weights));
    }
    return new MergeDrift(means, Drift.ofCovariances(a, b, weights));
  }

  /** Metrics and report; fails the gate where a mean has moved too far. */
  void tell(Run run, OptionalDouble limit) {
    List<Map<String, Object>> told = new ArrayList<>();
    Table table = Table.of("class", "distance", "T^2", "F", "p");
    for (Map.Entry<String, Optional<HotellingTest>> each : means.entrySet()) {
      if (each.getValue().isPresent() && told.size() < LISTED) {
        HotellingTest test = each.getValue().get();
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("class", each.getKey());
        metric.put("distance", distance(test));
        metric.put("t-squared", test.tSquared());
        metric.put("f", test.f());
        metric.put("log-p", test.logP());
        told.add(metric);
        table =
            table.row(
                each.getKey(), distance(test), test.tSquared(), test.f(), Math.exp(test.logP()));
      }
    }
    run.metric("drift", told);
    covariances.ifPresent(
        box -> run.metric("drift-covariance", Map.of("box-m", box.m(), "log-p", box.logP())));
    run.report()
        .section(
            "Drift",
            "How far the class means of the window lie from those of the reference: Mahalanobis"
                + " distance, and Hotelling's test of whether that is chance.");
    run.report().table(table);
    List<String> unknown =
        means.entrySet().stream()
            .filter(each -> each.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    if (!unknown.isEmpty()) {
      run.warn(
          unknown.size()
              + " of "
              + means.size()
              + " classes are not compared: missing on one side, or with too few rows");
    }
    limit.ifPresent(most -> judge(run, most));
  }

  private void judge(Run run, double most) {
    double farthest = 0;
    String where = "";
    for (Map.Entry<String, Optional<HotellingTest>> each : means.entrySet()) {
      double distance = each.getValue().map(MergeDrift::distance).orElse(0.0);
      if (distance > farthest) {
        farthest = distance;
        where = each.getKey();
      }
    }
    if (farthest > most) {
      run.gate(
          new Problem(
              "drift-limit",
              "the mean of class " + where + " has moved farther from the reference than it may",
              String.format(Locale.ROOT, "%.4g standard deviations", farthest),
              "at most " + most,
              "look at what changed in the input; see report.html in the run's folder"));
    }
  }

  private static double distance(HotellingTest test) {
    return Math.sqrt(test.distance());
  }
}
