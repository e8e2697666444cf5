// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.lowrank.GaussianBasis;
import dev.lemma.math.lowrank.PassPlan.Columns;
import dev.lemma.math.lowrank.PassPlan.Products;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a pass in blocks sums: for each row a of A, y = (a W - s) T; see {@code PassPlan}. W comes
 * block by block, each a broadcast of its own that tasks hold only while they multiply by it.
 */
@DefaultSerializer(JavaSerializer.class)
final class BlockPlan implements Serializable {
  private static final long serialVersionUID = 1L;
  static final double[][] IDENTITY = {};

  final ColumnBlocks blocks;
  final double[] shift;
  final double[][] transform;
  final Products products;
  final Columns columns;

  /** Sum of the squares of what zeros of A become by the preparation. */
  final double zeros;

  private final GaussianBasis start;
  private final List<Broadcast<ShippedBlock>> shipped;

  /**
   * @param start W, where it is the Gaussians
   * @param shipped blocks of W, or of the moments alone; none where nothing is known yet
   */
  BlockPlan(
      ColumnBlocks blocks,
      Optional<GaussianBasis> start,
      List<Broadcast<ShippedBlock>> shipped,
      double[] shift,
      double[][] transform,
      Products products,
      Columns columns,
      double zeros) {
    this.blocks = blocks;
    this.start = start.orElse(null);
    this.shipped = shipped;
    this.shift = shift;
    this.transform = transform;
    this.products = products;
    this.columns = columns;
    this.zeros = zeros;
  }

  /** Number of entries of y. */
  int width() {
    return transform.length == 0 ? shift.length : transform[0].length;
  }

  /** A block of W with its moments, for one thread. */
  Opened open(int block) {
    return new Opened(block);
  }

  /** A block in use. */
  final class Opened {
    final double[] means;
    final double[] factors;
    private final double[][] rows;
    private final int from;

    private Opened(int block) {
      ShippedBlock found = shipped.isEmpty() ? null : shipped.get(block).value();
      means = found == null ? new double[0] : found.means;
      factors = found == null ? new double[0] : found.factors;
      rows = start == null ? found.rows : new double[blocks.size(block)][];
      from = blocks.from(block);
    }

    /** The row of W of a column of A. */
    double[] row(int column) {
      double[] row = rows[column - from];
      if (row == null) {
        row = start.row(column);
        rows[column - from] = row;
      }
      return row;
    }
  }
}
