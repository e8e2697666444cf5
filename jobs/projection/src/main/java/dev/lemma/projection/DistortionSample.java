// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.apache.spark.sql.functions.col;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowPair;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowSampler;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.PairDistortion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Disjoint pairs of rows with what the projection did to them. Drawn by row key: the same pairs for
 * every partitioning. One pass over the id and the features, in which only sampled rows are
 * projected. Sampled rows whose projection overflows are left out, as they are of the output, so
 * that there can be fewer pairs than were asked for.
 *
 * @param pairs the pairs
 * @param repeatedIds how many of the sampled rows repeat the key of another
 * @param sampled number of rows drawn
 */
record DistortionSample(List<PairDistortion> pairs, long repeatedIds, long sampled) {
  /** Most memory that sampled rows are to take on the driver; of texts the size is estimated. */
  static final long MEMORY = 256L << 20;

  private static final String KEY = "key";
  private static final String ROW = "row";

  /** Bytes of a sampled row with so many non-zero values. */
  static long rowBytes(double nonzeros, int k) {
    return 4 + 16 * (long) Math.ceil(nonzeros) + 8L * k;
  }

  /** The number of pairs that fit into {@link #MEMORY}, at most the number wanted. */
  static int affordable(int wanted, double nonzeros, int k) {
    return (int) Math.max(1, Math.min(wanted, MEMORY / (2 * rowBytes(nonzeros, k))));
  }

  /**
   * Draws the pairs.
   *
   * @param rows the input
   * @param id the id column, or empty: the features are the key
   * @param n number of rows that can be projected
   * @param pairs how many pairs, at least 1
   */
  static DistortionSample draw(
      Dataset<Row> rows,
      Features features,
      RowReader reader,
      Optional<String> id,
      Specification specification,
      long n,
      int pairs) {
    Column packed =
        PlanCall.of(new SampledRow(specification, reader), "pack", DataTypes.BinaryType)
            .on(features.value());
    Dataset<Row> keyed =
        rows.filter(RowScreen.reason(features, reader).isNull())
            .select(RowKeys.column(rows, id, features.columns()).as(KEY), packed.as(ROW));
    // Rows whose projection overflows are not in the output. They are few, and show only now.
    List<Row> sample =
        RowSampler.of("pairs", specification.matrix().seed())
            .sample(keyed, col(KEY), n, 2 * pairs)
            .stream()
            .filter(row -> row.getAs(ROW) != null)
            .toList();
    List<PairDistortion> distortions = new ArrayList<>(pairs);
    SparseRow a = new SparseRow();
    SparseRow b = new SparseRow();
    for (RowPair pair : RowSampler.disjointPairs(sample)) {
      double[] projectedA = SampledRow.unpack(pair.first().getAs(ROW), a);
      double[] projectedB = SampledRow.unpack(pair.second().getAs(ROW), b);
      distortions.add(PairDistortion.of(a, b, projectedA, projectedB));
    }
    Set<Object> keys = new HashSet<>();
    sample.forEach(row -> keys.add(RowKeys.of(row.getStruct(row.fieldIndex(KEY)))));
    return new DistortionSample(distortions, sample.size() - keys.size(), sample.size());
  }
}
