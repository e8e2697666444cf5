// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.linalg.ExactSum;
import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.lowrank.PassPlan.Columns;
import dev.lemma.math.lowrank.PassPlan.Products;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.RowSweeps;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The work of one task of a pass in blocks. It takes up a chunk of rows, forms their y by one sweep
 * over the blocks of W, and hands out, in a second sweep, a partial sum of A'Y for each block and
 * behind the blocks one of all else. A chunk ends when it is full and with its leaf: where, follows
 * from the rows alone. Not thread-safe.
 */
final class BlockTask implements Iterator<Tuple2<BlockKey, PartialSums>> {
  private static final double[] NONE = {};

  private final StoredValue values;
  private final RowReader reader;
  private final BlockPlan plan;
  private final Kernel kernel;
  private final long partition;
  private final Iterator<InternalRow> stored;
  private final FeatureBuffer row = new FeatureBuffer();
  private final RowChunk chunk;
  private final GramKernel gramKernel;
  private double[][] y = new double[0][];
  private InternalRow pending;
  private long unit = -1;
  private long inUnit;
  private long[] tally = new long[BadRow.values().length];
  private int next;

  BlockTask(
      MatrixShape shape,
      BlockPlan plan,
      Kernel kernel,
      long partition,
      Iterator<InternalRow> rows) {
    this.values = shape.value();
    this.reader = shape.reader();
    this.plan = plan;
    this.kernel = kernel;
    this.partition = partition;
    this.stored = rows;
    this.chunk = new RowChunk(plan.shift.length, plan.blocks.chunkBytes());
    this.gramKernel = GramKernel.loops(plan.width());
    this.next = plan.blocks.count() + 1;
  }

  @Override
  public boolean hasNext() {
    return next <= plan.blocks.count() || pending != null || stored.hasNext();
  }

  @Override
  public Tuple2<BlockKey, PartialSums> next() {
    if (next > plan.blocks.count()) {
      fill();
      chunk.multiply(plan);
      transform();
      chunk.rewind();
      next = plan.products == Products.BOTH || sumsColumns() ? 0 : plan.blocks.count();
    }
    int block = next++;
    long sequence = (unit << Integer.SIZE) + inUnit;
    PowerSums sums = block < plan.blocks.count() ? block(block) : rest();
    long[] counts = new long[tally.length];
    if (block == plan.blocks.count()) {
      counts = tally;
      tally = new long[tally.length];
    }
    return new Tuple2<>(new BlockKey(block, sequence), new PartialSums(sums, counts));
  }

  private boolean sumsColumns() {
    return plan.columns == Columns.SUMS;
  }

  /** Takes up the next chunk; there is at least one row left. */
  private void fill() {
    chunk.clear();
    long before = unit;
    inUnit++;
    boolean any = false;
    while (!chunk.isFull() && (pending != null || stored.hasNext())) {
      InternalRow candidate = pending == null ? stored.next() : pending;
      pending = null;
      long of = kernel == Kernel.EXACT ? candidate.getInt(StoredValue.LEAF) : partition;
      if (any && of != unit) {
        // Nothing reads on before this row is taken up, so it need not be copied.
        pending = candidate;
        return;
      }
      unit = of;
      if (unit != before) {
        before = unit;
        inUnit = 0;
      }
      any = true;
      BadRow reason = reader.read(values.of(candidate), row);
      tally[reason.ordinal()]++;
      if (reason == BadRow.NONE) {
        chunk.add(row);
      }
    }
  }

  private void transform() {
    if (y.length < chunk.rows()) {
      y = Arrays.copyOf(y, chunk.rows());
    }
    for (int i = 0; i < chunk.rows(); i++) {
      double[] product = chunk.product(i);
      if (plan.transform.length == 0) {
        y[i] = product;
        continue;
      }
      if (y[i] == null) {
        y[i] = new double[plan.width()];
      }
      Arrays.fill(y[i], 0);
      for (int c = 0; c < product.length; c++) {
        RowSweeps.addOne(y[i], product[c], plan.transform[c]);
      }
    }
  }

  /** What the chunk adds to the rows of A'Y that belong to a block, and to the columns of A. */
  private PowerSums block(int block) {
    int from = plan.blocks.from(block);
    int size = plan.blocks.size(block);
    boolean both = plan.products == Products.BOTH;
    double[][] product = new double[both ? size : 0][];
    double[] columnSums = new double[sumsColumns() ? size : 0];
    double[] columnSquares = new double[columnSums.length];
    chunk.entries(
        from + size,
        (i, columns, entries, begin, end) -> {
          if (both) {
            spread(y[i], columns, entries, begin, end, from, product);
          }
          if (columnSums.length > 0) {
            for (int e = begin; e < end; e++) {
              columnSums[columns[e] - from] += entries[e];
              columnSquares[columns[e] - from] += entries[e] * entries[e];
            }
          }
        });
    return new PowerSums(
        0, product, NONE, NONE, new ExactSum().toLongs(), columnSums, columnSquares);
  }

  /** Adds a' x to the rows of A'Y that begin with column {@code from}. */
  private void spread(
      double[] x,
      int[] columns,
      double[] entries,
      int begin,
      int end,
      int from,
      double[][] product) {
    int e = begin;
    for (; e + 4 <= end; e += 4) {
      RowSweeps.spreadFour(
          x,
          entries[e],
          productRow(product, columns[e] - from),
          entries[e + 1],
          productRow(product, columns[e + 1] - from),
          entries[e + 2],
          productRow(product, columns[e + 2] - from),
          entries[e + 3],
          productRow(product, columns[e + 3] - from));
    }
    for (; e < end; e++) {
      RowSweeps.addOne(productRow(product, columns[e] - from), entries[e], x);
    }
  }

  private double[] productRow(double[][] product, int j) {
    if (product[j] == null) {
      product[j] = new double[plan.width()];
    }
    return product[j];
  }

  /** The Gram matrix of Y, its sums, and the squares of the rows. */
  private PowerSums rest() {
    double[] gram = new double[PackedSymmetric.length(plan.width())];
    double[] sums = new double[plan.width()];
    ExactSum squares = new ExactSum();
    int loaded = 0;
    for (int i = 0; i < chunk.rows(); i++) {
      RowSweeps.addOne(sums, 1, y[i]);
      squares.add(chunk.squaredNorm(i, plan));
      gramKernel.load(loaded, y[i]);
      if (++loaded == gramKernel.capacity()) {
        gramKernel.addTo(gram, loaded);
        loaded = 0;
      }
    }
    gramKernel.addTo(gram, loaded);
    return new PowerSums(chunk.rows(), new double[0][], gram, sums, squares.toLongs(), NONE, NONE);
  }

  /** The sums over no rows. */
  static PowerSums empty(BlockPlan plan, int block) {
    boolean isBlock = block < plan.blocks.count();
    int size = isBlock ? plan.blocks.size(block) : 0;
    int width = isBlock ? 0 : plan.width();
    int columns = plan.columns == Columns.SUMS ? size : 0;
    return new PowerSums(
        0,
        new double[plan.products == Products.BOTH ? size : 0][],
        new double[PackedSymmetric.length(width)],
        new double[width],
        new ExactSum().toLongs(),
        new double[columns],
        new double[columns]);
  }
}
