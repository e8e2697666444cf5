// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.logistic.CandidateResult;
import dev.lemma.math.logistic.ClosedFormErrors;
import dev.lemma.math.logistic.ColumnFinding;
import dev.lemma.math.logistic.ErrorBasis;
import dev.lemma.math.logistic.LadderResult;
import dev.lemma.math.logistic.LadderStage;
import dev.lemma.math.logistic.ReliabilityTable;
import dev.lemma.math.logistic.Threshold;
import dev.lemma.math.logistic.ThresholdTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tables beside the coefficients of a fit, at {@code _lemma/tables}. */
final class FitTables {
  /** Parts of the reliability table. */
  static final int PARTS = 20;

  private static final int THRESHOLDS = 1000;

  /** Most features whose covariance of coefficients is written. */
  private static final int COVARIANCE = 500;

  private final FitOutcome outcome;
  private final List<String> classes;
  private final List<String> features;

  FitTables(FitOutcome outcome) {
    this.outcome = outcome;
    this.classes = outcome.fit().specification().classes();
    this.features = outcome.fit().specification().features();
  }

  void write(Run run) {
    write(run, "diagnosis", diagnosis());
    outcome
        .ladder()
        .ifPresent(
            ladder -> {
              write(run, "passes", passes(ladder));
              write(run, "candidates", candidates(ladder));
              write(run, "calibration", calibration(ladder));
            });
    HeldOutScores.of(outcome)
        .ifPresent(
            scores -> {
              write(run, "reliability", reliability(scores));
              if (classes.size() == 2) {
                write(run, "thresholds", thresholds(scores));
              }
            });
    boolean isClosed = outcome.fit().summary().errorKind().equals(Keys.of(ErrorBasis.CLOSED_FORM));
    if (isClosed && classes.size() == 2 && features.size() <= COVARIANCE) {
      outcome.statistics().ifPresent(found -> write(run, "covariance", covariance(found)));
    }
  }

  private static void write(Run run, String name, Columns columns) {
    run.publication().writeTable(name, SlicedTable.of(run.spark(), columns.rows, columns.schema));
  }

  private Columns passes(LadderResult ladder) {
    Columns columns =
        new Columns()
            .whole("pass")
            .text("step")
            .number("log_loss")
            .number("log_loss_error")
            .text("basis")
            .number("decrement")
            .flag("taken");
    for (LadderStage stage : ladder.stages()) {
      columns.row(
          stage.pass(),
          stage.name(),
          stage.heldOutLoss(),
          stage.heldOutError(),
          Keys.of(stage.basis()),
          stage.decrement(),
          stage.taken());
    }
    return columns;
  }

  private static Columns candidates(LadderResult ladder) {
    Columns columns =
        new Columns()
            .text("candidate")
            .text("kind")
            .number("rho")
            .number("blend")
            .number("lambda")
            .number("forecast")
            .number("held_out_loss")
            .number("held_out_error")
            .number("uncalibrated_loss")
            .number("difference")
            .number("difference_error")
            .flag("calibrated")
            .flag("chosen");
    for (CandidateResult one : ladder.candidates()) {
      columns.row(
          one.candidate().name(),
          Keys.of(one.candidate().kind()),
          one.candidate().rho(),
          one.candidate().blend(),
          one.candidate().lambda(),
          one.forecast(),
          one.heldOutLoss(),
          one.heldOutError(),
          one.uncalibratedLoss(),
          one.difference(),
          one.differenceError(),
          one.calibrated(),
          one.chosen());
    }
    return columns;
  }

  private Columns calibration(LadderResult ladder) {
    Columns columns = new Columns().text("class").number("scale").number("offset");
    double[] offsets = ladder.calibration().offsets();
    for (int k = 0; k < offsets.length; k++) {
      columns.row(classes.get(k), ladder.calibration().scale(), offsets[k]);
    }
    return columns;
  }

  private Columns diagnosis() {
    Columns columns =
        new Columns()
            .whole("feature_index")
            .text("feature")
            .text("fault")
            .add("others", DataTypes.createArrayType(DataTypes.StringType, false));
    for (ColumnFinding one : outcome.fit().summary().diagnosis().findings()) {
      columns.row(
          one.column(),
          features.get(one.column()),
          Keys.of(one.fault()),
          one.others().stream().map(features::get).toArray(String[]::new));
    }
    return columns;
  }

  private static Columns reliability(HeldOutScores scores) {
    Columns columns =
        new Columns()
            .number("predicted")
            .number("observed")
            .number("weight")
            .number("effective_rows");
    for (ReliabilityTable.Part part :
        ReliabilityTable.ofEqualWeight(scores.confidence(), PARTS).parts()) {
      columns.row(part.predicted(), part.observed(), part.weight(), part.effectiveRows());
    }
    return columns;
  }

  private static Columns thresholds(HeldOutScores scores) {
    Columns columns =
        new Columns()
            .number("probability")
            .number("logit")
            .number("precision")
            .number("recall")
            .number("false_positive_rate")
            .number("accuracy")
            .number("f1");
    for (Threshold at : ThresholdTable.of(scores.rankings().get(0)).spread(THRESHOLDS)) {
      columns.row(
          at.probability(),
          at.logit(),
          at.precision(),
          at.recall(),
          at.falsePositiveRate(),
          at.accuracy(),
          at.f1());
    }
    return columns;
  }

  /** Of the slopes of the logit, those that were left out apart. */
  private Columns covariance(Statistics statistics) {
    ClosedFormErrors errors =
        ClosedFormErrors.of(statistics.total(), statistics.header().weights().semantics());
    Columns columns = new Columns().text("feature").text("other").number("covariance");
    if (!(statistics.total().weight(0) > 0 && statistics.total().weight(1) > 0)) {
      return columns;
    }
    // A calibration multiplies slopes and so their covariance by its square.
    double scale = outcome.ladder().map(ladder -> ladder.calibration().scale()).orElse(1.0);
    int[] used = errors.columns();
    PackedSymmetric matrix = errors.covariance(new double[] {-1, 1});
    for (int j = 0; j < used.length; j++) {
      for (int i = 0; i <= j; i++) {
        columns.row(features.get(used[i]), features.get(used[j]), scale * scale * matrix.get(i, j));
      }
    }
    return columns;
  }

  /** A small table in the making; a number that is not known is null. */
  private static final class Columns {
    private StructType schema = new StructType();
    private final List<Row> rows = new ArrayList<>();

    Columns text(String name) {
      return add(name, DataTypes.StringType);
    }

    Columns number(String name) {
      return add(name, DataTypes.DoubleType);
    }

    Columns whole(String name) {
      return add(name, DataTypes.IntegerType);
    }

    Columns flag(String name) {
      return add(name, DataTypes.BooleanType);
    }

    Columns add(String name, DataType type) {
      schema = schema.add(name, type, true);
      return this;
    }

    void row(Object... cells) {
      Object[] known = cells.clone();
      for (int i = 0; i < known.length; i++) {
        known[i] = known[i] instanceof Double number && number.isNaN() ? null : known[i];
      }
      rows.add(RowFactory.create(known));
    }
  }
}
