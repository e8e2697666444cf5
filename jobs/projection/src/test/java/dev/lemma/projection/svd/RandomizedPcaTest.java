// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.kit.run.LemmaException;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.RankTarget;
import dev.lemma.math.lowrank.SvdMode;
import dev.lemma.math.lowrank.SvdSettings;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage beside Spark's own. */
class RandomizedPcaTest {
  private static final double[][] VALUES = SvdRows.values(150, 20);

  @TempDir Path folder;

  private static RandomizedPca stage() {
    return new RandomizedPca()
        .setInputCol("x")
        .setOutputCol("y")
        .setK(4)
        .setOversampling(16)
        .setReads(4);
  }

  @Test
  void differsFromSparksPcaByAConstantAlone() {
    Dataset<Row> rows = SvdRows.dense(VALUES);
    RandomizedPcaModel model = stage().fit(rows);
    PCAModel peer = new PCA().setInputCol("x").setOutputCol("y").setK(4).fit(rows);
    for (int r = 0; r < 4; r++) {
      assertThat(model.explainedShares()[r])
          .isCloseTo(peer.explainedVariance().apply(r), within(1e-9));
    }
    PCAModel converted = model.toSpark();
    List<Row> ours = model.transform(rows).orderBy("id").collectAsList();
    List<Row> theirs = converted.transform(rows).orderBy("id").collectAsList();
    List<Row> fitted = peer.transform(rows).orderBy("id").collectAsList();
    double[] offset = model.offset();
    for (int i = 0; i < VALUES.length; i++) {
      double[] centred = SvdRows.numbers(ours.get(i).get(2));
      double[] plain = SvdRows.numbers(theirs.get(i).get(2));
      double[] spark = SvdRows.numbers(fitted.get(i).get(2));
      for (int r = 0; r < 4; r++) {
        assertThat(plain[r]).isCloseTo(centred[r] + offset[r], within(1e-10));
        assertThat(Math.abs(plain[r])).isCloseTo(Math.abs(spark[r]), within(1e-5));
      }
    }
  }

  @Test
  void aPipelineSavesAndLoadsIt() throws Exception {
    Dataset<Row> rows = SvdRows.sparse(VALUES);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {stage().setScale(true)}).fit(rows);
    fitted.write().overwrite().save(folder.resolve("model").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("model").toString());
    assertThat(loaded.transform(rows).orderBy("id").collectAsList())
        .isEqualTo(fitted.transform(rows).orderBy("id").collectAsList());
    Dataset<Row> scored = loaded.transform(rows);
    assertThat(AttributeGroup.fromStructField(scored.schema().apply("y")).size()).isEqualTo(4);
    RandomizedPcaModel model = (RandomizedPcaModel) loaded.stages()[0];
    assertThat(model.getScale()).isTrue();
    assertThat(model.explainedVariance()).hasSize(4);
    stage().write().overwrite().save(folder.resolve("stage").toString());
    assertThat(RandomizedPca.read().load(folder.resolve("stage").toString()).getReads())
        .isEqualTo(4);
  }

  @Test
  void badRowsAreHandledAsAsked() {
    Dataset<Row> rows =
        SvdRows.frame(
            Vectors.dense(1, 2),
            Vectors.dense(2, 5),
            Vectors.dense(4, 1),
            Vectors.dense(Double.NaN, 1));
    assertThatThrownBy(() -> stage().setK(1).fit(rows))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining("1 of 4 rows cannot be used (1 nan)");
    RandomizedPcaModel model = stage().setK(1).setHandleInvalid("skip").fit(rows);
    assertThat(model.transform(rows).count()).isEqualTo(3);
    assertThat(model.setHandleInvalid("keep").transform(rows).filter("y is null").count())
        .isEqualTo(1);
    assertThatThrownBy(() -> stage().setK(3).fit(rows))
        .hasMessageContaining("a matrix has no more components than columns");
    assertThatThrownBy(() -> stage().setInputCol("z").fit(rows))
        .hasMessageContaining("no such column");
    assertThatThrownBy(() -> stage().setOutputCol("id").fit(rows))
        .hasMessageContaining("the column is there already");
  }

  /** A wide matrix that is tried ends with an OutOfMemoryError. */
  @Test
  void whatCannotBeHeldIsRefused() {
    Dataset<Row> wide =
        SvdRows.frame(Vectors.sparse(2_000_000_000, new int[] {7}, new double[] {1}));
    assertThatThrownBy(() -> stage().setK(5).setOversampling(15).fit(wide))
        .isInstanceOf(LemmaException.class)
        .hasMessageContaining(
            "the driver holds 6 matrices of d = 2000000000 by k + oversampling = 20 numbers: found"
                + " 1.7 TB")
        .hasMessageContaining("raise spark.driver.memory, lower k or oversampling, use the job svd")
        .hasMessageContaining("a task holds 2 matrices");
    SvdSettings settings =
        new SvdSettings(new RankTarget.Fixed(5), 15, 3, Preparation.CENTERED, SvdMode.POWER, 0);
    long whole = 48L * 1000 * 20;
    assertThat(HeldWhole.problems(1000, settings, whole, whole / 3)).isEmpty();
    assertThat(HeldWhole.problems(1000, settings, whole - 1, whole)).hasSize(1);
    assertThat(HeldWhole.problems(1000, settings, whole, whole / 3 - 1)).hasSize(1);
  }
}
