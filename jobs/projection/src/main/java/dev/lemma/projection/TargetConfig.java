// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Key;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.Guarantee;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a projection is asked to keep, and the matrix that shall keep it.
 *
 * @param guarantee of which distances
 * @param eps tolerated relative change
 * @param distance whether eps speaks of squared distances
 * @param delta probability that the guarantee fails
 * @param share expected share of pairs within eps
 * @param rows number of rows
 * @param queries number of queries
 * @param k output dimension
 * @param d input dimension
 * @param family law of the matrix
 * @param nonzeros entries per feature of sparse-sign
 * @param density share of non-zero entries of very-sparse
 */
public record TargetConfig(
    @Key(doc = "Which distances stay within eps", fallback = "share") GuaranteeKind guarantee,
    @Key(doc = "Tolerated relative change of distances, above 0 and below 1", fallback = "0.2")
        double eps,
    @Key(doc = "Whether eps speaks of squared or of plain distances", fallback = "squared")
        DistanceScale distance,
    @Key(doc = "Probability that the guarantee fails", fallback = "0.01") double delta,
    @Key(doc = "Expected share of pairs within eps (guarantee = share)", fallback = "0.99")
        double share,
    @Key(doc = "Number of rows that the guarantee speaks of; unset: they are counted")
        OptionalLong rows,
    @Key(doc = "Number of queries (guarantee = queries)", fallback = "1000") long queries,
    @Key(
            doc = "Output dimension; auto: the smallest that keeps the guarantee",
            fallback = "auto",
            type = "auto | N")
        TargetDimension k,
    @Key(doc = "Input dimension; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc = "Law of the matrix; auto: sign for a known d up to 16384, else sparse-sign",
            fallback = "auto")
        FamilyChoice family,
    @Key(doc = "Non-zero entries for each feature (sparse-sign)", fallback = "4") int nonzeros,
    @Key(doc = "Share of non-zero entries (very-sparse), 0 for 1/sqrt(d)", fallback = "0")
        double density)
    implements Checked {
  /** Checks the range of each component. */
  public TargetConfig {
    inside("eps", eps);
    inside("delta", delta);
    inside("share", share);
    atLeastOne("rows", rows.orElse(1));
    atLeastOne("queries", queries);
    atLeastOne("d", d.orElse(1));
    atLeastOne("nonzeros", nonzeros);
    if (!(density >= 0 && density <= 1)) {
      throw new IllegalArgumentException("density must lie in 0 to 1, found " + density);
    }
  }

  @Override
  public void check(Findings findings) {
    OptionalInt given = k.given();
    if (family == FamilyChoice.SPARSE_SIGN && given.isPresent() && nonzeros > given.getAsInt()) {
      findings.add(
          "nonzeros",
          "more non-zero entries for each feature than outputs (k = " + given.getAsInt() + ")",
          "lower nonzeros or raise k");
    }
    if (rows.isPresent() && rows.getAsLong() < guarantee.leastRows()) {
      findings.add(
          "rows",
          "guarantee = all-pairs speaks of at least 2 rows",
          "raise rows, or use another guarantee");
    }
  }

  /**
   * The guarantee asked for.
   *
   * @param counted counts the rows, where their number matters and is not configured
   */
  public Guarantee guarantee(LongSupplier counted) {
    return guarantee.of(
        share, queries, () -> rows.isPresent() ? rows.getAsLong() : counted.getAsLong());
  }

  private static void inside(String key, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(key + " must lie above 0 and below 1, found " + value);
    }
  }

  private static void atLeastOne(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " must be at least 1, found " + value);
    }
  }
}
