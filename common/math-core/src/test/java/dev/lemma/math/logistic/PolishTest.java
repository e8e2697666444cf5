// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolishTest {
  private static final PolishOptions MAXIMUM = PolishOptions.toTheMaximum(Ridge.none());

  private static List<String> golden() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                PolishTest.class.getResourceAsStream("logistic-mle.csv"),
                StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    }
  }

  /** In raw units where scikit-learn was given standardised columns: the units must not matter. */
  @ParameterizedTest
  @MethodSource("golden")
  void agreesWithScikitLearn(String line) {
    String[] cells = line.split(",");
    RowsInMemory rows = RowsInMemory.named(cells[0]);
    double lambda = 1 / Double.parseDouble(cells[1]);
    double[] expected = Stream.of(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
    Design design = rows.design();
    PolishResult result =
        Polish.fromZero(rows, design, PolishOptions.toTheMaximum(Ridge.toZero(lambda)));
    assertThat(result.end()).isEqualTo(PolishEnd.CONVERGED);
    LinearModel model = result.model();
    double[] deviations = design.deviations();
    int d = rows.features();
    double error = 0;
    double norm = 0;
    for (int k = rows.classes == 2 ? 1 : 0; k < rows.classes; k++) {
      int row = rows.classes == 2 ? 0 : k;
      double[] slope =
          rows.classes == 2
              ? model.logitSlope(1, 0)
              : Arrays.copyOfRange(model.coefficients(), k * d, (k + 1) * d);
      for (int j = 0; j < d; j++) {
        double e = expected[row * (d + 1) + 1 + j];
        double difference = slope[j] * deviations[j] - e;
        error += difference * difference;
        norm += e * e;
      }
    }
    assertThat(Math.sqrt(error / norm)).isLessThan(1e-6);
    double intercept = model.logitIntercept(1, 0);
    for (int j = 0; j < d; j++) {
      intercept += model.logitSlope(1, 0)[j] * design.means()[j];
    }
    assertThat(intercept)
        .isCloseTo(rows.classes == 2 ? expected[0] : expected[d + 1] - expected[0], within(1e-5));
  }

  /** With a cell for each combination of categories, the maximum is the log odds of the cells. */
  @Test
  void saturatedCategoriesGiveTheLogOddsOfTheirCells() {
    int[][] counts = {{7, 3}, {4, 9}, {20, 5}, {1, 6}};
    RowsInMemory rows = cells(counts);
    PolishResult result = Polish.fromZero(rows, rows.design(), MAXIMUM);
    double[] scores = new double[2];
    for (int cell = 0; cell < counts.length; cell++) {
      double[] x = new double[4];
      x[cell] = 1;
      result.model().scores(x, scores);
      double expected = Math.log((double) counts[cell][1] / counts[cell][0]);
      assertThat(scores[1] - scores[0]).isCloseTo(expected, within(1e-9));
    }
    // Four indicator columns add up to the intercept: one of them is superfluous.
    assertThat(result.droppedFeatures()).hasSize(1);
  }

  private static RowsInMemory cells(int[][] counts) {
    int n = Stream.of(counts).flatMapToInt(Arrays::stream).sum();
    double[][] x = new double[n][counts.length];
    int[] y = new int[n];
    int at = 0;
    for (int cell = 0; cell < counts.length; cell++) {
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < counts[cell][k]; i++) {
          x[at][cell] = 1;
          y[at++] = k;
        }
      }
    }
    return RowsInMemory.exact(2, x, y);
  }

  @Test
  void weightTwoIsARowTwice() {
    RowsInMemory once = noisy(3, 200, 4, 0);
    double[] weights = new double[200];
    double[][] twice = new double[300][];
    int[] labels = new int[300];
    int at = 0;
    for (int i = 0; i < 200; i++) {
      weights[i] = 1 + i % 2;
      for (int copy = 0; copy < 1 + i % 2; copy++) {
        twice[at] = once.rows[i];
        labels[at++] = once.labels[i];
      }
    }
    RowsInMemory weighted = once.weighted(weights);
    RowsInMemory repeated = RowsInMemory.exact(3, twice, labels);
    PolishOptions options = PolishOptions.toTheMaximum(Ridge.toZero(0.3));
    PolishResult a = Polish.fromZero(weighted, weighted.design(), options);
    PolishResult b = Polish.fromZero(repeated, repeated.design(), options);
    assertThat(a.parameters()).containsExactly(b.parameters(), within(1e-10));
    assertThat(StandardErrors.fisher(a).slopes())
        .containsExactly(StandardErrors.fisher(b).slopes(), within(1e-10));
  }

  /** A row of noise about means that differ by class, shifted as far as asked. */
  private static RowsInMemory noisy(int classes, int n, int d, double offset) {
    SplittableRandom random = new SplittableRandom(17);
    double[][] x = new double[n][d];
    int[] y = new int[n];
    for (int i = 0; i < n; i++) {
      y[i] = random.nextInt(classes);
      for (int j = 0; j < d; j++) {
        // In steps of 2^-20, so that an offset of 1e8 takes no digits away.
        double noise = random.nextDouble(-1, 1) + random.nextDouble(-1, 1);
        x[i][j] = offset + Math.rint((noise + (y[i] == j % classes ? 0.5 : 0)) * 0x1p20) * 0x1p-20;
      }
    }
    return RowsInMemory.exact(classes, x, y);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anOffsetCostsNoDigits(int classes) {
    RowsInMemory near = noisy(classes, 300, 3, 0);
    RowsInMemory far = noisy(classes, 300, 3, 0x1p27);
    PolishResult a = Polish.fromZero(near, near.design(), MAXIMUM);
    PolishResult b = Polish.fromZero(far, far.design(), MAXIMUM);
    for (int j = 0; j < 3; j++) {
      assertThat(b.model().logitSlope(1, 0)[j])
          .isCloseTo(a.model().logitSlope(1, 0)[j], within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void constantAndRepeatedColumnsSurvive(int classes) {
    RowsInMemory plain = noisy(classes, 300, 3, 0);
    double[][] x = new double[300][5];
    for (int i = 0; i < 300; i++) {
      System.arraycopy(plain.rows[i], 0, x[i], 0, 3);
      x[i][3] = 0.1;
      x[i][4] = 3 * x[i][0] - x[i][1];
    }
    RowsInMemory wide = RowsInMemory.exact(classes, x, plain.labels);
    PolishResult expected = Polish.fromZero(plain, plain.design(), MAXIMUM);
    PolishResult result = Polish.fromZero(wide, wide.design(), MAXIMUM);
    assertThat(result.droppedFeatures()).containsExactly(3, 4);
    assertThat(wide.meanLoss(result.model()))
        .isCloseTo(plain.meanLoss(expected.model()), within(1e-12));
    PolishResult ridge =
        Polish.fromZero(wide, wide.design(), PolishOptions.toTheMaximum(Ridge.toZero(0.5)));
    assertThat(ridge.end()).isEqualTo(PolishEnd.CONVERGED);
    assertThat(ridge.droppedFeatures()).containsExactly(3);
  }

  /** Feature 1 separates the classes, feature 0 is noise. */
  @Test
  void separableDataAreFoundAndSurvived() {
    RowsInMemory noise = noisy(2, 100, 2, 0);
    for (int i = 0; i < 100; i++) {
      noise.rows[i][1] = noise.labels[i] == 0 ? -1 - noise.rows[i][1] % 1 : 4;
    }
    PolishResult result = Polish.fromZero(noise, noise.design(), MAXIMUM);
    assertThat(result.end()).isEqualTo(PolishEnd.SEPARATED);
    assertThat(result.growingFeatures()).contains(1);
    assertThat(StandardErrors.fisher(result).slopes()[1]).isNaN();
    assertThat(noise.accuracy(result.model())).isEqualTo(1);
    PolishResult ridge =
        Polish.fromZero(noise, noise.design(), PolishOptions.toTheMaximum(Ridge.toZero(1)));
    assertThat(ridge.end()).isEqualTo(PolishEnd.CONVERGED);
  }

  /**
   * The sepals tell setosa from the two others for sure, and those not from each other: all log
   * odds against setosa grow until their curvature is lost in rounding.
   */
  @Test
  void classesThatAreSeparatedFromSomeAreFound() {
    RowsInMemory iris = RowsInMemory.named("iris");
    double[][] sepals = Stream.of(iris.rows).map(x -> Arrays.copyOf(x, 2)).toArray(double[][]::new);
    RowsInMemory rows = RowsInMemory.exact(3, sepals, iris.labels);
    PolishResult result = Polish.fromZero(rows, rows.design(), MAXIMUM);
    assertThat(result.end()).isEqualTo(PolishEnd.SEPARATED);
    assertThat(result.growingFeatures()).containsExactly(0, 1);
    StandardErrors errors = StandardErrors.fisher(result);
    assertThat(errors.slopes()).containsOnly(Double.NaN);
    assertThat(errors.intercepts()).containsOnly(Double.NaN);
  }

  /** Of which two columns lose their curvature before they grow as much as others do. */
  @Test
  void whatLosesItsCurvatureHasNoError() {
    RowsInMemory iris = RowsInMemory.named("iris");
    RowsInMemory rows = RowsInMemory.exact(3, iris.rows, iris.labels);
    PolishResult result = Polish.fromZero(rows, rows.design(), MAXIMUM);
    assertThat(result.end()).isEqualTo(PolishEnd.SEPARATED);
    StandardErrors errors = StandardErrors.fisher(result);
    assertThat(errors.slopes()).containsOnly(Double.NaN);
    assertThat(errors.intercepts()).containsOnly(Double.NaN);
  }

  /** A start that is far too sure; undamped, a Newton step from it goes astray. */
  @ParameterizedTest
  @CsvSource({"iris, 1", "wine, 1", "breast_cancer, 1", "iris, 30", "wine, 30", "iris, 3000"})
  void noStepRaisesTheObjective(String set, double boldness) {
    RowsInMemory rows = RowsInMemory.named(set);
    LinearModel start = new MomentMatched(0, 0).fit(rows.moments()).model();
    LinearModel bold = start.rescaled(boldness, new double[rows.classes]);
    double worst = Math.log(rows.classes);
    for (double lambda : new double[] {0, 0.01, 1}) {
      for (int passes = 1; passes <= 4; passes++) {
        rows.passes = 0;
        PolishResult result =
            Polish.run(
                rows, rows.design(), bold, PolishOptions.passes(Ridge.toZero(lambda), passes));
        assertThat(rows.passes).isLessThanOrEqualTo(passes).isEqualTo(result.passes());
        assertThat(rows.meanLoss(result.model())).isLessThan(worst);
        double before = Double.POSITIVE_INFINITY;
        for (PolishStep step : result.history()) {
          assertThat(step.objective()).isLessThanOrEqualTo(before * (1 + 1e-9) + 1e-12);
          before = step.objective();
        }
      }
    }
  }

  @Test
  void theCertificateForetellsWhatIsLeft() {
    RowsInMemory rows = noisy(3, 400, 5, 0);
    Ridge ridge = Ridge.toZero(1);
    double least = last(Polish.fromZero(rows, rows.design(), PolishOptions.toTheMaximum(ridge)));
    PolishResult two = Polish.fromZero(rows, rows.design(), PolishOptions.passes(ridge, 2));
    assertThat(two.decrement() / (last(two) - least)).isBetween(0.8, 1.25);
  }

  private static double last(PolishResult result) {
    return result.history().get(result.passes() - 1).objective();
  }

  /** A strong ridge towards a model keeps the fit at it, intercepts aside. */
  @Test
  void aStrongRidgeKeepsTheCentre() {
    RowsInMemory rows = noisy(3, 200, 2, 0);
    double[] centre = {0, 2, -1, 0, 0.5, 3};
    PolishResult result =
        Polish.fromZero(
            rows, rows.design(), PolishOptions.toTheMaximum(Ridge.towards(centre, 1e9)));
    for (int i : new int[] {1, 2, 4, 5}) {
      assertThat(result.parameters()[i]).isCloseTo(centre[i], within(1e-5));
    }
  }

  /** Coefficients of many samples spread as their standard errors say. */
  @Test
  void standardErrorsAreThoseOfRepeatedSamples() {
    int repeats = 300;
    SplittableRandom random = new SplittableRandom(5);
    double[] truth = {0.4, -0.8};
    double[] sum = new double[2];
    double[] squares = new double[2];
    double[] fisher = new double[2];
    double[] robust = new double[2];
    for (int r = 0; r < repeats; r++) {
      double[][] x = new double[400][2];
      int[] y = new int[400];
      for (int i = 0; i < x.length; i++) {
        double z = -0.3;
        for (int j = 0; j < 2; j++) {
          x[i][j] = random.nextDouble(-2, 2);
          z += truth[j] * x[i][j];
        }
        y[i] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
      }
      RowsInMemory rows = RowsInMemory.exact(2, x, y);
      PolishOptions options =
          new PolishOptions(Ridge.none(), 20, 1e-9, PassDetail.OUTER_PRODUCTS, FoldChoice.all());
      PolishResult result = Polish.fromZero(rows, rows.design(), options);
      double[] b = result.model().logitSlope(1, 0);
      for (int j = 0; j < 2; j++) {
        sum[j] += b[j];
        squares[j] += b[j] * b[j];
        fisher[j] += StandardErrors.fisher(result).slopes()[j] / repeats;
        robust[j] += StandardErrors.robust(result).slopes()[j] / repeats;
      }
    }
    for (int j = 0; j < 2; j++) {
      double mean = sum[j] / repeats;
      double spread = Math.sqrt(squares[j] / repeats - mean * mean);
      // A deviation of 300 samples is known to 4 %: three of these.
      assertThat(fisher[j] / spread).isBetween(0.88, 1.13);
      assertThat(robust[j] / spread).isBetween(0.88, 1.13);
    }
  }

  /** The finisher of wide models comes to the same maximum, in a moderate number of passes. */
  @ParameterizedTest
  @ValueSource(strings = {"wine", "breast_cancer", "iris"})
  void gradientsComeToTheSameMaximum(String set) {
    RowsInMemory rows = RowsInMemory.named(set);
    ClassMoments moments = rows.moments();
    double[] start = new MomentMatched(1, 1).fit(moments).parameters();
    PolishOptions options =
        new PolishOptions(Ridge.toZero(1), 80, 1e-9, PassDetail.HESSIAN, FoldChoice.all());
    PolishResult newton = Polish.run(rows, moments, start, options);
    PolishResult gradients = Polish.byGradients(rows, moments, start, options);
    assertThat(gradients.end()).isEqualTo(PolishEnd.CONVERGED);
    assertThat(last(gradients)).isCloseTo(last(newton), within(1e-6));
    assertThat(gradients.passes()).isLessThan(40);
  }
}
