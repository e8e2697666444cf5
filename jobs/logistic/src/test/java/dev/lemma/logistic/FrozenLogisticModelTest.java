// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

/**
 * Models saved by version 1 of the format, and the bits that they give. They must load and give the
 * same for as long as version 1 is read; a new version gets folders of its own beside these.
 */
class FrozenLogisticModelTest {
  private static final Vector DENSE = Vectors.dense(1, -2, 0.5);
  private static final Vector SPARSE = Vectors.sparse(3, new int[] {1}, new double[] {3});

  private static AnalyticLogisticRegressionModel model(String name) throws Exception {
    // Loading asks for a session.
    StageSamples.SPARK.sparkContext();
    Path folder = Path.of(FrozenLogisticModelTest.class.getResource("/models/" + name).toURI());
    return AnalyticLogisticRegressionModel.load(folder.toString());
  }

  @Test
  void twoClassesScoreAsTheyDid() throws Exception {
    AnalyticLogisticRegressionModel model = model("binary-1");
    assertThat(model.predictRaw(DENSE).toArray())
        .containsExactly(0x1.f209d7f1dd8c2p0, -0x1.f209d7f1dd8c2p0);
    assertThat(model.predictRaw(SPARSE).toArray())
        .containsExactly(-0x1.41145e746bdfdp1, 0x1.41145e746bdfdp1);
    assertThat(model.predictProbability(SPARSE).toArray())
        .containsExactly(0x1.344d4bfd29895p-4, 0x1.d97656805acedp-1);
    assertThat(model.predict(DENSE)).isZero();
    assertThat(model.predict(SPARSE)).isEqualTo(1);
    assertThat(model.uid()).isEqualTo("analyticLogisticRegression_binary");
    assertThat(model.summary().coefficients().get(1).slopes().get(0).error())
        .isEqualTo(0.40650588868388815);
  }

  @Test
  void moreClassesScoreAsTheyDid() throws Exception {
    AnalyticLogisticRegressionModel model = model("softmax-1");
    assertThat(model.predictRaw(DENSE).toArray())
        .containsExactly(0x1.251c41d3a6eb6p-1, -0x1.aaec6528c8653p-1, 0x1.0ba046aa42f3ap-2);
    assertThat(model.predictProbability(SPARSE).toArray())
        .containsExactly(0x1.742049e0af9e4p-4, 0x1.7607b3490a389p-1, 0x1.6dd10deb7f4eap-3);
    assertThat(model.getThresholds()).containsExactly(0.2, 0.3, 0.5);
    assertThat(model.predict(SPARSE)).isEqualTo(1);
    assertThat(model.summary().passes()).isEqualTo(1);
  }
}
