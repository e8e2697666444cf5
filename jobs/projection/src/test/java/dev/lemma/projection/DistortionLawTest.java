// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.io.Source;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.PairDistortion;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variance laws of projection.md 4.1 on real text: the 117,000 glosses of WordNet. */
class DistortionLawTest {
  private static final int K = 512;
  private static final int PAIRS = 10_000;
  private static final TextSpec WORDS =
      new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE);
  private static final Features.TextColumn GLOSS = new Features.TextColumn("gloss", WORDS);
  private static Dataset<Row> glosses;

  @BeforeAll
  static void read() {
    InputConfig wordnet =
        new InputConfig(
            "parquet", Optional.empty(), Optional.empty(), Optional.of("wordnet"), Map.of());
    glosses = Source.read(Samples.SPARK, wordnet).select("id", "gloss").persist();
  }

  @AfterAll
  static void release() {
    glosses.unpersist();
  }

  private record Spread(double standardised, double seen, double predicted, double gaussian) {}

  private static Spread spread(ProjectionSpec matrix) {
    Specification specification =
        new Specification(matrix, Precision.FLOAT, Optional.of(WORDS), Optional.empty());
    Settled settled = new Settled(specification, Optional.empty(), "");
    // Some pairs differ in fewer than two features and are left out below.
    int drawn = PAIRS + PAIRS / 10;
    List<PairDistortion> pairs =
        DistortionSample.draw(
                glosses,
                GLOSS,
                settled.reader(Samples.SPARK, GLOSS),
                Optional.of("id"),
                specification,
                117_791,
                drawn)
            .pairs()
            .stream()
            .filter(pair -> pair.nonzeros() >= 2)
            .limit(PAIRS)
            .toList();
    assertThat(pairs).hasSize(PAIRS);
    Projection projection = Projection.of(matrix);
    double standardised = 0;
    double seen = 0;
    double predicted = 0;
    double gaussian = 0;
    for (PairDistortion pair : pairs) {
      double square = (pair.ratio() - 1) * (pair.ratio() - 1);
      standardised += square / (2 * (1 - pair.q4()) / matrix.k());
      seen += square;
      predicted += projection.squaredNormVariance(pair.q4());
      gaussian += 2.0 / matrix.k();
    }
    return new Spread(
        Math.sqrt(standardised / PAIRS),
        Math.sqrt(seen / PAIRS),
        Math.sqrt(predicted / PAIRS),
        Math.sqrt(gaussian / PAIRS));
  }

  /**
   * Root mean square of 10,000 standardised ratios. The pairs are disjoint but share one matrix, in
   * which frequent words meet or do not: over 40 seeds the root mean square was 1.00 with a
   * standard deviation of 0.0145 for 16 signs a feature and 1.01 with 0.0385 for 4. The bounds are
   * more than 3 of them for each seed; the very sparse family misses them by a factor of 3.
   */
  @ParameterizedTest
  @CsvSource({
    "16, 0, 0.95, 1.05", "16, 1, 0.95, 1.05", "16, 2, 0.95, 1.05",
    "4, 0, 0.88, 1.13", "4, 1, 0.88, 1.13", "4, 2, 0.88, 1.13"
  })
  void sparseSignSpreadsAsItsLawSays(int nonzeros, long seed, double low, double high) {
    Spread spread =
        spread(new ProjectionSpec(Family.SPARSE_SIGN, seed, K, OptionalLong.empty(), nonzeros, 0));
    assertThat(spread.standardised()).isBetween(low, high);
  }

  /**
   * Variance (2 + (1/density - 3) q4) / k: on short texts far above that of signs. All pairs share
   * one matrix, in which a frequent word has two or three entries or none: one seed's spread lies
   * some tenths off the law.
   */
  @Test
  void verySparseIsWorseAsItsLawSays() {
    long vocabulary = Vocabulary.size(glosses, GLOSS);
    Spread spread =
        spread(
            new ProjectionSpec(
                Family.VERY_SPARSE, 0, K, OptionalLong.empty(), 0, 1 / Math.sqrt(vocabulary)));
    System.out.printf(
        "very-sparse on glosses, %,d words: spread %.4f seen, %.4f predicted, %.4f Gaussian%n",
        vocabulary, spread.seen(), spread.predicted(), spread.gaussian());
    assertThat(vocabulary).isEqualTo(55_460);
    assertThat(spread.predicted()).isGreaterThan(3 * spread.gaussian());
    assertThat(spread.seen() / spread.predicted()).isBetween(0.75, 1.25);
    assertThat(spread.standardised()).isGreaterThan(2);
  }
}
