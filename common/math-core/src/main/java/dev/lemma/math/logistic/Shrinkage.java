// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PackedSymmetric;
import java.util.function.DoubleSupplier;

/**
 * How a d x d covariance S is pulled towards mu I, mu = tr S / d: S* = (1 - rho) S + rho mu I, or S
 * + lambda I for {@link Ridge}. The rules that find rho themselves minimise the expected squared
 * error ||S* - Sigma||<sup>2</sup> for a sample of size n centred at its mean; here the rows less
 * the means of their classes are that sample and n is the size of all of them.
 */
public sealed interface Shrinkage {
  /** S as it is. */
  Shrinkage NONE = new Fixed(0);

  /**
   * rho.
   *
   * @param s S in the units chosen, d at least 1
   * @param size n
   * @param meanFourth gives the mean over the rows of ||z||<sup>4</sup>, z being the row less the
   *     mean of its class; asked only by {@link LedoitWolf}
   */
  default double share(PackedSymmetric s, double size, DoubleSupplier meanFourth) {
    return share(s.order(), s.trace(), s::frobeniusSquared, size, meanFourth);
  }

  /**
   * rho, where S is known by its traces alone.
   *
   * @param order d, at least 1
   * @param trace tr S
   * @param square gives ||S||<sup>2</sup>; asked by the rules that find rho themselves
   * @param size n
   * @param meanFourth as above
   */
  double share(
      int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth);

  /** lambda, 0 where there is none. */
  default double added() {
    return 0;
  }

  /**
   * A given share.
   *
   * @param rho in [0, 1]
   */
  record Fixed(double rho) implements Shrinkage {
    /** Checks the range. */
    public Fixed {
      if (!(rho >= 0 && rho <= 1)) {
        throw new IllegalArgumentException("rho must lie in [0, 1], found " + rho);
      }
    }

    @Override
    public double share(
        int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth) {
      return rho;
    }
  }

  /**
   * S + lambda I.
   *
   * @param lambda finite, at least 0, in the units of a variance
   */
  record Ridge(double lambda) implements Shrinkage {
    /** Checks the range. */
    public Ridge {
      if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("lambda must be finite and at least 0, found " + lambda);
      }
    }

    @Override
    public double share(
        int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth) {
      return 0;
    }

    @Override
    public double added() {
      return lambda;
    }
  }

  /**
   * The oracle-approximating share for Gaussian rows: with a = ||S||<sup>2</sup> / d<sup>2</sup>,
   * rho = min(1, (a + mu<sup>2</sup>) / ((n + 1) (a - mu<sup>2</sup> / d))).
   *
   * <p>Y. Chen, A. Wiesel, Y. C. Eldar, A. O. Hero, <em>Shrinkage algorithms for MMSE covariance
   * estimation</em>, 2010, <a
   * href="https://doi.org/10.1109/TSP.2010.2053029">doi:10.1109/TSP.2010.2053029</a>.
   */
  record Oas() implements Shrinkage {
    @Override
    public double share(
        int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth) {
      return Shrinkage.oas(order, trace, square.getAsDouble(), size);
    }
  }

  /**
   * The Rao-Blackwell form of Ledoit and Wolf's share for Gaussian rows: rho = min(1, ((n - 2) / n
   * tr S<sup>2</sup> + tr<sup>2</sup> S) / ((n + 2) (tr S<sup>2</sup> - tr<sup>2</sup> S / d))).
   * Source as for {@link Oas}.
   */
  record Rblw() implements Shrinkage {
    @Override
    public double share(
        int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth) {
      return Shrinkage.rblw(order, trace, square.getAsDouble(), size);
    }
  }

  /**
   * The share that holds for rows of any law: with A the mean of ||z||<sup>4</sup> over the rows
   * less the means of their classes, rho = min(1, (A - ||S||<sup>2</sup>) / (n (||S||<sup>2</sup> -
   * d mu<sup>2</sup>))). Needs the fourth moments of {@link ClassMoments}, hence the units in which
   * rows came and the pooling {@link Pooling#WITHIN}.
   *
   * <p>This is what scikit-learn's {@code ledoit_wolf} gives for the rows less their class means.
   * Its {@code LinearDiscriminantAnalysis(shrinkage="auto")} does something else: it standardises
   * every class by itself, finds a share for each, and averages the shrunken covariances.
   *
   * <p>O. Ledoit, M. Wolf, <em>A well-conditioned estimator for large-dimensional covariance
   * matrices</em>, 2004, <a
   * href="https://doi.org/10.1016/S0047-259X(03)00096-4">doi:10.1016/S0047-259X(03)00096-4</a>.
   */
  record LedoitWolf() implements Shrinkage {
    @Override
    public double share(
        int order, double trace, DoubleSupplier square, double size, DoubleSupplier meanFourth) {
      return Shrinkage.ledoitWolf(
          order, trace, square.getAsDouble(), size, meanFourth.getAsDouble());
    }
  }

  private static double oas(int order, double trace, double square, double size) {
    double d = order;
    double mu = trace / d;
    double a = square / (d * d);
    return share(order, a + mu * mu, (size + 1) * (a - mu * mu / d));
  }

  private static double rblw(int order, double trace, double square, double size) {
    double above = (size - 2) / size * square + trace * trace;
    return share(order, above, (size + 2) * (square - trace * trace / order));
  }

  private static double ledoitWolf(
      int order, double trace, double square, double size, double meanFourth) {
    double mu = trace / order;
    double above = Math.max(0, (meanFourth - square) / size);
    return above == 0 ? 0 : share(order, above, square - order * mu * mu);
  }

  /** In [0, 1]; 0 for d = 1, where S is mu I, and 1 where S is a multiple of I. */
  private static double share(int order, double above, double below) {
    if (order <= 1) {
      return 0;
    }
    return below > 0 ? Math.max(0, Math.min(1, above / below)) : 1;
  }
}
