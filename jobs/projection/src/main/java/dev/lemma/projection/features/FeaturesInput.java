// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.RunMode;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.KeptColumns;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What {@code features} has in hand before it maps rows.
 *
 * @param rows the input
 * @param columns where a row's numbers are
 * @param settled the features, settled for these rows or loaded
 * @param kept columns that travel to the output
 */
record FeaturesInput(
    Dataset<Row> rows, Features columns, SettledFeatures settled, List<String> kept) {
  /** Column that the features are written to. */
  static final String RESULT = "random_features";

  /** Opens the input and settles the features; reads rows where the median rule needs them. */
  static FeaturesInput open(FeaturesConfig config, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), config.input());
    List<String> kept = KeptColumns.of(config.columns(), config.output(), rows, RESULT);
    if (config.spec().isPresent()) {
      FeatureSpecification specification = load(config.spec().get());
      Features columns =
          FeatureColumns.resolve(
              rows,
              config.columns(),
              "spec",
              OptionalLong.of(specification.map().d()),
              Optional.empty());
      return new FeaturesInput(rows, columns, new SettledFeatures(specification, 0), kept);
    }
    Features columns =
        FeatureColumns.resolve(rows, config.columns(), config.map().d(), Optional.empty());
    Precision precision = config.run().precision();
    FeatureWish wish = config.map().wish(config.run().seed());
    SettledFeatures settled =
        run.mode() == RunMode.RUN
            ? SettledFeatures.of(wish, columns, rows, config.columns().id(), precision)
            : SettledFeatures.unseen(
                wish, Math.toIntExact(columns.dimension().orElseThrow()), precision);
    return new FeaturesInput(rows, columns, settled, kept);
  }

  private static FeatureSpecification load(String spec) {
    String path = new Path(new Path(spec, "_lemma"), "model").toString();
    try {
      return RandomFeaturesModel.load(path).specification();
    } catch (LemmaException e) {
      throw e;
    } catch (Exception e) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "spec",
              "no specification can be read there",
              spec,
              "the output.path of an earlier run of features",
              "check the path, or leave spec out to make a new space"),
          e);
    }
  }

  /** Reads the rows' numbers. */
  RowReader reader() {
    return RowReader.of(columns, settled.specification().precision());
  }

  /** The step that maps the good rows. */
  RowFeatures features(FeaturesConfig config, RowReader reader) {
    return new RowFeatures(
        settled.specification(),
        columns,
        reader,
        OutputType.ARRAY,
        config.run().onBadRow() == BadRows.FAIL ? OnBadRow.THROW : OnBadRow.NULL);
  }
}
