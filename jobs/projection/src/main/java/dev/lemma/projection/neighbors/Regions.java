// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.PivotCells;
import dev.lemma.math.neighbors.PivotReach;
import dev.lemma.math.neighbors.RowBlock;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Regions of the space of rows, each what is nearest to a pivot. Points are numbered region after
 * region, so that near rows mostly share a tile and need not be sent to each other. The pivots are
 * rows drawn by their hashes, each as far as can be from those before it: the regions do not depend
 * on how the input is divided.
 *
 * @param metric by which pivots are near
 * @param dimension d
 * @param pivots n x d; empty where all rows are one region
 * @param starts n + 1 estimated shares of all rows that lie in lower regions, from 0 to 1
 */
@DefaultSerializer(JavaSerializer.class)
record Regions(Metric metric, int dimension, float[] pivots, double[] starts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows that are drawn. */
  static final int SAMPLE = 1024;

  /** Bytes of a packed row beyond which none is drawn: a sample of 4 MiB. */
  static final int LONGEST = 4 << 10;

  /** Rows that a region has at least, on average. */
  private static final int LEAST_REGION = 256;

  /** Rows for each pivot of a sample: they tell how large its region is. */
  private static final int FOR_EACH = 4;

  /** Distinct rows below which one region does. */
  private static final int LEAST_ROWS = 4096;

  /** All rows in one. */
  static Regions whole() {
    return new Regions(Metric.EUCLIDEAN, 0, new float[0], new double[] {0, 1});
  }

  /**
   * Regions of dense rows.
   *
   * @param sample packed rows in the order of their hashes
   * @param rows number of all rows
   */
  static Regions of(Metric metric, int dimension, List<byte[]> sample, long rows) {
    if (dimension == 0 || rows < LEAST_ROWS || sample.size() < SAMPLE) {
      return whole();
    }
    float[] rowsOfSample = new float[sample.size() * dimension];
    for (int i = 0; i < sample.size(); i++) {
      read(sample.get(i), rowsOfSample, i * dimension, dimension);
    }
    RowBlock drawn = RowBlock.dense(rowsOfSample, sample.size(), dimension);
    int count = (int) Math.min(sample.size() / FOR_EACH, rows / LEAST_REGION);
    int[] chosen = chain(metric, drawn, farthest(metric, drawn, count));
    float[] pivots = new float[count * dimension];
    for (int p = 0; p < count; p++) {
      System.arraycopy(rowsOfSample, chosen[p] * dimension, pivots, p * dimension, dimension);
    }
    PivotCells cells = PivotCells.of(metric, pivots, dimension);
    double[] starts = new double[count + 1];
    for (int i = 0; i < sample.size(); i++) {
      starts[cells.cell(rowsOfSample, i * dimension) + 1]++;
    }
    for (int p = 0; p < count; p++) {
      starts[p + 1] = starts[p] + starts[p + 1] / sample.size();
    }
    return new Regions(metric, dimension, pivots, starts);
  }

  /** Rows each of which is as far as can be from those before it: one in every dense part. */
  private static int[] farthest(Metric metric, RowBlock rows, int count) {
    int[] chosen = new int[count];
    double[] apart = new double[rows.size()];
    Arrays.fill(apart, Double.POSITIVE_INFINITY);
    for (int c = 1; c < count; c++) {
      int best = 0;
      for (int i = 0; i < apart.length; i++) {
        apart[i] = Math.min(apart[i], rows.distance(metric, i, rows, chosen[c - 1]));
        best = apart[i] > apart[best] ? i : best;
      }
      chosen[c] = best;
    }
    return chosen;
  }

  /** The same rows, each followed by the nearest of those left: near regions share a tile too. */
  private static int[] chain(Metric metric, RowBlock rows, int[] chosen) {
    for (int c = 1; c < chosen.length; c++) {
      int next = c;
      double least = Double.POSITIVE_INFINITY;
      for (int i = c; i < chosen.length; i++) {
        double distance = rows.distance(metric, chosen[c - 1], rows, chosen[i]);
        if (distance < least) {
          least = distance;
          next = i;
        }
      }
      int swapped = chosen[c];
      chosen[c] = chosen[next];
      chosen[next] = swapped;
    }
    return chosen;
  }

  private static void read(byte[] packed, float[] out, int at, int dimension) {
    ByteBuffer bytes = ByteBuffer.wrap(packed).position(PackedPoint.HEAD);
    for (int j = 0; j < dimension; j++) {
      out[at + j] = bytes.getFloat();
    }
  }

  /** Number of regions. */
  int count() {
    return starts.length - 1;
  }

  /** What tells the region of a row; of more than one region. */
  PivotCells cells() {
    return PivotCells.of(metric, pivots, dimension);
  }

  /** What tells in which regions the neighbours of a row can lie; of more than one region. */
  PivotReach reach(double radius) {
    return PivotReach.of(metric, pivots, dimension, radius);
  }

  /** The regions that points of a tile can belong to: region r is bit r mod 64 of long r / 64. */
  long[] of(int tile, int tiles) {
    long[] set = new long[count() + Long.SIZE - 1 >> 6];
    for (int region = 0; region < count(); region++) {
      if (tile(region, 0, tiles) <= tile && tile <= tile(region, -1, tiles)) {
        set[region >> 6] |= 1L << region;
      }
    }
    return set;
  }

  /**
   * The tile of a row: one for a whole region that is smaller than a tile, otherwise by the hash.
   *
   * @return ascends with region and hash
   */
  int tile(int region, long hash, int tiles) {
    if (count() == 1) {
      return Leaves.rangeOf(hash, tiles);
    }
    double share = starts[region + 1] - starts[region];
    double within = share * tiles < 1 ? 0.5 : (hash >>> 11) * 0x1p-53;
    return (int) Math.min(tiles - 1, (starts[region] + share * within) * tiles);
  }
}
