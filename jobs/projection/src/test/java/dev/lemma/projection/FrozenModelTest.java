// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/**
 * Models saved by version 1 of the format, and the bits that they give. They must load and give the
 * same for as long as version 1 is read; a new version gets folders of its own beside these.
 */
class FrozenModelTest {
  private static RandomProjectionModel model(String name) throws IOException, URISyntaxException {
    // Loading asks for a session.
    SharedSpark.session();
    Path folder = Path.of(FrozenModelTest.class.getResource("/models/" + name).toURI());
    return RandomProjectionModel.load(folder.toString());
  }

  private static Map<Long, List<Long>> bits(float[]... rows) {
    Map<Long, List<Long>> bits = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      bits.put((long) i, Samples.bits(rows[i]));
    }
    return bits;
  }

  @Test
  void vectorsLandWhereTheyLanded() throws Exception {
    RandomProjectionModel model = model("vectors-1");
    Dataset<Row> rows =
        Samples.vectors(
            Vectors.dense(1, -2, 0.5, 0, 3, 0.1, -7, 1e-3),
            Vectors.sparse(8, new int[] {2, 5}, new double[] {-1.5, 4}),
            Vectors.zeros(8));
    assertThat(Samples.bits(model.transform(rows), "y"))
        .isEqualTo(
            bits(
                new float[] {0x1.acc49ap2f, -0x1.198938p1f, -0x1.4cac08p0f, -0x1.b33b66p2f},
                // Signs over sqrt(4): (+-1.5 +- 4) / 2.
                new float[] {-2.75f, 1.25f, -2.75f, -1.25f},
                new float[4]));
    assertThat(model.specification().hash()).isEqualTo("03ddfcd4c174d02b");
    assertThat(model.uid()).isEqualTo("randomProjection_vectors");
  }

  @Test
  void textsLandWhereTheyLanded() throws Exception {
    RandomProjectionModel model = model("texts-1");
    Dataset<Row> rows =
        Samples.frame(
            DataTypes.StringType,
            List.of("a bank by the river", "the bank lends money", "naïve Größe, naïve 東京", ""));
    assertThat(Samples.bits(model.transform(rows), "y"))
        .isEqualTo(
            bits(
                new float[] {
                  0x1.38137cp0f,
                  -0x1.2ddcp-5f,
                  -0x1.b01f8ap-3f,
                  -0x1.bdd2bp-1f,
                  0x1.19318ep-2f,
                  0x1.0b7e68p-1f
                },
                new float[] {
                  -0x1.99d2dp-3f,
                  -0x1.5adb1p-5f,
                  -0x1.490bccp-1f,
                  -0x1.335e1cp-1f,
                  -0x1.5adb1p-4f,
                  0x1.99d2dp-3f
                },
                new float[] {
                  -0x1.555556p-3f, -0x1.555552p-3f, 0, -0.5f, 0x1.aaaaacp-1f, 0x1.555556p-2f
                },
                new float[6]));
    assertThat(model.specification().hash()).isEqualTo("4220d7c74581a454");
    assertThat(model.frequencies().orElseThrow().texts()).isEqualTo(4);
  }
}
