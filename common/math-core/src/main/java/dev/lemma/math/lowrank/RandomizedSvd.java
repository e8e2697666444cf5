// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

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

  /** Index of the test vectors among the matrices of a seed; growth counts up from 1. */
  private static final long TESTS = 1L << 32;

  /** Squared share that a column must keep: of its noise, and of a sound digit in each entry. */
  private static final double NOISE_SHARE = 1e-12;

  private static final double SOUND_SHARE = 1e-3;

  /** Share of the raw squares below which what centring leaves is rounding noise. */
  private static final double NOTHING = 1e-14;

  private static final double UNIT = 0x1p-52;

  /** T where Y is taken as it is. */
  private static final double[][] NOTHING_MORE = {};

  private final MatrixReads matrix;
  private final int n;
  private final SvdSettings settings;
  private double squaredNorm;
  private long rows;
  private int reads;

  private RandomizedSvd(MatrixReads matrix, SvdSettings settings) {
    this.matrix = matrix;
    this.n = matrix.dimension();
    this.settings = settings;
  }

  /**
   * Decomposes a matrix that fits into memory by its W.
   *
   * @param passes over its rows
   * @param n number of columns, at least 1
   * @return {@link SvdFactors}, or why there are none
   */
  public static SvdOutcome of(RowPasses passes, int n, SvdSettings settings) {
    WholeReads reads = new WholeReads(passes, n, settings.preparation());
    SvdOutcome outcome = of(reads, settings);
    if (!(outcome instanceof Decomposition found)) {
      return outcome;
    }
    Basis basis =
        found.basis().isPresent() ? reads.basis(found.basis().get()) : found.start().orElseThrow();
    return new SvdFactors(
        found.figures(),
        WholeColumns.arrays(found.right()),
        reads.moments(),
        basis,
        reads.moments().shift(basis),
        found.leftTransform());
  }

  /**
   * Decomposes a matrix, wherever its tall matrices are held.
   *
   * @return {@link Decomposition}, or why there is none
   */
  public static SvdOutcome of(MatrixReads matrix, SvdSettings settings) {
    RandomizedSvd svd = new RandomizedSvd(matrix, settings);
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

  /**
   * A read, or two, and what it found.
   *
   * @param w W; empty for the Gaussians of the start
   * @param factor of A W
   * @param second what finishes Q; no rows where nothing does
   * @param found the decomposition of A'Q
   * @param projected A'Q
   * @param tests what test vectors tell of what W misses
   */
  private record Step(
      Optional<TallMatrix> w,
      GramFactor factor,
      double[][] second,
      TallSvd found,
      TallMatrix projected,
      TestVectors tests)
      implements Read {
    /** T, with Q = (A W) T. */
    double[][] transform() {
      return second.length == 0
          ? factor.transform()
          : SmallRows.product(factor.transform(), second);
    }
  }

  private SvdOutcome fixed() {
    int steps = settings.mode() == SvdMode.POWER ? settings.reads() : settings.reads() / 2;
    Read step = first(settings.startWidth(n), steps == 1);
    for (int s = 2; s <= steps && step instanceof Step found; s++) {
      step = next(grown(s, found, settings.startWidth(n)), s == steps);
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
      boolean within = rankWithin(found.found(), target) <= target.most();
      boolean settled = within || width == most || above(found.found()) < width && taken > 1;
      boolean last = settled && taken >= steps - 1;
      width = settled ? width : Math.min(2 * width, most);
      taken++;
      step = next(grown(taken, found, width), last);
      if (last) {
        break;
      }
    }
    if (!(step instanceof Step last)) {
      return ((Stopped) step).failure();
    }
    int rank = rankWithin(last.found(), target);
    if (rank <= target.most()) {
      return factors(last, rank, StopReason.TOLERANCE_REACHED);
    }
    return factors(last, target.most(), StopReason.RANK_CAP);
  }

  /**
   * The right vectors of a step, and Gaussians for the columns that it left free: what it lost in
   * rounding noise is then looked for where the larger values are out of the way.
   */
  private TallMatrix grown(long index, Step step, int width) {
    TallMatrix right = step.found().right();
    int free = width - right.columns();
    return free > 0 ? right.beside(fresh(index, free, right)) : right;
  }

  /** The smallest rank within the tolerance; one more than there are where none is. */
  private int rankWithin(TallSvd found, RankTarget.Tolerance target) {
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

  /** Gaussian vectors without their part in the span of w, which is taken out twice. */
  private TallMatrix fresh(long index, int count, TallMatrix w) {
    TallMatrix x = matrix.gaussians(GaussianBasis.of(settings.seed(), index, count));
    for (int time = 0; time < 2; time++) {
      x = w.beside(x).times(SmallRows.deflation(w.inner(x)));
    }
    return x;
  }

  /** The first step. */
  private Read first(int width, boolean last) {
    boolean power = settings.mode() == SvdMode.POWER;
    reads++;
    MatrixRead read =
        matrix.start(start(width), NOTHING_MORE, power ? Products.BOTH : Products.GRAM);
    rows = read.rows();
    if (rows == 0) {
      return new Stopped(SvdOutcome.Reason.NO_ROWS);
    }
    if (!read.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    squaredNorm = read.squaredNorm();
    double noise =
        settings.preparation() == Preparation.CENTERED ? NOTHING * read.rawSquaredNorm() : 0;
    if (!(squaredNorm > noise)) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    Optional<GramFactor> factor =
        GramFactor.eigen(read.gram(), power ? GramFactor.Noise.CUT : GramFactor.Noise.LIFT);
    if (factor.isEmpty()) {
      return new Stopped(SvdOutcome.Reason.NOT_CONVERGED);
    }
    if (factor.get().rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    return power
        ? step(Optional.empty(), factor.get(), read, TestVectors.NONE)
        : secondSide(Optional.empty(), factor.get(), last, TestVectors.NONE);
  }

  private GaussianBasis start(int width) {
    return GaussianBasis.of(settings.seed(), 0, width);
  }

  /**
   * A later step.
   *
   * @param w orthonormal columns in the order of their importance, then those to be tried
   * @param last whether what is missed is measured
   */
  private Read next(TallMatrix w, boolean last) {
    TallMatrix tested = last ? w.beside(fresh(TESTS, TestVectors.COUNT, w)) : w;
    boolean power = settings.mode() == SvdMode.POWER;
    reads++;
    MatrixRead read = matrix.next(tested, NOTHING_MORE, power ? Products.BOTH : Products.GRAM);
    if (!read.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    squaredNorm = read.squaredNorm();
    TestVectors tests = last ? TestVectors.of(read.gram(), w.columns()) : TestVectors.NONE;
    if (last && power) {
      tests = tests.with(w, read.product().orElseThrow());
    }
    int[] kept = new int[w.columns()];
    Arrays.setAll(kept, i -> i);
    GramFactor factor =
        GramFactor.graded(read.gram().select(kept), last && power ? SOUND_SHARE : NOISE_SHARE);
    if (factor.rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    return power
        ? step(Optional.of(w), factor, read, tests)
        : secondSide(Optional.of(w), factor, last, tests);
  }

  private Read step(Optional<TallMatrix> w, GramFactor factor, MatrixRead read, TestVectors tests) {
    TallMatrix z = read.product().orElseThrow();
    // Behind the columns of W those of the tests have no part in Q.
    double[][] transform = Arrays.copyOf(factor.transform(), z.columns());
    for (int i = factor.transform().length; i < transform.length; i++) {
      transform[i] = new double[factor.rank()];
    }
    return found(w, factor, new double[0][], z.times(transform), tests);
  }

  /** The second read of a two-sided step: A'Q, and the factor that finishes Q. */
  private Read secondSide(
      Optional<TallMatrix> w, GramFactor factor, boolean last, TestVectors tests) {
    reads++;
    MatrixRead read =
        w.isPresent()
            ? matrix.next(w.get(), factor.transform(), Products.BOTH)
            : matrix.start(start(factor.transform().length), factor.transform(), Products.BOTH);
    if (!read.isFinite()) {
      return new Stopped(SvdOutcome.Reason.OVERFLOW);
    }
    squaredNorm = read.squaredNorm();
    GramFactor second = GramFactor.graded(read.gram(), last ? SOUND_SHARE : NOISE_SHARE);
    if (second.rank() == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    TallMatrix projected = read.product().orElseThrow().times(second.transform());
    return found(w, factor, second.transform(), projected, tests);
  }

  private static Read found(
      Optional<TallMatrix> w,
      GramFactor factor,
      double[][] second,
      TallMatrix projected,
      TestVectors tests) {
    Optional<TallSvd> found = projected.decompose();
    if (found.isEmpty()) {
      return new Stopped(SvdOutcome.Reason.NOT_CONVERGED);
    }
    if (found.get().values().length == 0) {
      return new Stopped(SvdOutcome.Reason.ZERO_MATRIX);
    }
    return new Step(w, factor, second, found.get(), projected, tests);
  }

  private SvdOutcome factors(Step last, int wanted, StopReason asked) {
    TallSvd found = last.found();
    int above = above(found);
    int rank = Math.min(wanted, above);
    Optional<RitzErrors> errors =
        last.w().flatMap(w -> RitzErrors.of(last.factor(), last.projected(), w));
    ErrorBars bars = ErrorBars.of(errors, squaredNorm, last.tests(), found.values(), rank);
    TallMatrix right = found.right();
    if (rank < right.columns()) {
      right = right.times(SmallRows.leading(right.columns(), rank));
    }
    Optional<GaussianBasis> start =
        last.w().isPresent()
            ? Optional.empty()
            : Optional.of(start(last.factor().transform().length));
    SvdFigures figures =
        new SvdFigures(
            Arrays.copyOf(found.values(), rank),
            bars.residuals(),
            bars.upper(),
            bars.certain(),
            found.values().length > rank ? found.values()[rank] : 0,
            bars.missed(),
            squaredNorm,
            rows,
            n,
            reads,
            last.factor().transform().length,
            found.values().length - above,
            matrix.constants(),
            rank < wanted ? StopReason.RANK_EXHAUSTED : asked,
            TallColumns.departure(right.inner(right)));
    double[][] left = SmallRows.product(last.transform(), SmallRows.transposed(found.core(), rank));
    return new Decomposition(figures, right, start, last.w(), left);
  }

  /** How many values are to be believed. */
  private int above(TallSvd found) {
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
}
