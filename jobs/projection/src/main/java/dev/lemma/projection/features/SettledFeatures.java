// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.features.MedianRule;
import dev.lemma.math.features.PairMeasures;
import dev.lemma.math.linalg.Precision;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All that was settled before the first row is mapped.
 *
 * @param specification which features
 * @param medianPairs number of pairs that the bandwidth is the median of, 0 where it was given
 */
record SettledFeatures(FeatureSpecification specification, int medianPairs) {
  /** Pairs whose median distance is the bandwidth: it then varies by some percent at most. */
  static final int MEDIAN_PAIRS = 1000;

  /**
   * Settles the bandwidth; where the median rule is to find it, counts the rows and samples pairs.
   *
   * @param id the id column, if there is one
   * @throws LemmaException (code 3) if no two sampled rows differ
   */
  static SettledFeatures of(
      FeatureWish wish,
      Features columns,
      Dataset<Row> rows,
      Optional<String> id,
      Precision precision) {
    int d = Math.toIntExact(columns.dimension().orElseThrow());
    if (!wish.needsRows()) {
      return atGiven(wish, d, precision);
    }
    long n = rows.count();
    int pairs = PairSample.affordable(Math.min(MEDIAN_PAIRS, Math.max(1, n / 2)), d, 0, precision);
    RowReader reader = RowReader.of(columns, precision);
    List<PairMeasures> measures =
        new PairSample(rows, columns, reader, id, precision, wish.seed()).measures(n, pairs);
    double bandwidth =
        MedianRule.bandwidth(wish.unitKernel(), d, measures)
            .orElseThrow(() -> noDistance(measures.size()));
    return new SettledFeatures(
        new FeatureSpecification(wish.at(bandwidth, d), precision), measures.size());
  }

  /** Settles without a look at rows: where the median rule is to find it, the bandwidth is 1. */
  static SettledFeatures unseen(FeatureWish wish, int d, Precision precision) {
    return wish.needsRows()
        ? new SettledFeatures(new FeatureSpecification(wish.at(1, d), precision), 0)
        : atGiven(wish, d, precision);
  }

  private static SettledFeatures atGiven(FeatureWish wish, int d, Precision precision) {
    double bandwidth =
        wish.bandwidth()
            .orElseGet(() -> MedianRule.bandwidth(wish.unitKernel(), d, List.of()).orElseThrow());
    return new SettledFeatures(new FeatureSpecification(wish.at(bandwidth, d), precision), 0);
  }

  private static LemmaException noDistance(int pairs) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "bandwidth",
            "the median rule found no two different rows",
            pairs + " sampled pairs, none of different rows",
            "at least one",
            "set bandwidth to a number, or check the input"));
  }
}
