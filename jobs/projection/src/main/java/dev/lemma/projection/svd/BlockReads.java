// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.BadRow;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.lowrank.GaussianBasis;
import dev.lemma.math.lowrank.MatrixRead;
import dev.lemma.math.lowrank.MatrixReads;
import dev.lemma.math.lowrank.PassPlan.Columns;
import dev.lemma.math.lowrank.PassPlan.Products;
import dev.lemma.math.lowrank.PowerSums;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.RowSweeps;
import dev.lemma.math.lowrank.TallBlock;
import dev.lemma.math.lowrank.TallMatrix;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Reads of a matrix whose W, A'Y and V are held in {@link ColumnBlocks}: as data sets of blocks on
 * the executors, in memory or on disk. A read of A is one pass over the rows, as with W held whole:
 * tasks multiply a chunk of rows by one block after the other, then hand out a partial sum for each
 * block; one shuffle brings those of a block together, sorted, and they are added up in the order
 * of leaves (partitions) and chunks. W goes to the executors block by block, through the driver.
 *
 * <p>A task holds {@link ColumnBlocks#taskBytes}, the driver {@link ColumnBlocks#driverBytes}. The
 * blocks of W stay on the driver's disk until the end, for an executor that dies has its work done
 * again with them.
 */
final class BlockReads implements MatrixReads, AutoCloseable {
  /** Passes after which what one of them kept is of no use. */
  private static final int STEP = 3;

  private final StoredRows rows;
  private final MatrixShape shape;
  private final PassLog log;
  private final ColumnBlocks blocks;
  private final Preparation preparation;
  private final JavaSparkContext context;
  private final List<Broadcast<?>> sent = new ArrayList<>();
  private final List<JavaRDD<?>> kept = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private JavaRDD<TallBlock> bare;
  private List<Broadcast<ShippedBlock>> moments = List.of();
  private double zeros;
  private int constants;

  BlockReads(
      MatrixRows matrix,
      Kernel kernel,
      PassLog.Watcher watcher,
      ColumnBlocks blocks,
      Preparation preparation) {
    this.rows = new StoredRows(matrix, kernel);
    this.shape = matrix.shape();
    this.log = new PassLog(watcher);
    this.blocks = blocks;
    this.preparation = preparation;
    this.context = matrix.context();
  }

  ColumnBlocks blocks() {
    return blocks;
  }

  @Override
  public int dimension() {
    return blocks.dimension();
  }

  @Override
  public int constants() {
    return constants;
  }

  @Override
  public MatrixRead start(GaussianBasis start, double[][] transform, Products products) {
    return bare == null ? first(start, products) : read(plan(start, transform, products));
  }

  @Override
  public MatrixRead next(TallMatrix w, double[][] transform, Products products) {
    return read(plan((BlockTall) w, transform, products));
  }

  @Override
  public TallMatrix gaussians(GaussianBasis law) {
    return new BlockTall(this, bare.map(block -> block.gaussians(law)), law.columns());
  }

  /** A pass with the Gaussians, once moments are known. */
  BlockPlan plan(GaussianBasis start, double[][] transform, Products products) {
    double[] shift = new double[start.columns()];
    if (preparation != Preparation.RAW) {
      for (double[] part : bare.map(block -> block.shift(start)).collect()) {
        RowSweeps.addOne(shift, 1, part);
      }
      if (moments.isEmpty()) {
        moments = ship(bare, 0, shift);
      }
    }
    return new BlockPlan(
        blocks, Optional.of(start), moments, shift, transform, products, Columns.NOTHING, zeros);
  }

  /** A pass with a W in blocks. */
  BlockPlan plan(BlockTall w, double[][] transform, Products products) {
    double[] shift = new double[w.columns()];
    List<Broadcast<ShippedBlock>> shipped = ship(w.blocks(), w.columns(), shift);
    return new BlockPlan(
        blocks, Optional.empty(), shipped, shift, transform, products, Columns.NOTHING, zeros);
  }

  /** Broadcasts the blocks, one after the other, and sums their part of the shift. */
  private List<Broadcast<ShippedBlock>> ship(JavaRDD<TallBlock> w, int width, double[] shift) {
    List<Broadcast<ShippedBlock>> shipped = new ArrayList<>();
    Iterator<ShippedBlock> each =
        w.map(
                block ->
                    new ShippedBlock(
                        width == 0 ? BlockPlan.IDENTITY : block.factoredRows(),
                        block.means(),
                        block.factors()))
            .toLocalIterator();
    while (each.hasNext()) {
      ShippedBlock block = each.next();
      if (width > 0) {
        block.addShift(shift);
      }
      Broadcast<ShippedBlock> broadcast = context.broadcast(block);
      sent.add(broadcast);
      shipped.add(broadcast);
    }
    return shipped;
  }

  private MatrixRead first(GaussianBasis start, Products products) {
    BlockPlan plan =
        new BlockPlan(
            blocks,
            Optional.of(start),
            List.of(),
            new double[start.columns()],
            BlockPlan.IDENTITY,
            products,
            Columns.SUMS,
            0);
    Summed summed = pass(plan);
    PowerSums rest = summed.rest;
    long m = rest.rows();
    if (m == 0 || !rest.isFinite()) {
      return MatrixRead.ofBlocks(rest, preparation, Optional.empty(), 0);
    }
    Preparation how = preparation;
    ColumnBlocks cut = blocks;
    bare =
        summed
            .parts
            .mapPartitionsWithIndex(
                (index, part) ->
                    index == cut.count()
                        ? List.<TallBlock>of().iterator()
                        : List.of(
                                TallBlock.bare(
                                    index,
                                    cut.from(index),
                                    cut.size(index),
                                    part.next().sums,
                                    m,
                                    how))
                            .iterator(),
                true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    double squaredNorm = rest.squaredNorm();
    if (preparation != Preparation.RAW) {
      squaredNorm = 0;
      for (double[] part : bare.zipPartitions(summed.parts, moments(m)).collect()) {
        squaredNorm += part[0];
        zeros += part[1];
        constants += (int) part[2];
      }
    }
    return MatrixRead.ofBlocks(rest, preparation, product(plan, summed), squaredNorm);
  }

  /** Of each block its part of ||A||_F squared, of the zeros, and its constant columns. */
  private static FlatMapFunction2<Iterator<TallBlock>, Iterator<PartialSums>, double[]> moments(
      long m) {
    return (found, parts) -> {
      List<double[]> numbers = new ArrayList<>();
      while (found.hasNext()) {
        TallBlock block = found.next();
        PowerSums sums = parts.next().sums;
        numbers.add(
            new double[] {block.squaredNorm(sums, m), block.squaredMeans(), block.constants()});
      }
      return numbers.iterator();
    };
  }

  private MatrixRead read(BlockPlan plan) {
    Summed summed = pass(plan);
    return MatrixRead.ofBlocks(
        summed.rest, preparation, product(plan, summed), summed.rest.squaredNorm());
  }

  private Optional<TallMatrix> product(BlockPlan plan, Summed summed) {
    if (plan.products != Products.BOTH) {
      return Optional.empty();
    }
    double[] sums = summed.rest.sums();
    JavaRDD<TallBlock> prepared =
        bare.zipPartitions(
            summed.parts,
            (found, parts) -> {
              List<TallBlock> results = new ArrayList<>();
              while (found.hasNext()) {
                results.add(found.next().product(parts.next().sums.product(), sums));
              }
              return results.iterator();
            });
    return Optional.of(new BlockTall(this, prepared, plan.width()));
  }

  /** The sums of a pass: a part for each block, behind them what is of no block. */
  private record Summed(JavaRDD<PartialSums> parts, PowerSums rest) {}

  private Summed pass(BlockPlan plan) {
    marks.add(kept.size());
    List<JavaRDD<PartialSums>> parts = new ArrayList<>();
    PartialSums rest =
        log.pass(
            () -> {
              parts.add(summed(plan));
              return rest(parts.get(0));
            });
    // Two passes make a step of a two-sided decomposition, and W is of the step before.
    if (marks.size() > STEP) {
      kept.subList(0, marks.get(marks.size() - 1 - STEP)).forEach(past -> past.unpersist(false));
    }
    return new Summed(parts.get(0), rest.sums);
  }

  private JavaRDD<PartialSums> summed(BlockPlan plan) {
    Broadcast<BlockPlan> shared = context.broadcast(plan);
    sent.add(shared);
    MatrixShape how = shape;
    Kernel kernel = rows.kernel();
    JavaRDD<InternalRow> stored = rows.rdd();
    JavaRDD<Tuple2<BlockKey, PartialSums>> parts =
        stored.mapPartitionsWithIndex(
            (index, part) -> new BlockTask(how, shared.value(), kernel, index, part), true);
    return keep(
        JavaPairRDD.fromJavaRDD(parts)
            .repartitionAndSortWithinPartitions(new BlockKey.ByBlock(blocks.count() + 1))
            .mapPartitionsWithIndex(
                (index, sorted) -> List.of(sum(shared.value(), index, sorted)).iterator(), true));
  }

  private static PartialSums sum(
      BlockPlan plan, int block, Iterator<Tuple2<BlockKey, PartialSums>> sorted) {
    PartialSums sum =
        new PartialSums(BlockTask.empty(plan, block), new long[BadRow.values().length]);
    while (sorted.hasNext()) {
      sum.plus(sorted.next()._2());
    }
    return sum;
  }

  private PartialSums rest(JavaRDD<PartialSums> parts) {
    int at = blocks.count();
    return parts
        .mapPartitionsWithIndex(
            (index, part) -> index == at ? part : List.<PartialSums>of().iterator(), true)
        .collect()
        .get(0);
  }

  /** Does what follows a pass. */
  <T> T vectors(Callable<T> work) {
    return log.vectors(work);
  }

  /** Keeps blocks for this step and the next one. */
  <T> JavaRDD<T> keep(JavaRDD<T> made) {
    made.persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(made);
    return made;
  }

  /** Small matrices on their way to the tasks that hold blocks. */
  <T> Broadcast<T> send(T value) {
    Broadcast<T> broadcast = context.broadcast(value);
    sent.add(broadcast);
    return broadcast;
  }

  @Override
  public void close() {
    kept.forEach(made -> made.unpersist(false));
    if (bare != null) {
      bare.unpersist(false);
    }
    sent.forEach(broadcast -> broadcast.destroy());
    rows.close();
  }
}
