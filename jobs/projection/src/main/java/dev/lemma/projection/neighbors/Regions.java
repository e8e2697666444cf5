// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.PivotCells;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Regions of the space of rows, each what is nearest to a pivot. Points are numbered region after
 * region, so that near rows mostly share a tile and need not be sent to each other. The pivots are
 * rows drawn by their hashes: the regions do not depend on how the input is divided.
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
  static final int SAMPLE = 512;

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
    int count = sample.size() / FOR_EACH;
    float[] pivots = new float[count * dimension];
    for (int p = 0; p < count; p++) {
      read(sample.get(p), pivots, p * dimension, dimension);
    }
    PivotCells cells = PivotCells.of(metric, pivots, dimension);
    double[] starts = new double[count + 1];
    float[] row = new float[dimension];
    for (byte[] packed : sample) {
      read(packed, row, 0, dimension);
      starts[cells.cell(row, 0) + 1]++;
    }
    for (int p = 0; p < count; p++) {
      starts[p + 1] = starts[p] + starts[p + 1] / sample.size();
    }
    return new Regions(metric, dimension, pivots, starts);
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
