// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ClassMomentsBuilder;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Puts the rows of a statistics table together to parts; those of a part share a partition. */
final class StatisticsReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType keys;
  private final int folds;
  private final int features;
  private final String where;

  StatisticsReader(StructType keys, int folds, int features, String where) {
    this.keys = keys;
    this.folds = folds;
    this.features = features;
    this.where = where;
  }

  /** A row of a class, or of a fold when {@code name} is null. */
  private record Stored(
      String name,
      long rows,
      double weight,
      double squaredWeight,
      double[] mean,
      double[] remainder,
      double[] scatter,
      double[] third,
      double fourth,
      String layout) {}

  Iterator<Part> read(Iterator<InternalRow> rows) {
    Map<Part.Group, List<Stored>> groups = new LinkedHashMap<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      groups.computeIfAbsent(group(row), group -> new ArrayList<>()).add(stored(row));
    }
    List<Part> parts = new ArrayList<>();
    groups.forEach((group, stored) -> parts.add(new Part(group, 0, moments(stored))));
    return parts.iterator();
  }

  private int at(String column) {
    return keys.size() + StatisticsTable.SCHEMA.fieldIndex(column);
  }

  private Part.Group group(InternalRow row) {
    Object[] values = new Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          CatalystTypeConverters.convertToScala(
              row.get(i, keys.apply(i).dataType()), keys.apply(i).dataType());
    }
    Row key = keys.isEmpty() ? null : RowFactory.create(values);
    int fold = row.getInt(at(StatisticsTable.FOLD));
    if (fold < 0 || fold >= folds) {
      throw damaged("fold " + fold);
    }
    return new Part.Group(
        key, StatisticsParts.number(fold, row.getBoolean(at(StatisticsTable.REMOVED))));
  }

  private Stored stored(InternalRow row) {
    return new Stored(
        row.isNullAt(at(StatisticsTable.CLASS))
            ? null
            : row.getUTF8String(at(StatisticsTable.CLASS)).toString(),
        row.getLong(at(StatisticsTable.ROWS)),
        row.getDouble(at(StatisticsTable.WEIGHT)),
        row.getDouble(at(StatisticsTable.SQUARED_WEIGHT)),
        doubles(row, StatisticsTable.MEAN, features),
        doubles(row, StatisticsTable.MEAN_REMAINDER, features),
        doubles(row, StatisticsTable.SCATTER, PackedSymmetric.length(features)),
        doubles(row, StatisticsTable.THIRD, features),
        row.isNullAt(at(StatisticsTable.FOURTH))
            ? Double.NaN
            : row.getDouble(at(StatisticsTable.FOURTH)),
        row.getUTF8String(at(StatisticsTable.LAYOUT)).toString());
  }

  private double[] doubles(InternalRow row, String column, int length) {
    if (row.isNullAt(at(column))) {
      return null;
    }
    double[] values = row.getArray(at(column)).toDoubleArray();
    if (values.length != length) {
      throw damaged(column + " of " + values.length + " numbers");
    }
    return values;
  }

  private NamedMoments moments(List<Stored> stored) {
    List<Stored> classes = stored.stream().filter(row -> row.name != null).toList();
    List<Stored> fold = stored.stream().filter(row -> row.name == null).toList();
    if (fold.size() != 1
        || classes.stream().map(Stored::name).distinct().count() < classes.size()) {
      throw damaged(fold.size() + " rows of a fold, " + classes.size() + " of classes");
    }
    boolean pooled = fold.get(0).layout.equals(StatisticsTable.layoutKey(ScatterLayout.POOLED));
    ScatterLayout layout = pooled ? ScatterLayout.POOLED : ScatterLayout.PER_CLASS;
    if (classes.isEmpty()) {
      return NamedMoments.of(List.of(), ClassMoments.empty(1, features, layout));
    }
    ClassMomentsBuilder builder = new ClassMomentsBuilder(classes.size(), features, layout);
    for (int k = 0; k < classes.size(); k++) {
      Stored row = classes.get(k);
      if (row.mean == null || row.remainder == null || (!pooled && row.scatter == null)) {
        throw damaged("a class without mean or scatter");
      }
      builder.cell(k, row.rows, row.weight, row.squaredWeight, row.mean, row.remainder);
      if (!pooled) {
        builder.scatter(k, PackedSymmetric.wrap(features, row.scatter));
        if (row.third != null) {
          builder.higher(k, row.third, row.fourth);
        }
      }
    }
    if (pooled) {
      if (fold.get(0).scatter == null) {
        throw damaged("a fold without its pooled scatter");
      }
      builder.pooledScatter(PackedSymmetric.wrap(features, fold.get(0).scatter));
    }
    return NamedMoments.of(classes.stream().map(Stored::name).toList(), builder.build());
  }

  private LemmaException damaged(String found) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            where,
            "the statistics table is damaged, or holds the rows of several runs",
            found,
            "one row for each fold and one for each class in it",
            "make it again; use mode = overwrite-partitions to replace a day"));
  }
}
