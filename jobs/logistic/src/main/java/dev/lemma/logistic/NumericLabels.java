// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.StructField;

/**
 * Classes as Spark ML has them: the label is the class, a whole number from 0. There are as many as
 * the label column's metadata says, or as the largest label needs, and at least two; a class that
 * no row has is absent. What they are called is in the metadata where a {@code StringIndexer} made
 * the column, else the number.
 */
final class NumericLabels implements ClassOrder {
  /** No data set has a class for every row. */
  private static final int MOST = 1 << 24;

  private final String column;
  private final List<String> names;

  private NumericLabels(String column, List<String> names) {
    this.column = column;
    this.names = names;
  }

  /** The labels of this column. */
  static NumericLabels of(StructField column) {
    Attribute attribute = Attribute.fromStructField(column);
    List<String> names = List.of();
    if (attribute instanceof NominalAttribute nominal) {
      names =
          nominal.values().isDefined()
              ? List.of(nominal.values().get())
              : numbers(nominal.numValues().isDefined() ? (int) nominal.numValues().get() : 0);
    } else if (attribute instanceof BinaryAttribute binary && binary.values().isDefined()) {
      names = List.of(binary.values().get());
    }
    return new NumericLabels(column.name(), names);
  }

  private static List<String> numbers(int count) {
    List<String> numbers = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      numbers.add(Integer.toString(k));
    }
    return numbers;
  }

  @Override
  public List<String> labels(List<String> found) {
    int count = Math.max(2, names.size());
    for (String name : found) {
      count = Math.max(count, number(name) + 1);
    }
    return numbers(count);
  }

  @Override
  public List<String> names(List<String> found) {
    List<String> numbers = labels(found);
    List<String> all = new ArrayList<>(names);
    all.addAll(numbers.subList(names.size(), numbers.size()));
    return all;
  }

  private int number(String name) {
    try {
      int number = Integer.parseInt(name);
      if (number >= 0 && number < MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "labelCol = " + column,
            "a label is no class",
            "a number that is negative, fractional or too large",
            "0, 1, ..., K - 1",
            "index the labels first, as StringIndexer does"));
  }
}
