// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.GramSchmidt;
import dev.lemma.math.lowrank.MemoryRows.Way;
import dev.lemma.math.lowrank.SvdOutcome.Failure;
import dev.lemma.math.lowrank.SvdOutcome.Reason;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Triplets against matrices whose singular values are known. */
class RandomizedSvdTest {
  private static SvdSettings settings(
      int rank, int oversampling, int reads, Preparation preparation, SvdMode mode) {
    return new SvdSettings(new RankTarget.Fixed(rank), oversampling, reads, preparation, mode, 5);
  }

  private static SvdFactors factors(double[][] rows, Way way, SvdSettings settings) {
    return (SvdFactors) RandomizedSvd.of(new MemoryRows(rows, way), rows[0].length, settings);
  }

  private static double[] spectrum(int size, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, size).mapToDouble(value).toArray();
  }

  /** The toy of section 5.5: 20 values above a flat tail. */
  @Test
  void threeReadsComeWithinAHundredthOfTheOptimum() {
    double[] s = spectrum(400, i -> i < 20 ? 10 - 0.35 * i : 1);
    double[] mean = new double[4];
    for (int seed = 0; seed < 2; seed++) {
      double[][] rows = MemoryRows.ofSpectrum(1500, 400, s, 10 + seed);
      for (int reads = 2; reads <= 3; reads++) {
        SvdSettings settings =
            new SvdSettings(
                new RankTarget.Fixed(20), 10, reads, Preparation.RAW, SvdMode.POWER, seed);
        SvdFactors found = factors(rows, Way.DENSE, settings);
        assertThat(found.figures().reads()).isEqualTo(reads);
        mean[reads] += MemoryRows.spectralError(rows, found) / s[20] / 2;
      }
    }
    assertThat(mean[3]).isBetween(1 - 1e-9, 1.01);
    assertThat(mean[2]).isGreaterThan(mean[3]);
  }

  @ParameterizedTest
  @EnumSource(SvdMode.class)
  void agreesWithLapacksAlgorithm(SvdMode mode) {
    double[] s = spectrum(40, i -> StrictMath.pow(10, -0.3 * i));
    double[][] rows = MemoryRows.ofSpectrum(120, 60, s, 3);
    double[] oracle = MemoryRows.oracle(rows);
    SvdFactors found =
        factors(
            rows,
            Way.DENSE,
            settings(50, 10, mode == SvdMode.POWER ? 3 : 4, Preparation.RAW, mode));
    double worst = 0;
    int compared = 0;
    for (int r = 0; r < found.figures().rank(); r++) {
      if (mode == SvdMode.TWO_SIDED || oracle[r] > 1e-7) {
        worst = Math.max(worst, Math.abs(found.figures().values()[r] - oracle[r]));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(mode == SvdMode.POWER ? 24 : 40);
    assertThat(worst).isLessThan(1e-10);
  }

  @ParameterizedTest
  @CsvSource({"POWER, 40", "TWO_SIDED, 40", "POWER, 5", "TWO_SIDED, 5"})
  void vectorsAreOrthonormalAtConditionTenToTheTwelveAndWithoutFullRank(SvdMode mode, int rank) {
    double[] s = spectrum(rank, i -> StrictMath.pow(10, -12.0 * i / (rank - 1)));
    double[][] rows = MemoryRows.ofSpectrum(150, 60, s, 8);
    SvdFactors found = factors(rows, Way.DENSE, settings(rank + 8, 7, 4, Preparation.RAW, mode));
    assertThat(found.figures().stop()).isEqualTo(StopReason.RANK_EXHAUSTED);
    assertThat(found.figures().orthonormality()).isLessThan(1e-12);
    assertThat(MemoryRows.leftDeparture(rows, found)).isLessThan(1e-12);
    if (mode == SvdMode.TWO_SIDED) {
      assertThat(found.figures().rank()).isEqualTo(rank);
      for (int r = 0; r < rank; r++) {
        assertThat(found.figures().values()[r]).isCloseTo(s[r], within(1e-14));
      }
    } else {
      assertThat(found.figures().values()[found.figures().rank() - 1]).isGreaterThan(1e-8);
      assertThat(s[found.figures().rank()]).isLessThan(1.0001e-8);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Preparation.class,
      names = {"CENTERED", "STANDARDIZED"})
  void preparesColumnsWithoutTouchingThem(Preparation preparation) {
    double[][] rows = MemoryRows.counts(200, 30, 4);
    for (double[] row : rows) {
      row[7] = 3;
      row[9] += 50;
    }
    double[][] explicit = MemoryRows.centered(rows, preparation == Preparation.STANDARDIZED);
    double[] oracle = MemoryRows.oracle(explicit);
    for (SvdMode mode : SvdMode.values()) {
      SvdSettings settings = settings(10, 20, 4, preparation, mode);
      SvdFactors sparse = factors(rows, Way.SPARSE, settings);
      SvdFactors dense = factors(rows, Way.DENSE, settings);
      SvdFactors raw = factors(explicit, Way.BLAS, settings(10, 20, 4, Preparation.RAW, mode));
      assertThat(sparse.figures().values()).containsExactly(dense.figures().values());
      for (int r = 0; r < 10; r++) {
        assertThat(sparse.figures().values()[r]).isCloseTo(oracle[r], within(1e-12 * oracle[0]));
        assertThat(sparse.right()[r]).containsExactly(dense.right()[r]);
        assertThat(Math.abs(TallColumns.dot(sparse.right()[r], raw.right()[r])))
            .isCloseTo(1, within(1e-9));
      }
      assertThat(sparse.figures().squaredNorm())
          .isCloseTo(raw.figures().squaredNorm(), within(1e-9));
      assertThat(MemoryRows.leftDeparture(rows, sparse)).isLessThan(1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void kernelsAgree(Way way) {
    double[][] rows = MemoryRows.counts(101, 23, 6);
    SvdSettings settings = settings(5, 5, 3, Preparation.CENTERED, SvdMode.POWER);
    SvdFactors found = factors(rows, way, settings);
    SvdFactors dense = factors(rows, Way.DENSE, settings);
    if (way == Way.BLAS) {
      for (int r = 0; r < 5; r++) {
        assertThat(found.figures().values()[r])
            .isCloseTo(dense.figures().values()[r], within(1e-12 * dense.figures().values()[0]));
      }
    } else {
      assertThat(found.figures().values()).containsExactly(dense.figures().values());
    }
  }

  @Test
  void signsFollowTheLargestEntry() {
    SvdFactors found =
        factors(
            MemoryRows.gaussians(50, 12, 1),
            Way.DENSE,
            settings(6, 4, 3, Preparation.RAW, SvdMode.POWER));
    for (double[] v : found.right()) {
      double[] sizes = Arrays.stream(v).map(Math::abs).toArray();
      double largest = Arrays.stream(sizes).max().orElseThrow();
      assertThat(
              v[
                  IntStream.range(0, v.length)
                      .filter(j -> sizes[j] == largest)
                      .findFirst()
                      .orElseThrow()])
          .isPositive();
    }
  }

  /**
   * Tails that fall, that are flat, and that lie far below: the true values lie in both bars, and
   * where the bar has something to tell it is of second order in the residual.
   */
  @ParameterizedTest
  @CsvSource({"1.0, 0", "0.5, 0", "0, 0.05", "3, 1e-3"})
  void errorBarsHoldTheTruthAndTheBoundHoldsTheRest(double power, double flat) {
    double[] s =
        spectrum(
            100,
            i -> i < 10 || flat == 0 ? StrictMath.pow(1.0 + i, -power) - 0.02 * i * flat : flat);
    double[] sorted = Arrays.stream(s).sorted().toArray();
    for (int i = 0; i < s.length; i++) {
      s[i] = sorted[s.length - 1 - i];
    }
    double[][] rows = MemoryRows.ofSpectrum(300, 100, s, 21);
    for (SvdMode mode : SvdMode.values()) {
      for (int reads : mode == SvdMode.POWER ? new int[] {2, 3} : new int[] {4}) {
        SvdFigures found =
            factors(rows, Way.DENSE, settings(10, 10, reads, Preparation.RAW, mode)).figures();
        double rest = 0;
        for (int r = 99; r >= 20; r--) {
          rest += s[r] * s[r];
        }
        // At least the largest value that W must miss, at most the Frobenius norm and noise.
        assertThat(found.missed()).isBetween(0.99 * s[20], 4 * Math.sqrt(rest) + 1e-6);
        for (int r = 0; r < 10; r++) {
          assertThat(s[r])
              .isBetween(found.values()[r] - 1e-14, Math.min(found.upper()[r], found.certain()[r]));
          assertThat(found.upper()[r]).isLessThanOrEqualTo(found.certain()[r]);
          assertThat(found.residuals()[r]).isNotNegative();
        }
        assertThat(found.next()).isCloseTo(s[10], within(0.2 * s[10]));
      }
    }
  }

  /** Above what is missed, bars are of second order in the residual. */
  @Test
  void errorBarsShrinkWithTheSquareOfTheResidual() {
    double[] s = spectrum(100, i -> 1.0 / (1 + i));
    double[][] rows = MemoryRows.ofSpectrum(300, 100, s, 21);
    SvdFigures found =
        factors(rows, Way.DENSE, settings(10, 10, 3, Preparation.RAW, SvdMode.POWER)).figures();
    for (int r = 0; r < 5; r++) {
      double bar = found.certain()[r] - found.values()[r];
      assertThat(bar).isLessThan(0.2 * found.residuals()[r]);
      assertThat(found.upper()[r]).isEqualTo(found.certain()[r]);
    }
    double whole = Arrays.stream(s).map(x -> x * x).sum();
    double left = whole - Arrays.stream(s).limit(10).map(x -> x * x).sum();
    assertThat(found.relativeError()).isCloseTo(Math.sqrt(left / whole), within(1e-3));
  }

  /** A value that no column of W has met lies outside of the bar, and inside of the certain one. */
  @Test
  void whatWasMissedLiesInTheCertainBar() {
    double[][] rows = new double[6][6];
    for (int i = 0; i < 6; i++) {
      rows[i][i] = 6 - i;
    }
    // W is blind to the largest value.
    double[][] w = {{0, 1, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}};
    WholeReads reads = new WholeReads(new MemoryRows(rows, Way.DENSE), 6, Preparation.RAW);
    reads.start(GaussianBasis.of(1, 0, 2), new double[0][], PassPlan.Products.GRAM);
    MatrixRead read = reads.next(new WholeColumns(w), new double[0][], PassPlan.Products.BOTH);
    GramFactor factor = GramFactor.graded(read.gram(), 1e-3);
    TallMatrix projected = read.product().orElseThrow().times(factor.transform());
    ErrorBars bars =
        ErrorBars.of(
            RitzErrors.of(factor, projected, new WholeColumns(w)),
            read.squaredNorm(),
            TestVectors.NONE,
            new double[] {5, 4},
            2);
    assertThat(bars.upper()[0]).isCloseTo(5, within(1e-6));
    assertThat(bars.missed()).isCloseTo(Math.sqrt(36 + 9 + 4 + 1), within(1e-6));
    assertThat(bars.certain()[0]).isGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,   1000, TOLERANCE_REACHED",
    "0.002, 1000, TOLERANCE_REACHED",
    "0.002, 60,   RANK_CAP"
  })
  void growsUntilTheToleranceHolds(double tolerance, int most, StopReason stop) {
    double[] s = spectrum(150, i -> StrictMath.pow(0.95, i));
    double[][] rows = MemoryRows.ofSpectrum(300, 150, s, 2);
    SvdFactors found =
        factors(
            rows,
            Way.DENSE,
            new SvdSettings(
                new RankTarget.Tolerance(tolerance, most),
                10,
                3,
                Preparation.RAW,
                SvdMode.POWER,
                1));
    double whole = Arrays.stream(s).map(x -> x * x).sum();
    double rest = whole;
    int least = 0;
    while (Math.sqrt(rest / whole) > tolerance) {
      rest -= s[least] * s[least];
      least++;
    }
    assertThat(found.figures().stop()).isEqualTo(stop);
    if (stop == StopReason.RANK_CAP) {
      assertThat(found.figures().rank()).isEqualTo(most);
    } else {
      assertThat(found.figures().relativeError()).isLessThanOrEqualTo(tolerance);
      assertThat(found.figures().rank()).isBetween(least, least + 2);
    }
  }

  @Test
  void oneReadAddsUpOverDays() {
    double[] s = spectrum(60, i -> StrictMath.pow(0.6, i));
    double[][] rows = MemoryRows.ofSpectrum(200, 60, s, 5);
    PassPlan plan = PassPlan.first(60, GaussianBasis.of(5, 0, 20), PassPlan.Products.BOTH);
    PowerSums first = new MemoryRows(Arrays.copyOf(rows, 120), Way.DENSE).run(plan);
    PowerSums second = new MemoryRows(Arrays.copyOfRange(rows, 120, 200), Way.SPARSE).run(plan);
    PowerSums both = first.add(second);
    SvdSettings settings = settings(10, 10, 1, Preparation.CENTERED, SvdMode.POWER);
    SvdFactors added = (SvdFactors) RandomizedSvd.of(asked -> both, 60, settings);
    SvdFactors whole = factors(rows, Way.DENSE, settings);
    double[] oracle = MemoryRows.oracle(MemoryRows.centered(rows, false));
    for (int r = 0; r < 10; r++) {
      assertThat(added.figures().values()[r]).isCloseTo(whole.figures().values()[r], within(1e-9));
      assertThat(added.figures().values()[r]).isCloseTo(oracle[r], within(1e-3 * oracle[0]));
    }
    assertThat(added.figures().reads()).isEqualTo(1);
  }

  /**
   * The article projects by a Gaussian Q with entries of variance 1/k and takes Q as orthonormal:
   * kept here alone, for what it costs to do so.
   */
  @Test
  void theArticlesOwnVersionIsNoDecomposition() {
    int k = 15;
    double[][] rows = MemoryRows.ofSpectrum(200, 100, spectrum(5, i -> 200 - 10 * i), 12);
    double[][] q = MemoryRows.gaussians(100, k, 77);
    for (double[] row : q) {
      TallColumns.scale(row, 1 / Math.sqrt(k));
    }
    double naive = relativeErrorOf(rows, q);
    double[][] columns = new double[k][100];
    for (int j = 0; j < 100; j++) {
      for (int c = 0; c < k; c++) {
        columns[c][j] = q[j][c];
      }
    }
    double orthonormal =
        relativeErrorOf(rows, TallColumns.rows(GramSchmidt.basisInPlace(columns), new double[0]));
    SvdFactors found = factors(rows, Way.DENSE, settings(5, 10, 1, Preparation.RAW, SvdMode.POWER));
    double ours = MemoryRows.spectralError(rows, found) / MemoryRows.norm(rows);
    // Theory: sqrt((n + 1) / k) = 2.59 and sqrt(1 - k / n) = 0.92, in the Frobenius norm.
    assertThat(naive).isBetween(2.0, 3.2);
    assertThat(orthonormal).isBetween(0.85, 0.98);
    assertThat(ours).isLessThan(1e-7);
  }

  /** ||M - M Q Q'||_F / ||M||_F: what the SVD of M Q leaves, Q taken as orthonormal. */
  private static double relativeErrorOf(double[][] rows, double[][] q) {
    double rest = 0;
    double whole = 0;
    for (double[] row : rows) {
      double[] y = new double[q[0].length];
      for (int j = 0; j < row.length; j++) {
        RowSweeps.addOne(y, row[j], q[j]);
      }
      for (int j = 0; j < row.length; j++) {
        double difference = row[j] - TallColumns.dot(q[j], y);
        rest += difference * difference;
        whole += row[j] * row[j];
      }
    }
    return Math.sqrt(rest / whole);
  }

  @Test
  void whatHasNothingToDecomposeSaysSo() {
    SvdSettings raw = settings(2, 2, 3, Preparation.RAW, SvdMode.POWER);
    SvdSettings centered = settings(2, 2, 3, Preparation.CENTERED, SvdMode.POWER);
    assertThat(outcome(new double[0][], 3, raw)).isEqualTo(new Failure(Reason.NO_ROWS));
    assertThat(outcome(new double[5][3], 3, raw)).isEqualTo(new Failure(Reason.ZERO_MATRIX));
    double[][] equal = new double[7][];
    Arrays.setAll(equal, i -> new double[] {0.1, 0.7, 1e3});
    assertThat(outcome(equal, 3, centered)).isEqualTo(new Failure(Reason.ZERO_MATRIX));
    assertThat(outcome(equal, 3, settings(2, 2, 3, Preparation.STANDARDIZED, SvdMode.TWO_SIDED)))
        .isEqualTo(new Failure(Reason.ZERO_MATRIX));
    double[][] huge = {{1e200, 2e200}, {3e200, 1e200}};
    assertThat(outcome(huge, 2, raw)).isEqualTo(new Failure(Reason.OVERFLOW));
  }

  private static SvdOutcome outcome(double[][] rows, int n, SvdSettings settings) {
    return RandomizedSvd.of(new MemoryRows(rows, Way.DENSE), n, settings);
  }

  @ParameterizedTest
  @EnumSource(SvdMode.class)
  void smallShapesWork(SvdMode mode) {
    double[][] oneRow = {{3, 0, 4}};
    SvdFactors found = factors(oneRow, Way.DENSE, settings(2, 5, 3, Preparation.RAW, mode));
    assertThat(found.figures().rank()).isEqualTo(1);
    assertThat(found.figures().values()[0]).isCloseTo(5, within(1e-14));
    assertThat(found.right()[0]).containsExactly(new double[] {0.6, 0, 0.8}, within(1e-15));
    double[][] oneColumn = {{3}, {4}, {0}};
    SvdFactors column = factors(oneColumn, Way.SPARSE, settings(1, 5, 3, Preparation.RAW, mode));
    assertThat(column.figures().values()[0]).isCloseTo(5, within(1e-14));
    assertThat(column.right()[0]).containsExactly(1);
    assertThat(column.figures().stop()).isEqualTo(StopReason.RANK_REACHED);
  }
}
