// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Takes draws by parameter: one shuffle brings all draws of a group of parameters to one task,
 * which puts them in order (chain after chain, by iteration) and hands them on parameter by
 * parameter. The result depends neither on how the input is split nor on the order of its rows.
 *
 * @param <R> what is made of a parameter
 */
final class ColumnPass<R extends Serializable> {
  /** What is done with a parameter. */
  @FunctionalInterface
  interface Work<R> extends Serializable {
    /**
     * Makes something of the draws of a parameter.
     *
     * @param column its number
     * @param notFinite how many draws are NaN or infinite
     * @param draws C n draws, draw i of chain c at c n + i; valid during the call
     */
    R apply(int column, long notFinite, double[] draws);
  }

  /** Makes the work of one task, which may keep work arrays. */
  @FunctionalInterface
  interface Worker<R> extends Serializable {
    Work<R> begin();
  }

  private final DrawsSource source;
  private final ColumnGroups groups;
  private final ChainCounts counts;

  ColumnPass(DrawsSource source, ColumnGroups groups, ChainCounts counts) {
    this.source = source;
    this.groups = groups;
    this.counts = counts;
  }

  /** Of each parameter what the worker makes of it, in the order of the parameters. */
  JavaRDD<R> run(Worker<R> worker) {
    ColumnGroups own = groups;
    ChainCounts chains = counts;
    return source
        .blocks(groups)
        .partitionBy(new GroupPartitioner(groups.count()))
        .mapPartitionsWithIndex(
            (group, blocks) -> new Columns<>(own, chains, group, blocks, worker.begin()), true);
  }

  /** The parameters of one group. */
  private static final class Columns<R> implements Iterator<R> {
    private final ColumnGroups groups;
    private final ChainCounts counts;
    private final Work<R> work;
    private final List<List<DrawBlock>> blocks = new ArrayList<>();
    private final int first;
    private final double[] draws;
    private int at;
    private List<DrawBlock> ordered;
    private DrawOrder order;

    Columns(
        ColumnGroups groups,
        ChainCounts counts,
        int group,
        Iterator<Tuple2<Integer, DrawBlock>> received,
        Work<R> work) {
      this.groups = groups;
      this.counts = counts;
      this.work = work;
      first = groups.from(group);
      int columns = groups.from(group + 1) - first;
      List<DrawBlock> wide = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        blocks.add(new ArrayList<>());
      }
      while (received.hasNext()) {
        DrawBlock block = received.next()._2;
        if (block.columns() == columns) {
          wide.add(block);
        } else {
          blocks.get(block.firstColumn() - first).add(block);
        }
      }
      if (!wide.isEmpty()) {
        // One list for all, so that one order serves all.
        blocks.replaceAll(none -> wide);
      }
      draws = new double[counts.draws() * counts.size()];
    }

    @Override
    public boolean hasNext() {
      return at < blocks.size();
    }

    @Override
    public R next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more parameters");
      }
      int column = first + at;
      List<DrawBlock> own = blocks.get(at++);
      if (own != ordered) {
        order = DrawOrder.of(groups.names().get(column), own, counts);
        ordered = own;
      }
      long notFinite = order.fill(own, column, draws);
      return work.apply(column, notFinite, draws);
    }
  }
}
