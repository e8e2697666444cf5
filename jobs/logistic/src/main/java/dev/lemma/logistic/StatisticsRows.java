// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.ScatterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

  /** The row of the fold, then one for each class with rows. */
  List<Row> of(Part part) {
    NamedMoments named = (NamedMoments) part.value;
    ClassMoments moments = named.moments();
    boolean pooled = moments.layout() == ScatterLayout.POOLED;
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(
            part.group,
            moments.layout(),
            null,
            0L,
            0.0,
            0.0,
            null,
            null,
            pooled ? moments.pooledScatter().packed() : null,
            null,
            null,
            features));
    boolean higher = moments.hasHigherMoments();
    List<String> classes = named.classes();
    for (int k = 0; k < classes.size(); k++) {
      if (moments.rows(k) > 0) {
        rows.add(
            row(
                part.group,
                moments.layout(),
                classes.get(k),
                moments.rows(k),
                moments.weight(k),
                moments.squaredWeight(k),
                moments.mean(k),
                moments.meanRemainder(k),
                pooled ? null : moments.scatter(k).packed(),
                higher ? moments.third(k) : null,
                higher ? moments.fourth(k) : null,
                null));
      }
    }
    return rows;
  }

  private Row row(
      Part.Group group,
      ScatterLayout layout,
      String name,
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
