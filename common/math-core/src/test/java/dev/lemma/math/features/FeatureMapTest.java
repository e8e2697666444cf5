// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.SparseRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureMapTest {
  private static final int D = 70;

  static Stream<FeatureSpec> specs() {
    KernelFunction gaussian = new KernelFunction.Gaussian(3);
    return Stream.of(
        spec(gaussian, FrequencyDesign.IID, NormDesign.INDEPENDENT),
        spec(gaussian, FrequencyDesign.IID, NormDesign.STRATIFIED),
        spec(gaussian, FrequencyDesign.ORTHOGONAL, NormDesign.STRATIFIED),
        spec(gaussian, FrequencyDesign.HADAMARD, NormDesign.QUANTILES),
        spec(new KernelFunction.Laplacian(9), FrequencyDesign.IID, NormDesign.INDEPENDENT),
        spec(new KernelFunction.Matern(3, 1.5), FrequencyDesign.IID, NormDesign.INDEPENDENT),
        spec(new KernelFunction.Matern(3, 1.5), FrequencyDesign.HADAMARD, NormDesign.INDEPENDENT),
        spec(new KernelFunction.Softmax(9), FrequencyDesign.ORTHOGONAL, NormDesign.INDEPENDENT),
        spec(new KernelFunction.Softmax(9), FrequencyDesign.HADAMARD, NormDesign.STRATIFIED));
  }

  private static FeatureSpec spec(KernelFunction kernel, FrequencyDesign design, NormDesign norms) {
    return new FeatureSpec(kernel, design, norms, 300, D, 5);
  }

  private static double[] row(SplittableRandom random) {
    double[] row = new double[D];
    for (int j = 0; j < D; j++) {
      row[j] = random.nextInt(3) == 0 ? 0 : random.nextDouble(-1, 1);
    }
    row[4] = -0.0;
    return row;
  }

  private static SparseRow sparse(double[] row) {
    SparseRow sparse = new SparseRow();
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        sparse.append(j, row[j]);
      }
    }
    return sparse;
  }

  private static float[] floats(double[] row) {
    float[] out = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      out[j] = (float) row[j];
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void sparseDenseAloneAndInABlockAreTheSameBits(FeatureSpec spec) {
    SplittableRandom random = new SplittableRandom(3);
    int n = 5;
    double[] rows = new double[n * D];
    for (int r = 0; r < n; r++) {
      System.arraycopy(row(random), 0, rows, r * D, D);
    }
    double[] block = new double[n * spec.k()];
    float[] floatBlock = new float[n * spec.k()];
    FeatureMap map = FeatureMap.of(spec);
    map.mapRows(rows, n, block);
    map.mapRows(floats(rows), n, floatBlock);
    FeatureMap other = FeatureMap.of(spec);
    for (int r = n - 1; r >= 0; r--) {
      double[] row = Arrays.copyOfRange(rows, r * D, (r + 1) * D);
      double[] out = new double[spec.k()];
      double[] expected = Arrays.copyOfRange(block, r * spec.k(), (r + 1) * spec.k());
      other.map(row, out);
      assertThat(out).isEqualTo(expected);
      other.map(sparse(row), out);
      assertThat(out).isEqualTo(expected);
      float[] floatOut = new float[spec.k()];
      float[] floatExpected = Arrays.copyOfRange(floatBlock, r * spec.k(), (r + 1) * spec.k());
      other.map(floats(row), floatOut);
      assertThat(floatOut).isEqualTo(floatExpected);
      other.map(sparse(row), floatOut);
      assertThat(floatOut).isEqualTo(floatExpected);
    }
  }

  static Stream<String> golden() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                FeatureMapTest.class.getResourceAsStream("random-features.csv"),
                StandardCharsets.US_ASCII))) {
      return lines.lines().toList().stream();
    }
  }

  /** Numbers made by src/test/scripts/random_features.py from the written definition alone. */
  @ParameterizedTest
  @MethodSource("golden")
  void featuresAreThoseOfTheDefinition(String line) {
    String[] cells = line.split(",");
    double s = Double.parseDouble(cells[1]);
    String[] name = cells[0].split("-");
    KernelFunction kernel =
        switch (name[0]) {
          case "gaussian" -> new KernelFunction.Gaussian(s);
          case "laplacian" -> new KernelFunction.Laplacian(s);
          case "matern" -> new KernelFunction.Matern(s, Double.parseDouble(name[1]));
          default -> new KernelFunction.Softmax(s);
        };
    int k = Integer.parseInt(cells[4]);
    FeatureSpec spec =
        new FeatureSpec(
            kernel,
            FrequencyDesign.valueOf(cells[2]),
            NormDesign.valueOf(cells[3]),
            k,
            Integer.parseInt(cells[5]),
            Long.parseLong(cells[6]));
    double[] out = new double[2 * k];
    FeatureMap.of(spec).mapRows(new double[] {1, -2, 0.5, 0, 3, 0, -1.5, 0, 0, 4}, 2, out);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isCloseTo(Double.parseDouble(cells[7 + i]), within(1e-11));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void floatIsDoubleRoundedOnTheWay(FeatureSpec spec) {
    SplittableRandom random = new SplittableRandom(4);
    FeatureMap map = FeatureMap.of(spec);
    float[] row = floats(row(random));
    double[] wide = new double[D];
    for (int j = 0; j < D; j++) {
      wide[j] = row[j];
    }
    float[] single = new float[spec.k()];
    double[] exact = new double[spec.k()];
    map.map(row, single);
    map.map(wide, exact);
    for (int i = 0; i < spec.k(); i++) {
      // Cauchy frequencies reach phases of some thousand turns.
      double tolerance = spec.kernel() instanceof KernelFunction.Laplacian ? 2e-4 : 2e-6;
      assertThat((double) single[i]).isCloseTo(exact[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void estimatesTheKernel(FeatureSpec spec) {
    SplittableRandom random = new SplittableRandom(6);
    FeatureSpec many = spec.withK(4000);
    FeatureMap map = FeatureMap.of(many);
    double[] x = row(random);
    double[] y = row(random);
    double[] zx = new double[many.k()];
    double[] zy = new double[many.k()];
    map.map(x, zx);
    map.map(y, zy);
    double dot = 0;
    for (int i = 0; i < zx.length; i++) {
      dot += zx[i] * zy[i];
    }
    PairEstimate estimate = PairEstimate.of(many, PairMeasures.of(x, y), dot);
    // Five standard deviations of independent frequencies: false alarms below 1e-6 a case.
    assertThat(Math.abs(estimate.error())).isLessThan(5 * Math.sqrt(estimate.variance()));
  }

  @Test
  void fourierFeaturesHaveLengthOne() {
    for (FeatureSpec spec : specs().filter(s -> s.kernel().isBounded()).toList()) {
      double[] z = new double[spec.k()];
      FeatureMap.of(spec).map(row(new SplittableRandom(8)), z);
      assertThat(Arrays.stream(z).map(v -> v * v).sum()).isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void bandwidthDividesRows() {
    FeatureSpec wide =
        spec(new KernelFunction.Gaussian(4), FrequencyDesign.IID, NormDesign.INDEPENDENT);
    FeatureSpec unit =
        spec(new KernelFunction.Gaussian(1), FrequencyDesign.IID, NormDesign.INDEPENDENT);
    double[] row = row(new SplittableRandom(9));
    double[] quarter = Arrays.stream(row).map(v -> v / 4).toArray();
    double[] a = new double[wide.k()];
    double[] b = new double[wide.k()];
    FeatureMap.of(wide).map(row, a);
    FeatureMap.of(unit).map(quarter, b);
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-14));
    }
  }

  @Test
  void rowsBeyondTheArithmeticAreNoNumbers() {
    FeatureSpec spec =
        spec(new KernelFunction.Softmax(1), FrequencyDesign.IID, NormDesign.INDEPENDENT);
    double[] row = new double[D];
    row[0] = 60;
    double[] z = new double[spec.k()];
    FeatureMap.of(spec).map(row, z);
    assertThat(z).containsOnly(Double.NaN);
    row[0] = 30;
    FeatureMap.of(spec).map(row, z);
    assertThat(Arrays.stream(z).allMatch(v -> v >= 0 && v < 1)).isTrue();
    FeatureSpec waves =
        spec(new KernelFunction.Gaussian(1), FrequencyDesign.IID, NormDesign.INDEPENDENT);
    row[0] = 1e18;
    FeatureMap.of(waves).map(row, z);
    assertThat(z[0]).isNaN();
  }

  @Test
  void refusesWhatDoesNotFit() {
    FeatureSpec spec = specs().findFirst().orElseThrow();
    FeatureMap map = FeatureMap.of(spec);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.map(new double[D - 1], new double[spec.k()]))
        .withMessage("row: expected 70 entries, found 69");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.map(new double[D], new double[1]))
        .withMessage("features: expected 300 entries, found 1");
    SparseRow stray = new SparseRow();
    stray.append(70, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.map(stray, new double[spec.k()]))
        .withMessage(
            "sparse row: expected ids ascending from 0 to d - 1 = 69, found 70 at entry 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> spec.withK(7))
        .withMessage("k must be even and at least 2 (two features a frequency), found 7");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                spec(
                    new KernelFunction.Laplacian(1),
                    FrequencyDesign.HADAMARD,
                    NormDesign.STRATIFIED))
        .withMessageStartingWith("the Laplacian kernel has iid frequencies");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KernelFunction.Matern(1, 2))
        .withMessage("smoothness must be one of 0.5, 1.5, ... 10.5, found 2.0");
    for (double bad : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new KernelFunction.Gaussian(bad))
          .withMessage("bandwidth must be positive and finite, found " + bad);
    }
  }
}
