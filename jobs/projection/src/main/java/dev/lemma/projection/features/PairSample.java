// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import static org.apache.spark.sql.functions.col;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.data.RowKeys;
import dev.lemma.kit.data.RowPair;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowSampler;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.PairEstimate;
import dev.lemma.math.features.PairMeasures;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Disjoint pairs of rows, drawn by row key: the same pairs for every partitioning. One pass over
 * the id and the features, in which only sampled rows are mapped.
 *
 * @param rows the input
 * @param columns where a row's numbers are
 * @param reader reads them
 * @param id the id column, or empty: the features are the key
 * @param precision as rows are read
 * @param seed key of the sample
 */
record PairSample(
    Dataset<Row> rows,
    Features columns,
    RowReader reader,
    Optional<String> id,
    Precision precision,
    long seed) {
  /** Most memory that sampled rows are to take on the driver. */
  static final long MEMORY = 256L << 20;

  private static final String KEY = "key";
  private static final String ROW = "row";

  /** The number of pairs that fit into {@link #MEMORY}, at most the number wanted. */
  static int affordable(long wanted, int d, int k, Precision precision) {
    return (int)
        Math.max(1, Math.min(wanted, MEMORY / (2 * SampledFeatures.rowBytes(d, k, precision))));
  }

  /**
   * What the median rule needs.
   *
   * @param n number of rows
   * @param pairs how many pairs, at least 1
   */
  List<PairMeasures> measures(long n, int pairs) {
    List<PairMeasures> measures = new ArrayList<>(pairs);
    SparseRow a = new SparseRow();
    SparseRow b = new SparseRow();
    for (RowPair pair : draw("bandwidth", Optional.empty(), n, pairs)) {
      SampledFeatures.unpack(pair.first().getAs(ROW), precision, a);
      SampledFeatures.unpack(pair.second().getAs(ROW), precision, b);
      measures.add(PairMeasures.of(a, b));
    }
    return measures;
  }

  /**
   * The kernel of each pair beside its estimate. Sampled rows whose features are not finite are
   * left out, as they are of the output.
   *
   * @param n number of rows
   * @param pairs how many pairs, at least 1
   */
  List<PairEstimate> estimates(FeatureSpec spec, long n, int pairs) {
    List<PairEstimate> estimates = new ArrayList<>(pairs);
    SparseRow a = new SparseRow();
    SparseRow b = new SparseRow();
    for (RowPair pair : draw("kernel-error", Optional.of(spec), n, pairs)) {
      double[] za = SampledFeatures.unpack(pair.first().getAs(ROW), precision, a);
      double[] zb = SampledFeatures.unpack(pair.second().getAs(ROW), precision, b);
      double product = 0;
      for (int i = 0; i < za.length; i++) {
        product += za[i] * zb[i];
      }
      estimates.add(PairEstimate.of(spec, PairMeasures.of(a, b), product));
    }
    return estimates;
  }

  private List<RowPair> draw(String purpose, Optional<FeatureSpec> spec, long n, int pairs) {
    Column packed =
        PlanCall.of(new SampledFeatures(spec, precision, reader), "pack", DataTypes.BinaryType)
            .on(columns.value());
    Dataset<Row> keyed =
        rows.filter(RowScreen.reason(columns, reader).isNull())
            .select(RowKeys.column(rows, id, columns.columns()).as(KEY), packed.as(ROW));
    // Rows without finite features are few, and show only now.
    List<Row> sample =
        RowSampler.of(purpose, seed).sample(keyed, col(KEY), n, 2 * pairs).stream()
            .filter(row -> row.getAs(ROW) != null)
            .toList();
    return RowSampler.disjointPairs(sample);
  }
}
