// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.lowrank.RowSweeps;
import java.io.Serializable;

/** A block of W on its way to the tasks; Kryo knows no array of arrays that it was not told of. */
@DefaultSerializer(JavaSerializer.class)
final class ShippedBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows of W, each times the factor of its column of A; none where W is the Gaussians. */
  final double[][] rows;

  /** Means of the columns of A, or none. */
  final double[] means;

  /** Factors of the columns of A, or none. */
  final double[] factors;

  ShippedBlock(double[][] rows, double[] means, double[] factors) {
    this.rows = rows;
    this.means = means;
    this.factors = factors;
  }

  /** What the means contribute to each entry of W, added up. */
  void addShift(double[] shift) {
    for (int j = 0; j < means.length; j++) {
      if (means[j] != 0) {
        RowSweeps.addOne(shift, means[j], rows[j]);
      }
    }
  }
}
