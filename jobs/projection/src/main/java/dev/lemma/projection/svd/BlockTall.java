// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.math.lowrank.BlockTriplets;
import dev.lemma.math.lowrank.RowSweeps;
import dev.lemma.math.lowrank.TallBlock;
import dev.lemma.math.lowrank.TallMatrix;
import dev.lemma.math.lowrank.TallSvd;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * A tall matrix as a data set of its blocks. Products of blocks reach the driver as small matrices
 * and are added in the order of the blocks, so where blocks lie leaves no trace.
 */
final class BlockTall implements TallMatrix {
  private final BlockReads reads;
  private final JavaRDD<TallBlock> blocks;
  private final int columns;

  BlockTall(BlockReads reads, JavaRDD<TallBlock> blocks, int columns) {
    this.reads = reads;
    this.blocks = blocks;
    this.columns = columns;
  }

  JavaRDD<TallBlock> blocks() {
    return blocks;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public TallMatrix times(double[][] weights) {
    int count = weights[0].length;
    return new BlockTall(reads, blocks.map(block -> block.times(weights, count)), count);
  }

  private <T> JavaRDD<T> zipped(BlockTall other, Pair<T> function) {
    return blocks.zipPartitions(
        other.blocks,
        (mine, theirs) -> {
          List<T> results = new ArrayList<>();
          while (mine.hasNext()) {
            results.add(function.of(mine.next(), theirs.next()));
          }
          return results.iterator();
        });
  }

  /** What becomes of two blocks of the same columns of A. */
  private interface Pair<T> extends Serializable {
    T of(TallBlock mine, TallBlock theirs);
  }

  @Override
  public TallMatrix beside(TallMatrix other) {
    BlockTall right = (BlockTall) other;
    return new BlockTall(reads, zipped(right, TallBlock::beside), columns + right.columns);
  }

  @Override
  public double[][] inner(TallMatrix other) {
    JavaRDD<double[][]> parts =
        other == this
            ? blocks.map(block -> block.inner(block))
            : zipped((BlockTall) other, TallBlock::inner);
    double[][] sum = new double[columns][other.columns()];
    for (double[][] part : parts.collect()) {
      for (int i = 0; i < columns; i++) {
        RowSweeps.addOne(sum[i], 1, part[i]);
      }
    }
    return sum;
  }

  @Override
  public Optional<TallSvd> decompose() {
    return reads.vectors(this::triplets);
  }

  private Optional<TallSvd> triplets() {
    JavaRDD<TallBlock.Factored> factored = reads.keep(blocks.map(TallBlock::factored));
    List<double[][]> triangles = factored.map(TallBlock.Factored::r).collect();
    return BlockTriplets.of(triangles).map(found -> turned(factored, found));
  }

  private TallSvd turned(JavaRDD<TallBlock.Factored> factored, BlockTriplets found) {
    int rank = found.values().length;
    Broadcast<ArrayList<double[][]>> weights = reads.send(new ArrayList<>(found.weights()));
    JavaRDD<TallBlock> vectors =
        reads.keep(
            factored.map(block -> block.q().times(weights.value().get(block.q().index()), rank)));
    double[] signs =
        rank == 0 ? new double[0] : BlockTriplets.signs(vectors.map(TallBlock::largest).collect());
    double[][] turn = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      turn[r][r] = signs[r];
    }
    BlockTall right = new BlockTall(reads, vectors.map(block -> block.times(turn, rank)), rank);
    return new TallSvd(found.values(), right, found.core(signs));
  }
}
