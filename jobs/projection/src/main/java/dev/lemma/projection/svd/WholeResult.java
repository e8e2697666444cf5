// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.SvdFactors;
import dev.lemma.math.lowrank.SvdFigures;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** A decomposition whose vectors the driver holds. */
final class WholeResult implements SvdResult {
  private final SvdFactors factors;
  private final PcaModelData model;

  WholeResult(SvdFactors factors, Preparation preparation) {
    this.factors = factors;
    this.model = PcaModelData.of(factors, preparation);
  }

  @Override
  public SvdFigures figures() {
    return factors.figures();
  }

  @Override
  public Dataset<Row> scores(SvdInput input, ScoreKind kind) {
    MatrixRows matrix = input.matrix();
    Loadings loadings =
        switch (kind) {
          case PROJECTION -> Loadings.scores(model.loadings(), model.means());
          case LEFT_VECTOR -> Loadings.leftVectors(factors);
        };
    Broadcast<Loadings> shared = matrix.context().broadcast(loadings);
    List<Column> columns = new ArrayList<>();
    input.kept().forEach(name -> columns.add(ColumnNames.column(name)));
    columns.add(
        PlanCall.of(
                new ScoreFunction(matrix.reader(), shared, false, true),
                "score",
                DataTypes.createArrayType(DataTypes.DoubleType, false))
            .neverNull()
            .once()
            .on(matrix.features().value())
            .as(SvdInput.SCORES));
    return matrix.screen().readable().select(columns.toArray(Column[]::new));
  }

  @Override
  public void write(Run run, MatrixRows matrix) {
    SvdTables.writeRight(run, factors.right(), matrix.featureNames());
    PcaModelFiles.save(run, matrix, model);
  }

  @Override
  public void close() {
    // The broadcast of the loadings lives as long as the data set that scores.
  }
}
