// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.GramBlas;
import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.linalg.PackedSymmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forms {@link FoldMoments} of rows in one pass. Rows are summed about a pilot of their class, a
 * point near its first rows, so that values far from zero cost no digits; dense rows by a {@link
 * GramKernel}, rows given as indices and values by the outer products of what is stored, unless
 * more than a fifth of a block is.
 *
 * <p>Rows are gathered in blocks until the block is full in which their class first appears, which
 * gives the pilot, and as long as they are sparse. From then on a dense row is shifted straight
 * into the kernel's slots for its scatter.
 *
 * <p>Made {@link #exact}, the bits of the result depend on the rows and the order in which they are
 * added alone: a row may be given dense or sparse, with or without zeros. Made {@link #fast}, the
 * last bits also depend on the library handed in.
 *
 * <p>Values must be finite; NaN or infinite ones spoil the moments of their cell. Rows of weight 0
 * are passed over unread.
 *
 * <p>n d<sup>2</sup> flops for n dense rows. Memory in doubles: d (d + 1) / 2 for each scatter with
 * rows (made fast, d<sup>2</sup> as long as that is 32 MB in all), d for each class and, pooled,
 * for each cell; {@link MomentShape#blockRows} x d for the rows that wait in the block (rows given
 * sparse: what they store, and half of that for indices) or in slots, twice that while the first
 * block is emptied into the slots; and up to 256 x d for the kernel. Adding allocates nothing once
 * every cell has rows and the block is grown. Not thread-safe.
 */
public final class MomentAccumulator {
  // Share of entries stored from which outer products of sparse rows are slower than dense rows.
  private static final double DENSE_FROM = 0.2;

  // Square sums are faster than packed ones as long as they are few: 32 MB.
  private static final double SQUARE_DOUBLES = 1 << 22;

  private final MomentShape shape;
  private final int blockRows;
  private final RowBlock block;
  // Rows added since the block was begun, in the block or not.
  private int begun;
  private final Pilots pilots;
  private final RowOrder byClass;
  private final RowOrder byScatter;
  private final ShiftedRow row;
  private final long[] rows;
  private final double[] weight;
  private final double[] squaredWeight;
  // Products about the pilots, of order d + 2 by class and d pooled.
  private final ScatterSums products;
  // Sums of rows about the pilots by cell, pooled only.
  private final double[][] sums;

  private MomentAccumulator(MomentShape shape, GramKernel kernel) {
    this.shape = shape;
    this.blockRows = shape.blockRows();
    this.block = new RowBlock(blockRows, shape.features());
    this.pilots = new Pilots(shape.classes(), shape.features());
    this.byClass = new RowOrder(shape.classes(), blockRows);
    this.byScatter = new RowOrder(shape.scatters(), blockRows);
    this.row = new ShiftedRow(shape.features());
    this.rows = new long[shape.cells()];
    this.weight = new double[shape.cells()];
    this.squaredWeight = new double[shape.cells()];
    this.products = new ScatterSums(kernel, shape.scatters(), blockRows);
    this.sums = new double[perClass(shape) ? 0 : shape.cells()][];
  }

  /** An accumulator that sums by own loops, in the order of the rows. */
  public static MomentAccumulator exact(MomentShape shape) {
    return new MomentAccumulator(shape, GramKernel.loops(order(shape)));
  }

  /** An accumulator that sums dense rows by a native library. */
  public static MomentAccumulator fast(MomentShape shape, GramBlas blas) {
    return new MomentAccumulator(
        shape,
        squareDoubles(shape) <= SQUARE_DOUBLES
            ? GramKernel.square(order(shape), blas)
            : GramKernel.blas(order(shape), blas));
  }

  /** Bytes of the sums of a fast accumulator that has met rows of every cell. */
  public static double fastSumBytes(MomentShape shape) {
    double square = squareDoubles(shape);
    double packed = (double) shape.scatters() * PackedSymmetric.length(order(shape));
    return Double.BYTES * (square <= SQUARE_DOUBLES ? square : packed);
  }

  private static double squareDoubles(MomentShape shape) {
    return (double) shape.scatters() * order(shape) * order(shape);
  }

  /** The shape of the result. */
  public MomentShape shape() {
    return shape;
  }

  /**
   * Adds a dense row.
   *
   * @param fold from 0 to F - 1
   * @param k its class, from 0 to K - 1
   * @param w its weight, finite and not negative
   * @param x its d features
   */
  public void add(int fold, int k, double w, double[] x) {
    checkLength(x.length);
    addDense(fold, k, w, x, 0);
  }

  /**
   * Adds a dense row out of a row-major block.
   *
   * @param at where its d features begin
   */
  public void addDense(int fold, int k, double w, double[] block, int at) {
    if (count(fold, k, w)) {
      // Never past a row of the same scatter that waits in the block.
      if (this.block.size() == 0 && pilots.knows(k) && products.areApart()) {
        row.shift(w, block, at, pilots.point(k));
        addShifted(fold, k);
      } else {
        this.block.addDense(fold, k, w, block, at);
      }
      endBlockIfFull();
    }
  }

  /**
   * Adds a sparse row: features that are not given are 0.
   *
   * @param indices strictly ascending, from 0 to d - 1
   * @param values the values of these features
   * @param count how many entries of the two arrays count
   */
  public void add(int fold, int k, double w, int[] indices, double[] values, int count) {
    int before = -1;
    for (int q = 0; q < count; q++) {
      if (indices[q] <= before) {
        throw new IllegalArgumentException(
            "indices of a sparse row must be strictly ascending from 0, found "
                + indices[q]
                + " behind "
                + before);
      }
      before = indices[q];
    }
    if (before >= shape.features()) {
      throw new IllegalArgumentException(
          "there are " + shape.features() + " features, found index " + before);
    }
    if (count(fold, k, w)) {
      block.addSparse(fold, k, w, indices, values, count);
      endBlockIfFull();
    }
  }

  /** The moments of all rows added. The accumulator is empty afterwards and can be used again. */
  public FoldMoments finish() {
    flush();
    List<ClassMoments> folds = new ArrayList<>();
    for (int f = 0; f < shape.folds(); f++) {
      folds.add(perClass(shape) ? finishPerClass(f) : finishPooled(f));
    }
    pilots.forget();
    Arrays.fill(rows, 0);
    Arrays.fill(weight, 0);
    Arrays.fill(squaredWeight, 0);
    return new FoldMoments(folds);
  }

  private boolean count(int fold, int k, double w) {
    if (fold < 0 || fold >= shape.folds() || k < 0 || k >= shape.classes()) {
      throw new IllegalArgumentException(
          "there are "
              + shape.folds()
              + " folds and "
              + shape.classes()
              + " classes, found fold "
              + fold
              + " and class "
              + k);
    }
    if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a weight must be finite and not negative, found " + w);
    }
    if (w == 0) {
      return false;
    }
    int cell = fold * shape.classes() + k;
    rows[cell]++;
    weight[cell] += w;
    squaredWeight[cell] += w * w;
    return true;
  }

  private void endBlockIfFull() {
    if (++begun == blockRows) {
      flush();
    }
  }

  private void flush() {
    begun = 0;
    int size = block.size();
    if (size == 0) {
      // All rows went their direct way, and those to come will most likely do so too.
      block.release();
      return;
    }
    learnPilots(size);
    for (int r = 0; r < size; r++) {
      byScatter.key(r, scatter(block.fold(r), block.classOf(r)));
    }
    int[] sorted = byScatter.sorted(size);
    for (int from = 0; from < size; ) {
      int to = byScatter.runEnd(from, size);
      if (isSparse(sorted, from, to)) {
        sumSparse(sorted, from, to);
      } else {
        sumDense(sorted, from, to);
      }
      from = to;
    }
    block.clear();
  }

  private void learnPilots(int size) {
    boolean allKnown = true;
    for (int r = 0; r < size; r++) {
      byClass.key(r, block.classOf(r));
      allKnown &= pilots.knows(block.classOf(r));
    }
    if (allKnown) {
      return;
    }
    int[] sorted = byClass.sorted(size);
    for (int from = 0; from < size; ) {
      int to = byClass.runEnd(from, size);
      int k = byClass.keyAt(from);
      if (!pilots.knows(k)) {
        pilots.learn(k, block, sorted, from, to);
      }
      from = to;
    }
  }

  private boolean isSparse(int[] sorted, int from, int to) {
    double entries = 0;
    for (int i = from; i < to; i++) {
      int r = sorted[i];
      if (!block.isSparse(r)) {
        return false;
      }
      entries += block.length(r) + pilots.support(block.classOf(r)).length;
    }
    return entries < DENSE_FROM * (to - from) * shape.features();
  }

  private void sumDense(int[] sorted, int from, int to) {
    for (int i = from; i < to; i++) {
      int r = sorted[i];
      int k = block.classOf(r);
      row.loadDense(block, r, pilots.point(k));
      addShifted(block.fold(r), k);
    }
  }

  /** Adds the row in its dense form. */
  private void addShifted(int fold, int k) {
    products.add(scatter(fold, k), row.dense);
    if (!perClass(shape)) {
      double[] sum = sumOf(fold, k);
      double[] y = row.dense;
      double root = row.root;
      for (int j = 0; j < sum.length; j++) {
        sum[j] = Math.fma(root, y[j], sum[j]);
      }
    }
  }

  private void sumSparse(int[] sorted, int from, int to) {
    for (int i = from; i < to; i++) {
      int r = sorted[i];
      int fold = block.fold(r);
      int k = block.classOf(r);
      row.loadSparse(block, r, pilots.point(k), pilots.support(k));
      // The two further entries are of use by class only.
      int count = perClass(shape) ? row.count : row.count - 2;
      products.addOuter(scatter(fold, k), row.indices, row.values, count);
      if (!perClass(shape)) {
        double[] sum = sumOf(fold, k);
        for (int q = 0; q < count; q++) {
          int j = row.indices[q];
          sum[j] = Math.fma(row.root, row.values[q], sum[j]);
        }
      }
    }
  }

  private int scatter(int fold, int k) {
    return perClass(shape) ? fold * shape.classes() + k : fold;
  }

  private double[] sumOf(int fold, int k) {
    int cell = fold * shape.classes() + k;
    if (sums[cell] == null) {
      sums[cell] = new double[shape.features()];
    }
    return sums[cell];
  }

  private ClassMoments finishPerClass(int fold) {
    int d = shape.features();
    ClassCell[] cells = new ClassCell[shape.classes()];
    for (int k = 0; k < cells.length; k++) {
      int cell = fold * shape.classes() + k;
      double[] product = products.take(cell);
      if (product == null) {
        continue;
      }
      double[] e = new double[d];
      double[] third = new double[d];
      System.arraycopy(product, PackedSymmetric.index(0, d), e, 0, d);
      System.arraycopy(product, PackedSymmetric.index(0, d + 1), third, 0, d);
      double fourth = product[PackedSymmetric.index(d + 1, d + 1)];
      scaleInPlace(e, 1 / weight[cell]);
      double[] packed = Arrays.copyOf(product, PackedSymmetric.length(d));
      PackedSymmetric scatter = PackedSymmetric.wrap(d, packed);
      scatter.addRankOneInPlace(-weight[cell], e);
      HigherMoments higher =
          HigherMoments.central(e, weight[cell], scatter, new HigherMoments(third, fourth));
      cells[k] = cell(cell, k, e, scatter, higher);
    }
    return new ClassMoments(d, ScatterLayout.PER_CLASS, cells, null);
  }

  private ClassMoments finishPooled(int fold) {
    int d = shape.features();
    double[] product = products.take(fold);
    PackedSymmetric scatter =
        product == null ? PackedSymmetric.zero(d) : PackedSymmetric.wrap(d, product);
    ClassCell[] cells = new ClassCell[shape.classes()];
    for (int k = 0; k < cells.length; k++) {
      int cell = fold * shape.classes() + k;
      double[] e = sums[cell];
      sums[cell] = null;
      if (e != null) {
        scaleInPlace(e, 1 / weight[cell]);
        scatter.addRankOneInPlace(-weight[cell], e);
        cells[k] = cell(cell, k, e, null, null);
      }
    }
    return new ClassMoments(d, ScatterLayout.POOLED, cells, scatter);
  }

  private ClassCell cell(
      int cell, int k, double[] e, PackedSymmetric scatter, HigherMoments higher) {
    CellMean mean = CellMean.of(pilots.point(k)).plus(e);
    return new ClassCell(rows[cell], weight[cell], squaredWeight[cell], mean, scatter, higher);
  }

  private void checkLength(int found) {
    if (found != shape.features()) {
      throw new IllegalArgumentException(
          "there are " + shape.features() + " features, found a row of " + found);
    }
  }

  private static void scaleInPlace(double[] v, double factor) {
    for (int j = 0; j < v.length; j++) {
      v[j] *= factor;
    }
  }

  private static boolean perClass(MomentShape shape) {
    return shape.layout() == ScatterLayout.PER_CLASS;
  }

  private static int order(MomentShape shape) {
    return perClass(shape) ? shape.features() + 2 : shape.features();
  }
}
