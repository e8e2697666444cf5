// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.Part;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes the rows of a statistics table, in the columns of {@link StatisticsTable#SCHEMA}. */
final class StatisticsRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int keys;
  private final int folds;
  private final String weights;
  private final String[] features;
  private final String hash;

  StatisticsRows(int keys, StatisticsHeader header) {
    this.keys = keys;
    this.folds = header.folds();
    this.weights = header.weights().key();
    this.features = header.featureNames().toArray(String[]::new);
    this.hash = header.featureHash();
  }

  /** The rows of the fold, then those of each class with rows; each is made when it is taken. */
  Iterator<Row> of(Part<Group> part) {
    return new Rows(part);
  }

  private final class Rows implements Iterator<Row> {
    private static final int FOLD = -1;

    private final Group group;
    private final List<String> classes;
    private final ClassMoments moments;
    private final boolean pooled;
    private int k = FOLD;
    private int tile;
    private double[] scatter;

    Rows(Part<Group> part) {
      NamedMoments named = (NamedMoments) part.value();
      this.group = part.group();
      this.classes = named.classes();
      this.moments = named.moments();
      this.pooled = moments.layout() == ScatterLayout.POOLED;
      this.scatter = pooled ? moments.pooledScatter().packed() : null;
    }

    @Override
    public boolean hasNext() {
      return k < classes.size();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = tile == 0 ? first() : further();
      tile++;
      if (scatter == null || tile == ScatterTiles.count(scatter.length)) {
        advance();
      }
      return row;
    }

    private void advance() {
      tile = 0;
      do {
        k++;
      } while (k < classes.size() && moments.rows(k) == 0);
      scatter = !pooled && k < classes.size() ? moments.scatter(k).packed() : null;
    }

    private Row first() {
      if (k == FOLD) {
        return row(
            group,
            moments.layout(),
            null,
            0,
            0L,
            0.0,
            0.0,
            null,
            null,
            piece(),
            null,
            null,
            features);
      }
      boolean higher = moments.hasHigherMoments();
      return row(
          group,
          moments.layout(),
          classes.get(k),
          0,
          moments.rows(k),
          moments.weight(k),
          moments.squaredWeight(k),
          moments.mean(k),
          moments.meanRemainder(k),
          piece(),
          higher ? moments.third(k) : null,
          higher ? moments.fourth(k) : null,
          null);
    }

    /** Nothing but a piece of the scatter, so that sums over the table count rows once. */
    private Row further() {
      String name = k == FOLD ? null : classes.get(k);
      return row(
          group, moments.layout(), name, tile, 0L, 0.0, 0.0, null, null, piece(), null, null, null);
    }

    private double[] piece() {
      return scatter == null ? null : ScatterTiles.of(scatter, tile);
    }
  }

  private Row row(
      Group group,
      ScatterLayout layout,
      String name,
      int tile,
      long rows,
      double weight,
      double squaredWeight,
      double[] mean,
      double[] remainder,
      double[] scatter,
      double[] third,
      Double fourth,
      String[] names) {
    Object[] cells = new Object[keys + StatisticsTable.SCHEMA.size()];
    int at = 0;
    for (int i = 0; i < keys; i++) {
      cells[at++] = group.keys.get(i);
    }
    cells[at++] = StatisticsHeader.VERSION;
    cells[at++] = StatisticsParts.fold(group);
    cells[at++] = folds;
    cells[at++] = StatisticsParts.isRemoved(group);
    cells[at++] = name;
    cells[at++] = tile;
    cells[at++] = rows;
    cells[at++] = weight;
    cells[at++] = squaredWeight;
    cells[at++] = mean;
    cells[at++] = remainder;
    cells[at++] = scatter;
    cells[at++] = third;
    cells[at++] = fourth;
    cells[at++] = StatisticsTable.layoutKey(layout);
    cells[at++] = weights;
    cells[at++] = hash;
    cells[at] = names;
    return RowFactory.create(cells);
  }
}
