// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.sampling.glm.AugmentationKernel;
import dev.lemma.math.sampling.glm.GlmBlock;
import dev.lemma.math.sampling.glm.Likelihood;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Turns stored rows into leaves of primitive numbers; what of {@link ModelRows} travels to tasks.
 *
 * @param reader reads the features
 * @param isVector whether they are a vector, and no array
 * @param hasWeight whether there is a weight column
 * @param features d
 * @param constants 1 where a constant stands before the features, else 0
 * @param keyed whether leaves keep the keys of their rows
 * @param likelihood what labels mean
 * @param classes K, or {@code Integer.MAX_VALUE} while it is not known
 */
record LeafReader(
    RowReader reader,
    boolean isVector,
    boolean hasWeight,
    int features,
    int constants,
    boolean keyed,
    Likelihood likelihood,
    int classes)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int VECTOR_FIELDS = 4;

  /** Rows of a leaf of {@code kernel = fast}, where no shuffle makes them. */
  private static final int ROWS = 32_768;

  /** The leaves of rows that have a leaf column and are sorted by it. */
  Iterator<RowLeaf> leaves(Iterator<InternalRow> rows) {
    List<RowLeaf> leaves = new ArrayList<>();
    Open open = null;
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      long leaf = row.getInt(ModelRows.LEAF);
      if (open == null || open.index != leaf) {
        if (open != null) {
          leaves.add(open.close());
        }
        open = new Open(leaf);
      }
      open.add(row);
    }
    if (open != null) {
      leaves.add(open.close());
    }
    return leaves.iterator();
  }

  /** The leaves of a partition where rows lie as they came. */
  Iterator<RowLeaf> chunks(int partition, Iterator<InternalRow> rows) {
    List<RowLeaf> leaves = new ArrayList<>();
    long index = (long) partition << 32;
    Open open = new Open(index);
    while (rows.hasNext()) {
      if (open.rows == ROWS) {
        leaves.add(open.close());
        open = new Open(++index);
      }
      open.add(rows.next());
    }
    leaves.add(open.close());
    return leaves.iterator();
  }

  /** A leaf that takes rows. */
  private final class Open {
    private final long index;
    private final int width = features + constants;
    private final LeafTally tally = new LeafTally();
    private final FeatureBuffer buffer = new FeatureBuffer();
    private double[] x = new double[64 * width];
    private double[] labels = new double[64];
    private double[] weights = new double[64];
    private int rows;
    private long[] keys = new long[64];
    private int[] numbers = new int[64];
    private boolean any;
    private int number;
    private long first;
    private long second;

    Open(long index) {
      this.index = index;
    }

    void add(InternalRow row) {
      BadRow reason = read(row);
      tally.add(reason);
      if (reason != BadRow.NONE) {
        return;
      }
      InternalRow key = row.getStruct(ModelRows.KEY, 2);
      boolean again = any && key.getLong(0) == first && key.getLong(1) == second;
      tally.repeats += again ? 1 : 0;
      number = again ? number + 1 : 0;
      any = true;
      first = key.getLong(0);
      second = key.getLong(1);
      if (keyed) {
        if (rows > keys.length) {
          keys = Arrays.copyOf(keys, labels.length);
          numbers = Arrays.copyOf(numbers, labels.length);
        }
        keys[rows - 1] = first;
        numbers[rows - 1] = number;
      }
    }

    private BadRow read(InternalRow row) {
      BadRow reason = reader.read(value(row), buffer);
      if (reason != BadRow.NONE) {
        return reason;
      }
      double label = row.isNullAt(ModelRows.LABEL) ? Double.NaN : row.getDouble(ModelRows.LABEL);
      if (!(Math.abs(label) <= Double.MAX_VALUE)) {
        return BadRow.NO_LABEL;
      }
      double weight = 1;
      if (hasWeight) {
        weight = row.isNullAt(ModelRows.WEIGHT) ? Double.NaN : row.getDouble(ModelRows.WEIGHT);
        if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
          return BadRow.NO_WEIGHT;
        }
        if (weight < 0) {
          return BadRow.NEGATIVE_WEIGHT;
        }
      }
      append(buffer.denseDoubles(features), label, weight);
      return BadRow.NONE;
    }

    private Object value(InternalRow row) {
      if (row.isNullAt(ModelRows.VALUE)) {
        return null;
      }
      return isVector
          ? row.getStruct(ModelRows.VALUE, VECTOR_FIELDS)
          : row.getArray(ModelRows.VALUE);
    }

    private void append(double[] values, double label, double weight) {
      if (rows == labels.length) {
        int more = Math.toIntExact(rows + (rows >> 1) + 1L);
        x = Arrays.copyOf(x, Math.multiplyExact(more, width));
        labels = Arrays.copyOf(labels, more);
        weights = Arrays.copyOf(weights, more);
      }
      int at = rows * width;
      if (constants == 1) {
        x[at] = 1;
      }
      System.arraycopy(values, 0, x, at + constants, features);
      labels[rows] = label;
      weights[rows] = weight;
      rows++;
      tally.strangeLabels += likelihood.accepts(label, classes) ? 0 : 1;
      tally.unevenWeights += AugmentationKernel.accepts(weight) ? 0 : 1;
      tally.largestLabel = Math.max(tally.largestLabel, label);
      tally.fingerprint += hash(values, label, weight);
    }

    private long hash(double[] values, double label, double weight) {
      long hash = mix(mix(Double.doubleToLongBits(label)) ^ Double.doubleToLongBits(weight));
      for (int j = 0; j < features; j++) {
        // -0.0 and 0.0 are one number.
        hash = mix(hash ^ Double.doubleToLongBits(values[j] + 0.0));
      }
      return hash;
    }

    /** The finaliser of splitmix64: one-to-one, every bit of the result depends on all. */
    private static long mix(long bits) {
      long z = bits + 0x9E3779B97F4A7C15L;
      z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      return z ^ z >>> 31;
    }

    RowLeaf close() {
      GlmBlock block =
          GlmBlock.of(
              width,
              Arrays.copyOf(x, rows * width),
              Arrays.copyOf(labels, rows),
              hasWeight ? Arrays.copyOf(weights, rows) : new double[0]);
      return new RowLeaf(
          index,
          block,
          Arrays.copyOf(keys, keyed ? rows : 0),
          Arrays.copyOf(numbers, keyed ? rows : 0),
          tally);
    }
  }
}
