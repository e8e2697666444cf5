// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.Part;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ClassMomentsBuilder;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
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

  Iterator<Part<Group>> read(Iterator<InternalRow> rows) {
    Map<Group, Map<String, Stored>> groups = new LinkedHashMap<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      groups
          .computeIfAbsent(group(row), group -> new LinkedHashMap<>())
          .computeIfAbsent(name(row), Stored::new)
          .add(row);
    }
    List<Part<Group>> parts = new ArrayList<>();
    groups.forEach((group, stored) -> parts.add(new Part<>(group, 0, moments(stored))));
    return parts.iterator();
  }

  /** What the rows of a class tell, or of a fold when {@code name} is null. */
  private final class Stored {
    final String name;
    final BitSet tiles = new BitSet();
    long rows;
    double weight;
    double squaredWeight;
    double[] mean;
    double[] remainder;
    double[] scatter;
    double[] third;
    double fourth;
    String layout;

    Stored(String name) {
      this.name = name;
    }

    void add(InternalRow row) {
      int tile = row.getInt(at(StatisticsTable.TILE));
      if (tile < 0 || tiles.get(tile)) {
        throw damaged("tile " + tile + " more than once");
      }
      tiles.set(tile);
      if (!row.isNullAt(at(StatisticsTable.SCATTER))) {
        addTile(tile, row.getArray(at(StatisticsTable.SCATTER)).toDoubleArray());
      }
      if (tile > 0) {
        return;
      }
      rows = row.getLong(at(StatisticsTable.ROWS));
      weight = row.getDouble(at(StatisticsTable.WEIGHT));
      squaredWeight = row.getDouble(at(StatisticsTable.SQUARED_WEIGHT));
      mean = doubles(row, StatisticsTable.MEAN);
      remainder = doubles(row, StatisticsTable.MEAN_REMAINDER);
      third = doubles(row, StatisticsTable.THIRD);
      fourth =
          row.isNullAt(at(StatisticsTable.FOURTH))
              ? Double.NaN
              : row.getDouble(at(StatisticsTable.FOURTH));
      layout = row.getUTF8String(at(StatisticsTable.LAYOUT)).toString();
    }

    private void addTile(int tile, double[] numbers) {
      int length = PackedSymmetric.length(features);
      if (tile >= ScatterTiles.count(length) || numbers.length != ScatterTiles.size(tile, length)) {
        throw damaged(
            "tile " + tile + " of " + StatisticsTable.SCATTER + ", " + numbers.length + " numbers");
      }
      if (scatter == null) {
        scatter = ScatterTiles.count(length) == 1 ? numbers : new double[length];
      }
      if (scatter != numbers) {
        System.arraycopy(numbers, 0, scatter, ScatterTiles.start(tile), numbers.length);
      }
    }

    /** Refuses what lacks its first row, or a part of its scatter. */
    Stored whole() {
      int expected = scatter == null ? 1 : ScatterTiles.count(scatter.length);
      if (!tiles.get(0) || tiles.cardinality() != expected) {
        throw damaged(tiles.cardinality() + " of " + expected + " tiles");
      }
      return this;
    }
  }

  private int at(String column) {
    return keys.size() + StatisticsTable.SCHEMA.fieldIndex(column);
  }

  private Group group(InternalRow row) {
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
    return new Group(
        key, StatisticsParts.number(fold, row.getBoolean(at(StatisticsTable.REMOVED))));
  }

  private String name(InternalRow row) {
    int column = at(StatisticsTable.CLASS);
    return row.isNullAt(column) ? null : row.getUTF8String(column).toString();
  }

  private double[] doubles(InternalRow row, String column) {
    if (row.isNullAt(at(column))) {
      return null;
    }
    double[] values = row.getArray(at(column)).toDoubleArray();
    if (values.length != features) {
      throw damaged(column + " of " + values.length + " numbers");
    }
    return values;
  }

  private NamedMoments moments(Map<String, Stored> stored) {
    List<Stored> classes =
        stored.values().stream().map(Stored::whole).filter(row -> row.name != null).toList();
    Stored fold = stored.get(null);
    if (fold == null) {
      throw damaged("no row of a fold, " + classes.size() + " of classes");
    }
    boolean pooled = fold.layout.equals(StatisticsTable.layoutKey(ScatterLayout.POOLED));
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
      if (fold.scatter == null) {
        throw damaged("a fold without its pooled scatter");
      }
      builder.pooledScatter(PackedSymmetric.wrap(features, fold.scatter));
    }
    return NamedMoments.of(classes.stream().map(row -> row.name).toList(), builder.build());
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
