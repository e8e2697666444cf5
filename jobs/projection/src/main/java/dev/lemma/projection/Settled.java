// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.FrequencyCount;
import dev.lemma.kit.data.FrequencyTable;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.DocumentFrequencyCounter;
import dev.lemma.math.text.Weighting;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * All that was settled before the first row is projected.
 *
 * @param specification where rows land
 * @param frequencies what tf-idf weighs by; empty without it
 * @param note what the user should know of the choice, or empty
 */
record Settled(
    Specification specification, Optional<DocumentFrequencies> frequencies, String note) {

  /** Settles the matrix, and for tf-idf counts document frequencies in one pass. */
  static Settled of(Fitting.Wish wish, Features features, Dataset<Row> rows, Precision precision) {
    return of(wish, features, rows, precision, column -> FrequencyCount.of(rows, column));
  }

  /**
   * Settles the matrix as {@link #of(Fitting.Wish, Features, Dataset, Precision)} does, with no
   * document frequencies at all: for a dry run, which does not read the data for them.
   */
  static Settled uncounted(
      Fitting.Wish wish, Features features, Dataset<Row> rows, Precision precision) {
    return of(wish, features, rows, precision, column -> new DocumentFrequencyCounter().freeze());
  }

  private static Settled of(
      Fitting.Wish wish,
      Features features,
      Dataset<Row> rows,
      Precision precision,
      Function<Features.TextColumn, DocumentFrequencies> counter) {
    Optional<Features.TextColumn> text =
        features instanceof Features.TextColumn column ? Optional.of(column) : Optional.empty();
    Fitting fitting =
        Fitting.of(
            wish,
            features.dimension(),
            rows::count,
            () -> Vocabulary.size(rows, text.orElseThrow()));
    Optional<DocumentFrequencies> frequencies =
        text.filter(column -> column.spec().weighting() == Weighting.TF_IDF).map(counter);
    Specification specification =
        new Specification(
            fitting.matrix(),
            precision,
            text.map(Features.TextColumn::spec),
            frequencies.map(Specification::hash));
    return new Settled(specification, frequencies, fitting.note());
  }

  /**
   * Reads the features as the specification wants them; broadcasts the frequencies if there are
   * any.
   */
  RowReader reader(SparkSession spark, Features features) {
    Optional<Broadcast<FrequencyTable>> shared =
        frequencies.map(
            counts ->
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .broadcast(new FrequencyTable(counts)));
    return RowReader.of(features, specification.precision(), shared);
  }
}
