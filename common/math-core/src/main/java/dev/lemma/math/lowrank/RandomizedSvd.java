// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.PassPlan.Products;
import java.util.Arrays;
import java.util.Optional;

/**
 * The leading singular triplets of a matrix of which only passes over the rows are to be had, by
 * randomized subspace iteration.
 *
 * <p>The first read multiplies by Gaussians, each later one by the right vectors that the one
 * before it found. A read of {@link SvdMode#POWER} returns Z = A'(A W) and the Gram matrix G of Y =
 * A W; with Y T orthonormal, T from G alone, Z T = A'Q is the projection of A onto the range of Y,
 * whose SVD gives values and both sides of vectors. So R reads project onto the range of A
 * (A'A)^(R-1) W, and values are those of the best approximation within it: the decay of the rest
 * enters with exponent 2 R - 1. T is made by eigenvectors in the first read, where nothing is known
 * of the order of the columns, which cuts what is lost in rounding noise; and by Cholesky's
 * triangle in later ones, whose columns have the graded lengths of the singular values. {@link
 * SvdMode#TWO_SIDED} makes Q in a read of its own and factors its Gram matrix again (CholeskyQR2),
 * so that nothing is squared.
 *
 * <p>2 (R - 1) n l<sup>2</sup> operations and about 40 n l bytes here, beside the passes; l columns
 * of W. One thread, one order of operations: the bits follow from those of the passes.
 *
 * <p>Sources: see the package. The factor of graded matrices: J. Demmel, K. Veselic, 1992, <a
 * href="https://doi.org/10.1137/0613074">doi:10.1137/0613074</a>; CholeskyQR2: Y. Yamamoto, Y.
 * Nakatsukasa, Y. Yanagisawa, T. Fukaya, 2015, <a
 * href="https://etna.math.kent.edu/vol.44.2015/pp306-326.dir/pp306-326.pdf">ETNA 44, 306-326</a>;
 * the bound of what was missed: Halko, Martinsson and Tropp, lemma 4.1.
 */
public final class RandomizedSvd {
  /** Columns that a tolerance begins with. */
  static final int FIRST_BLOCK = 32;

  /** Values below this share of the largest are lost when the spectrum is squared. */
  public static final double SQUARED_FLOOR = 1e-8;

  /** Vectors that measure what was missed: the bound fails with probability 10^-4. */
  private static final int TEST_VECTORS = 4;

  private static final double BOUND = 10 * Math.sqrt(2 / Math.PI);

  /** Index of the test vectors among the matrices of a seed; growth counts up from 1. */
  private static final long TESTS = 1L << 32;

  /** Squared share that a column must keep: of its noise, and of a sound digit in each entry. */
  private static final double NOISE_SHARE = 1e-12;

  private static final double SOUND_SHARE = 1e-3;

  /** Share of the raw squares below which what centring leaves is rounding noise. */
  private static final double NOTHING = 1e-14;

  private static final double UNIT = 0x1p-52;

  private final RowPasses passes;
  private final int n;
  private final SvdSettings settings;
  private ColumnMoments moments = ColumnMoments.NONE;
  private double squaredNorm;
  private long rows;
  private int reads;

  private RandomizedSvd(RowPasses passes, int n, SvdSettings settings) {
    this.passes = passes;
    this.n = n;
    this.settings = settings;
  }

  /**
   * Decomposes a matrix.
   *
   * @param passes over its rows
   * @param n number of columns, at least 1
   */
  public static SvdOutcome of(RowPasses passes, int n, SvdSettings settings) {
    RandomizedSvd svd = new RandomizedSvd(passes, n, settings);
    return settings.target() instanceof RankTarget.Tolerance tolerance
        ? svd.adaptive(tolerance)
        : svd.fixed();
  }

  /** What came of a step. */
  private sealed interface Read permits Step, Stopped {}

  /** There is nothing to go on with. */
  private record Stopped(SvdOutcome.Reason reason) implements Read {
    SvdOutcome.Failure failure() {
      return new SvdOutcome.Failure(reason);
    }
  }

  /** A read, or two, and what it found. */
  private record Step(
      Basis basis,
      GramFactor factor,
      double[][] second,
      Triplets triplets,
      double[][] projected,
      double[] testNorms)
      implements Read {
    /** T, with Q = (A W) T. */
    double[][] transform() {
      return second.length == 0 ? factor.transform() : product(factor.transform(), second);
    }
  }

  private SvdOutcome fixed() {
    int steps = settings.mode() == SvdMode.POWER ? settings.reads() : settings.reads() / 2;
    Read step = first(settings.startWidth(n), steps == 1);
    for (int s = 2; s <= steps && step instanceof Step found; s++) {
      step = next(found.triplets().right(), spare(s, found, settings.startWidth(n)), s == steps);
    }
    return step instanceof Step last
        ? factors(last, settings.target().most(), StopReason.RANK_REACHED)
        : ((Stopped) step).failure();
  }

  private SvdOutcome adaptive(RankTarget.Tolerance target) {
    int most = settings.mostWidth(n);
    int steps = settings.mode() == SvdMode.POWER ? settings.reads() : settings.reads() / 2;
    int width = settings.startWidth(n);
    Read step = first(width, false);
    int taken = 1;
    while (step instanceof Step found) {
      boolean within = rankWithin(found.triplets(), target) <= target.most();
      boolean settled = within || width == most || above(found.triplets()) < width && taken > 1;
      boolean last = settled && taken >= steps - 1;
      width = settled ? width : Math.min(2 * width, most);
      taken++;
      step = next(found.triplets().right(), spare(taken, found, width), last);
      if (last) {
        break;
      }
    }
    if (!(step instanceof Step last)) {
      return ((Stopped) step).failure();
    }
    int rank = rankWithin(last.triplets(), target);
    if (rank <= target.most()) {
      return factors(last, rank, StopReason.TOLERANCE_REACHED);
    }
    return factors(last, target.most(), StopReason.RANK_CAP);
  }

  /**
   * Gaussians for the columns that the last step left free: what it lost in rounding noise is then
   * looked for where the larger values are out of the way.
   */
  private double[][] spare(long index, Step found, int width) {
    double[][] w = found.triplets().right();
    return fresh(index, Math.max(0, width - w.length), w);
  }

  /** The smallest rank within the tolerance; one more than there are where none is. */
  private int rankWithin(Triplets found, RankTarget.Tolerance target) {
    double allowed = target.tolerance() * target.tolerance() * squaredNorm;
    double rest = squaredNorm;
    for (int r = 0; r < found.values().length; r++) {
      rest -= found.values()[r] * found.values()[r];
      if (rest <= allowed) {
        return r + 1;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** Gaussian vectors without their part in the span of w. */
  private double[][] fresh(long index, int count, double[][] w) {
    if (count == 0) {
      return new double[0][];
    }
    GaussianBasis law = GaussianBasis.of(settings.seed(), index, count);
    double[][] columns = new double[count][n];
    for (int j = 0; j < n; j++) {
      double[] row = law.row(j);
      for (int c = 0; c < count; c++) {
        columns[c][j] = row[c];
      }
    }
    for (double[] column : columns) {
      TallColumns.deflate(column, w);
    }
    return columns;
  }

  /** The first step. */
  private Read first(int width, boolean last) {
    GaussianBasis basis = GaussianBasis.of(settings.seed(), 0, width);
    boolean power = settings.mode() == SvdMode.POWER;
    PowerSums sums = run(PassPlan.first(n, basis, power ? Products.BOTH : Products.GRAM));
    rows = sums.rows();
    if (rows == 0) {
      return new Stopped(SvdOutcome.Reason.NO_ROWS);
    }
    if (!sums.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    moments = ColumnMoments.of(sums, settings.preparation());
    squaredNorm = PreparedSums.squaredNorm(sums, moments);
    double noise =
        settings.preparation() == Preparation.CENTERED ? NOTHING * sums.squaredNorm() : 0;
    if (!(squaredNorm > noise)) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    Optional<GramFactor> factor =
        GramFactor.eigen(
            PreparedSums.gram(sums, moments), power ? GramFactor.Noise.CUT : GramFactor.Noise.LIFT);
    if (factor.isEmpty()) {
      return new Stopped(SvdOutcome.Reason.NOT_CONVERGED);
    }
    if (factor.get().rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    return power
        ? step(basis, factor.get(), PreparedSums.product(sums, moments), new double[0])
        : secondSide(basis, factor.get(), last, new double[0]);
  }

  /**
   * A later step.
   *
   * @param w orthonormal columns in the order of their importance
   * @param growth columns to be tried behind them
   * @param last whether what is missed is measured
   */
  private Read next(double[][] w, double[][] growth, boolean last) {
    double[][] columns = joined(w, growth);
    double[][] tests = last ? fresh(TESTS, TEST_VECTORS, columns) : new double[0][];
    Basis given = new GivenBasis(TallColumns.rows(columns, moments.factors()));
    Basis tested =
        last ? new GivenBasis(TallColumns.rows(joined(columns, tests), moments.factors())) : given;
    boolean power = settings.mode() == SvdMode.POWER;
    PowerSums sums =
        run(
            PassPlan.later(
                n, tested, moments, new double[0][], power ? Products.BOTH : Products.GRAM));
    if (!sums.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    squaredNorm = sums.squaredNorm();
    PackedSymmetric all = PreparedSums.gram(sums, moments);
    double[] testNorms = new double[tests.length];
    for (int t = 0; t < tests.length; t++) {
      int at = columns.length + t;
      testNorms[t] = Math.sqrt(Math.max(0, all.get(at, at)));
    }
    int[] kept = new int[columns.length];
    Arrays.setAll(kept, i -> i);
    GramFactor factor =
        GramFactor.graded(all.select(kept), last && power ? SOUND_SHARE : NOISE_SHARE);
    if (factor.rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    if (!power) {
      return secondSide(given, factor, last, testNorms);
    }
    double[][] z = Arrays.copyOf(PreparedSums.product(sums, moments), columns.length);
    return step(given, factor, z, testNorms);
  }

  private Read step(Basis basis, GramFactor factor, double[][] z, double[] testNorms) {
    double[][] projected = TallColumns.multiply(z, factor.transform());
    return triplets(basis, factor, new double[0][], projected, testNorms);
  }

  /** The second read of a two-sided step: A'Q, and the factor that finishes Q. */
  private Read secondSide(Basis basis, GramFactor factor, boolean last, double[] testNorms) {
    PowerSums sums = run(PassPlan.later(n, basis, moments, factor.transform(), Products.BOTH));
    if (!sums.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    squaredNorm = sums.squaredNorm();
    GramFactor second =
        GramFactor.graded(PreparedSums.gram(sums, moments), last ? SOUND_SHARE : NOISE_SHARE);
    if (second.rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    double[][] projected =
        TallColumns.multiply(PreparedSums.product(sums, moments), second.transform());
    return triplets(basis, factor, second.transform(), projected, testNorms);
  }

  private static Read triplets(
      Basis basis, GramFactor factor, double[][] second, double[][] projected, double[] testNorms) {
    Optional<Triplets> triplets = Triplets.of(projected);
    if (triplets.isEmpty()) {
      return new Stopped(SvdOutcome.Reason.NOT_CONVERGED);
    }
    if (triplets.get().values().length == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    return new Step(basis, factor, second, triplets.get(), projected, testNorms);
  }

  private PowerSums run(PassPlan plan) {
    reads++;
    return passes.run(plan);
  }

  private SvdOutcome factors(Step last, int wanted, StopReason asked) {
    Triplets found = last.triplets();
    int above = above(found);
    int rank = Math.min(wanted, above);
    RitzErrors errors = RitzErrors.of(last.factor(), last.projected(), last.basis(), moments, rank);
    double[][] right = Arrays.copyOf(found.right(), rank);
    double bound = Double.NaN;
    for (double norm : last.testNorms()) {
      bound = Double.isNaN(bound) ? BOUND * norm : Math.max(bound, BOUND * norm);
    }
    return new SvdFactors(
        Arrays.copyOf(found.values(), rank),
        right,
        moments,
        last.basis(),
        moments.shift(last.basis()),
        product(last.transform(), transposed(found.core(), rank)),
        errors.residuals(),
        errors.upper(),
        found.values().length > rank ? found.values()[rank] : 0,
        bound,
        squaredNorm,
        rows,
        reads,
        last.basis().columns(),
        found.values().length - above,
        rank < wanted ? StopReason.RANK_EXHAUSTED : asked,
        TallColumns.departure(right));
  }

  /** How many values are to be believed. */
  private int above(Triplets found) {
    double floor = found.values()[0] * floor();
    int above = 0;
    while (above < found.values().length && found.values()[above] > floor) {
      above++;
    }
    return above;
  }

  /** Share of the largest value below which others are not to be believed. */
  private double floor() {
    return settings.mode() == SvdMode.POWER
        ? SQUARED_FLOOR
        : 16 * UNIT * Math.sqrt(Math.max(n, settings.mostWidth(n)));
  }

  private static double[][] joined(double[][] left, double[][] right) {
    double[][] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  /** The product of two small matrices by their rows. */
  private static double[][] product(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int p = 0; p < right.length; p++) {
        LoopPower.addOne(product[i], left[i][p], right[p]);
      }
    }
    return product;
  }

  /** The first vectors as columns of a matrix by its rows. */
  private static double[][] transposed(double[][] vectors, int count) {
    double[][] rows = new double[vectors[0].length][count];
    for (int c = 0; c < count; c++) {
      for (int i = 0; i < rows.length; i++) {
        rows[i][c] = vectors[c][i];
      }
    }
    return rows;
  }
}
