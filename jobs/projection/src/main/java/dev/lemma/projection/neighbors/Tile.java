// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.neighbors.HashFamily;
import dev.lemma.math.neighbors.RowBlock;
import java.io.Serializable;

/**
 * The distinct rows (points) of a range of hashes, in ascending order of their bytes, and the rows
 * that have them. Dense points are n x d floats; sparse ones lie behind one another with ids.
 *
 * @param dimension d, or 0 for sparse points
 * @param size n
 * @param values of all points
 * @param starts n + 1 places of the first entry of each sparse point; null for dense ones
 * @param features ids of the entries; null for dense points
 * @param hashes 2 n halves of the points' hashes
 * @param pointOf point of each row, ascending; empty in a tile that was sent for its points
 * @param ids of the rows
 */
@DefaultSerializer(JavaSerializer.class)
record Tile(
    int dimension,
    int size,
    float[] values,
    int[] starts,
    long[] features,
    long[] hashes,
    int[] pointOf,
    Object[] ids)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The points as the mathematics wants them. */
  RowBlock block() {
    return dimension > 0
        ? RowBlock.dense(values, size, dimension)
        : RowBlock.sparse(starts, features, values);
  }

  /** The points alone. */
  Tile points() {
    return new Tile(
        dimension, size, values, starts, features, new long[0], new int[0], new Object[0]);
  }

  /** Some of the points alone, in the order asked for. */
  Tile points(int[] chosen) {
    if (dimension > 0) {
      float[] some = new float[Math.multiplyExact(chosen.length, dimension)];
      for (int i = 0; i < chosen.length; i++) {
        System.arraycopy(values, chosen[i] * dimension, some, i * dimension, dimension);
      }
      return new Tile(
          dimension, chosen.length, some, null, null, new long[0], new int[0], new Object[0]);
    }
    int[] places = new int[chosen.length + 1];
    for (int i = 0; i < chosen.length; i++) {
      places[i + 1] = places[i] + starts[chosen[i] + 1] - starts[chosen[i]];
    }
    float[] some = new float[places[chosen.length]];
    long[] which = new long[places[chosen.length]];
    for (int i = 0; i < chosen.length; i++) {
      int length = places[i + 1] - places[i];
      System.arraycopy(values, starts[chosen[i]], some, places[i], length);
      System.arraycopy(features, starts[chosen[i]], which, places[i], length);
    }
    return new Tile(0, chosen.length, some, places, which, new long[0], new int[0], new Object[0]);
  }

  /** The ids of the rows of all points. */
  Names names() {
    int[] starts = new int[size + 1];
    for (int point : pointOf) {
      starts[point + 1]++;
    }
    for (int i = 0; i < size; i++) {
      starts[i + 1] += starts[i];
    }
    return new Names(starts, ids);
  }

  /** The ids of at most so many rows of each of some points, in the order asked for. */
  Names names(int[] chosen, int most) {
    Names all = names();
    int[] starts = new int[chosen.length + 1];
    for (int i = 0; i < chosen.length; i++) {
      starts[i + 1] = starts[i] + Math.min(most, all.count(chosen[i]));
    }
    Object[] some = new Object[starts[chosen.length]];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(ids, all.starts()[chosen[i]], some, starts[i], starts[i + 1] - starts[i]);
    }
    return new Names(starts, some);
  }

  /** Fills a buffer with a point's non-zero entries. */
  void read(int point, SparseRow out) {
    out.clear();
    if (dimension > 0) {
      for (int j = 0; j < dimension; j++) {
        float value = values[point * dimension + j];
        if (value != 0) {
          out.append(j, value);
        }
      }
      return;
    }
    for (int e = starts[point]; e < starts[point + 1]; e++) {
      out.append(features[e], values[e]);
    }
  }

  /** The signatures of all points, n x words. */
  long[] signatures(HashFamily family) {
    int words = family.spec().words();
    long[] out = new long[Math.multiplyExact(size, words)];
    if (dimension > 0) {
      family.hashRows(values, size, out);
      return out;
    }
    SparseRow row = new SparseRow();
    for (int i = 0; i < size; i++) {
      read(i, row);
      family.hash(row, out, i * words);
    }
    return out;
  }

  /** The keys of the buckets in which all points are looked up: n x L x (1 + probes). */
  long[] probes(HashFamily family, int probes) {
    int each = family.spec().tables() * (1 + probes);
    long[] keys = new long[Math.multiplyExact(size, each)];
    if (dimension > 0) {
      family.probeKeysRows(values, size, probes, keys);
      return keys;
    }
    SparseRow row = new SparseRow();
    for (int i = 0; i < size; i++) {
      read(i, row);
      family.probeKeys(row, probes, keys, i * each);
    }
    return keys;
  }
}
