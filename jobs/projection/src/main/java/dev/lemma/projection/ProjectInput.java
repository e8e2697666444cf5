// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.kit.run.RunMode;
import dev.lemma.math.linalg.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;

/**
 * What {@code project} has in hand before it projects.
 *
 * @param rows the input
 * @param features where its features are
 * @param settled the matrix, settled for these rows or loaded
 * @param kept columns that travel to the output
 */
record ProjectInput(Dataset<Row> rows, Features features, Settled settled, List<String> kept) {
  /** Column that a projection is written to. */
  static final String PROJECTED = "projected";

  /** Column that rows taken back are written to. */
  static final String BACK_PROJECTED = "back_projected";

  /** Opens the input and settles the matrix; counts rows or texts where the choice needs it. */
  static ProjectInput open(ProjectConfig config, Run run) {
    SparkSession spark = run.spark();
    Dataset<Row> rows = Source.read(spark, config.input());
    List<String> kept =
        KeptColumns.of(config.columns(), config.output(), rows, outputColumn(config));
    if (config.spec().isEmpty()) {
      Features features =
          FeatureColumns.resolve(
              rows, config.columns(), config.target().d(), Optional.of(config.text().spec()));
      Precision precision = config.run().precision();
      Settled settled =
          run.mode() == RunMode.RUN
              ? Settled.of(wish(config), features, rows, precision)
              : Settled.uncounted(wish(config), features, rows, precision);
      return new ProjectInput(rows, features, settled, kept);
    }
    Settled settled = load(config.spec().get());
    Specification specification = settled.specification();
    boolean back = isBack(config);
    if (back && specification.matrix().d().isEmpty()) {
      throw refused(
          "spec",
          "a projection of texts has no way back",
          "an open feature space",
          "a known input dimension d",
          "name the output of a projection of vectors");
    }
    OptionalLong d =
        back
            ? OptionalLong.of(specification.matrix().k())
            : isText(rows, config) ? OptionalLong.empty() : specification.matrix().d();
    Features features =
        FeatureColumns.resolve(
            rows,
            config.columns(),
            "spec",
            d,
            back
                ? Optional.empty()
                : Optional.of(specification.text().orElse(config.text().spec())));
    if (features instanceof Features.TextColumn == specification.text().isEmpty() && !back) {
      throw refused(
          "columns.features",
          "the specification at spec is for other features",
          features instanceof Features.TextColumn ? "text" : "numbers",
          specification.text().isPresent() ? "text" : "numbers",
          "name the column that the earlier run projected");
    }
    return new ProjectInput(rows, features, settled, kept);
  }

  /** Texts have no d: one from a specification of vectors must not be held against the column. */
  private static boolean isText(Dataset<Row> rows, ProjectConfig config) {
    List<String> features = config.columns().features();
    return features.size() == 1
        && Arrays.asList(rows.columns()).contains(features.get(0))
        && rows.schema().apply(features.get(0)).dataType() instanceof StringType;
  }

  private static Settled load(String spec) {
    String path = new Path(new Path(spec, "_lemma"), "model").toString();
    try {
      return RandomProjectionModel.load(path).settled();
    } catch (LemmaException e) {
      throw e;
    } catch (Exception e) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "spec",
              "no specification can be read there",
              spec,
              "the output.path of an earlier run of project",
              "check the path, or leave spec out to make a new space"),
          e);
    }
  }

  static Fitting.Wish wish(ProjectConfig config) {
    return Fitting.Wish.of(config.target(), config.run().seed());
  }

  /** Reads the features in this session. */
  RowReader reader() {
    return settled.reader(rows.sparkSession(), features);
  }

  /** The step that projects the good rows. */
  RowProjection projection(ProjectConfig config, RowReader reader) {
    return new RowProjection(
        settled.specification(),
        features,
        reader,
        RowProjection.OutputType.ARRAY,
        isBack(config) ? RowProjection.Way.BACK : RowProjection.Way.FORTH,
        config.run().onBadRow() == BadRows.FAIL
            ? RowProjection.OnBadRow.THROW
            : RowProjection.OnBadRow.NULL);
  }

  /**
   * Tells rows that were never meant for this matrix from a few that are broken.
   *
   * @param counts of the screen's rows
   * @throws LemmaException with code 3 if all rows have one length, and that is not d
   */
  void refuseOtherLength(ProjectConfig config, RowScreen screen, RowCounts counts) {
    RowLengthCheck.refuseOther(features, screen, counts, config.spec(), config.target().d());
  }

  static boolean isBack(ProjectConfig config) {
    return config.direction() == ProjectConfig.Direction.BACK_PROJECT;
  }

  static String outputColumn(ProjectConfig config) {
    return isBack(config) ? BACK_PROJECTED : PROJECTED;
  }

  private static LemmaException refused(
      String where, String what, String found, String expected, String remedy) {
    return new LemmaException(ExitCode.INPUT, new Problem(where, what, found, expected, remedy));
  }
}
