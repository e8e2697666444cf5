// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramSchmidtTest {
  private static double[][] gaussians(int k, int d) {
    StreamKey key = StreamKey.of(9, "test/gram-schmidt");
    long[] words = new long[4];
    double[] four = new double[4];
    double[][] vectors = new double[k][d];
    for (int c = 0; c < k; c++) {
      for (int j = 0; j < d; j++) {
        key.block(j, c, 0, 0, words);
        Variates.gaussians(words, four, 0);
        vectors[c][j] = four[0];
      }
    }
    return vectors;
  }

  private static double worstProduct(double[][] q) {
    double worst = 0;
    for (int a = 0; a < q.length; a++) {
      for (int b = 0; b <= a; b++) {
        double dot = 0;
        for (int i = 0; i < q[a].length; i++) {
          dot += q[a][i] * q[b][i];
        }
        worst = Math.max(worst, Math.abs(dot - (a == b ? 1 : 0)));
      }
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "9, 30", "64, 64", "70, 200"})
  void givesTheQrFactorWithAPositiveDiagonal(int k, int d) {
    double[][] vectors = gaussians(k, d);
    DMatrixRMaj a = new DMatrixRMaj(d, k);
    for (int c = 0; c < k; c++) {
      for (int j = 0; j < d; j++) {
        a.set(j, c, vectors[c][j]);
      }
    }
    var oracle = DecompositionFactory_DDRM.qr(d, k);
    assertThat(oracle.decompose(a)).isTrue();
    DMatrixRMaj q = oracle.getQ(null, true);
    DMatrixRMaj r = oracle.getR(null, true);

    assertThat(GramSchmidt.orthonormalizeInPlace(vectors)).isTrue();

    // 1e-14 times the size allows for the sums; a single pass leaves 1e-12 at k = d = 64.
    assertThat(worstProduct(vectors)).isLessThan(1e-14 * Math.sqrt(d) + 1e-15);
    for (int c = 0; c < k; c++) {
      double sign = Math.signum(r.get(c, c));
      for (int j = 0; j < d; j++) {
        assertThat(vectors[c][j]).isCloseTo(sign * q.get(j, c), within(1e-10));
      }
    }
  }

  @Test
  void staysOrthonormalWhereVectorsNearlyDepend() {
    double[][] vectors = gaussians(6, 40);
    for (int c = 1; c < 6; c++) {
      for (int j = 0; j < 40; j++) {
        vectors[c][j] = vectors[0][j] + 1e-7 * vectors[c][j];
      }
    }
    assertThat(GramSchmidt.orthonormalizeInPlace(vectors)).isTrue();
    assertThat(worstProduct(vectors)).isLessThan(1e-13);
  }

  @Test
  void saysWhenAVectorDependsOnThoseBefore() {
    double[][] vectors = gaussians(4, 10);
    for (int j = 0; j < 10; j++) {
      vectors[3][j] = vectors[0][j] - 2 * vectors[1][j];
    }
    assertThat(GramSchmidt.orthonormalizeInPlace(vectors)).isFalse();
    assertThat(GramSchmidt.orthonormalizeInPlace(new double[][] {{0, 0}})).isFalse();
    assertThat(GramSchmidt.orthonormalizeInPlace(new double[][] {{Double.NaN, 0}})).isFalse();
    assertThat(GramSchmidt.orthonormalizeInPlace(gaussians(3, 2))).as("k above d").isFalse();
  }
}
