// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.report.Page;
import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.report.Table;
import dev.lemma.kit.run.Run;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/** What a run tells of statistics without holding them: counts by class, the layout, warnings. */
final class StatisticsSummary {
  /** Classes that the manifest and the report list. */
  private static final int LISTED = 50;

  /** Rows and weight of a class in a part. */
  private record Line(
      String key, boolean removed, int fold, String name, long rows, double weight, boolean pooled)
      implements Serializable {}

  /** What of a part comes to the driver. */
  @DefaultSerializer(JavaSerializer.class)
  private record Glance(RowTally tally, List<Line> lines) implements Serializable {}

  private final RowCounts counts;
  private final List<Line> lines;
  private final StatisticsSize size;

  private StatisticsSummary(RowCounts counts, List<Line> lines, StatisticsSize size) {
    this.counts = counts;
    this.lines = lines;
    this.size = size;
  }

  /** Runs the parts. */
  static StatisticsSummary of(JavaRDD<Part<Group>> parts, StatisticsSize size) {
    RowTally tally = new RowTally();
    List<Line> lines = new ArrayList<>();
    for (Glance glance : parts.map(StatisticsSummary::glance).collect()) {
      if (glance.tally != null) {
        tally = tally.plus(glance.tally);
      }
      lines.addAll(glance.lines);
    }
    return new StatisticsSummary(tally.counts(), lines, size);
  }

  private static Glance glance(Part<Group> part) {
    if (part.group().isTally()) {
      return new Glance((RowTally) part.value(), new ArrayList<>());
    }
    NamedMoments named = (NamedMoments) part.value();
    ClassMoments moments = named.moments();
    boolean pooled = moments.layout() == ScatterLayout.POOLED;
    String key = part.group().keys == null ? "" : part.group().keys.mkString(", ");
    boolean removed = StatisticsParts.isRemoved(part.group());
    int fold = StatisticsParts.fold(part.group());
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(key, removed, fold, null, 0, 0, pooled));
    List<String> classes = named.classes();
    for (int k = 0; k < classes.size(); k++) {
      if (moments.rows(k) > 0) {
        lines.add(
            new Line(
                key, removed, fold, classes.get(k), moments.rows(k), moments.weight(k), pooled));
      }
    }
    return new Glance(null, lines);
  }

  RowCounts counts() {
    return counts;
  }

  /** The classes with rows, in order. */
  List<String> classes() {
    Set<String> names = new TreeSet<>();
    lines.stream().filter(line -> line.name != null).forEach(line -> names.add(line.name));
    return ClassNames.ordered(names);
  }

  private boolean isPooled() {
    return lines.stream().anyMatch(Line::pooled);
  }

  /** Metrics, warnings and report. */
  void tell(Run run, StatisticsHeader header, List<String> keys) {
    List<String> classes = classes();
    Set<String> groups = new TreeSet<>();
    lines.forEach(line -> groups.add(line.key));
    run.metric("features", header.features());
    run.metric("feature-hash", header.featureHash());
    run.metric("folds", header.folds());
    run.metric("weights", header.weights().key());
    run.metric("classes", classes.size());
    run.metric(
        "layout",
        StatisticsTable.layoutKey(isPooled() ? ScatterLayout.POOLED : ScatterLayout.PER_CLASS));
    if (!keys.isEmpty()) {
      run.metric("keys", groups.size());
    }
    Map<String, long[]> rows = new TreeMap<>();
    Map<String, double[]> weights = new TreeMap<>();
    for (Line line : lines) {
      if (line.name != null) {
        int sign = line.removed ? -1 : 1;
        rows.computeIfAbsent(line.name, name -> new long[1])[0] += sign * line.rows;
        weights.computeIfAbsent(line.name, name -> new double[1])[0] += sign * line.weight;
      }
    }
    List<String> listed = classes.subList(0, Math.min(LISTED, classes.size()));
    Map<String, Object> byClass = new LinkedHashMap<>();
    listed.forEach(name -> byClass.put(name, rows.get(name)[0]));
    run.metric("rows-by-class", byClass);
    warnings(run, header, classes, keys);
    report(run.report(), header, listed, classes.size(), rows, weights);
  }

  private void warnings(Run run, StatisticsHeader header, List<String> classes, List<String> keys) {
    if (classes.isEmpty()) {
      run.warn("no row has a weight other than 0: these statistics say nothing by themselves");
    } else if (classes.size() == 1) {
      run.warn(
          "all rows are of one class, "
              + classes.get(0)
              + ": a model needs a second one, from statistics to merge with");
    }
    if (isPooled()) {
      run.warn(
          "the classes share one scatter matrix: "
              + classes.size()
              + " of their own would take "
              + ByteSize.describe(size.bytes(classes.size(), ScatterLayout.PER_CLASS))
              + " of memory = "
              + ByteSize.describe(size.memory())
              + "; moment matching and balanced pooling need them");
    }
    Set<Integer> folds = new HashSet<>();
    Map<String, Long> rowsByClass = new TreeMap<>();
    for (Line line : lines) {
      if (line.name != null && !line.removed) {
        folds.add(line.fold);
        rowsByClass.merge(line.name, line.rows, Long::sum);
      }
    }
    // Deletions alone lie where the rows lie that they take back.
    if (!rowsByClass.isEmpty() && folds.size() < header.folds()) {
      run.warn(
          header.folds()
              - folds.size()
              + " of "
              + header.folds()
              + " folds hold no rows: there are too few rows, or too few different ids");
    }
    List<String> single =
        rowsByClass.entrySet().stream()
            .filter(entry -> entry.getValue() == 1)
            .map(Map.Entry::getKey)
            .toList();
    if (!single.isEmpty()) {
      run.warn(
          single.size()
              + (single.size() == 1 ? " class has" : " classes have")
              + " a single row: "
              + String.join(", ", single.subList(0, Math.min(5, single.size())))
              + (single.size() > 5 ? ", ..." : ""));
    }
  }

  private void report(
      Page page,
      StatisticsHeader header,
      List<String> listed,
      int classes,
      Map<String, long[]> rows,
      Map<String, double[]> weights) {
    boolean isScan = counts.rows() > 0;
    long merged = rows.values().stream().mapToLong(count -> count[0]).sum();
    page.headline(
        Quantity.count(isScan ? counts.accepted() : merged),
        "rows",
        isScan ? "in one pass" : "of the statistics");
    page.headline(Quantity.count(classes), "classes", header.features() + " features");
    page.section(
        "Classes",
        classes > listed.size() ? "The first " + listed.size() + " of " + classes + "." : "");
    Table table = Table.of("class", "rows", "weight");
    for (String name : listed) {
      table = table.row(name, rows.get(name)[0], weights.get(name)[0]);
    }
    page.table(table);
  }
}
