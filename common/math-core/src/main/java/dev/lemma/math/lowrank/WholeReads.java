// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.lowrank;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.PassPlan.Products;
import java.util.Optional;

/** Reads of a matrix whose W and A'Y are held whole. */
final class WholeReads implements MatrixReads {
  private final RowPasses passes;
  private final int n;
  private final Preparation preparation;
  private ColumnMoments moments;

  WholeReads(RowPasses passes, int n, Preparation preparation) {
    this.passes = passes;
    this.n = n;
    this.preparation = preparation;
  }

  @Override
  public int dimension() {
    return n;
  }

  @Override
  public int constants() {
    return moments.constants();
  }

  ColumnMoments moments() {
    return moments;
  }

  /** W as rows of A are multiplied by it: each row times the factor of its column of A. */
  Basis basis(TallMatrix w) {
    return new GivenBasis(TallColumns.rows(WholeColumns.arrays(w), moments.factors()));
  }

  @Override
  public MatrixRead start(GaussianBasis start, double[][] transform, Products products) {
    return moments == null ? first(start, products) : later(start, transform, products);
  }

  @Override
  public MatrixRead next(TallMatrix w, double[][] transform, Products products) {
    return later(basis(w), transform, products);
  }

  private MatrixRead first(GaussianBasis start, Products products) {
    PowerSums sums = passes.run(PassPlan.first(n, start, products));
    moments = sums.rows() == 0 ? ColumnMoments.NONE : ColumnMoments.of(sums, preparation);
    return read(sums, PreparedSums.squaredNorm(sums, moments));
  }

  private MatrixRead later(Basis basis, double[][] transform, Products products) {
    PowerSums sums = passes.run(PassPlan.later(n, basis, moments, transform, products));
    return read(sums, sums.squaredNorm());
  }

  private MatrixRead read(PowerSums sums, double squaredNorm) {
    boolean finite = sums.isFinite();
    PackedSymmetric gram = PreparedSums.gram(sums, preparation);
    Optional<TallMatrix> product =
        finite && sums.product().length > 0
            ? Optional.of(new WholeColumns(PreparedSums.product(sums, moments)))
            : Optional.empty();
    return new MatrixRead(sums.rows(), finite, gram, product, squaredNorm, sums.squaredNorm());
  }

  @Override
  public TallMatrix gaussians(GaussianBasis law) {
    return new WholeColumns(TallColumns.gaussians(law, 0, n, moments.factors()));
  }
}
