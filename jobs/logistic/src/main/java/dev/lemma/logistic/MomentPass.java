// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.math.linalg.Kernel;
import java.util.List;

/**
 * The pass of the statistics: moments by fold and class, of rows of positive and of negative weight
 * apart. Classes need not be known: memory grows with those that appear, and scatter is pooled when
 * there are too many for one each.
 */
final class MomentPass implements RowPass<MomentState> {
  private static final long serialVersionUID = 1L;

  private final StatisticsSize size;
  private final Kernel kernel;
  private final String label;

  /**
   * @param size d, F and memory
   * @param kernel how blocks are summed
   * @param label the label's key and column, for messages
   */
  MomentPass(StatisticsSize size, Kernel kernel, String label) {
    this.size = size;
    this.kernel = kernel;
    this.label = label;
  }

  @Override
  public int mostStates() {
    return size.mostKeys();
  }

  @Override
  public Rows<MomentState> begin() {
    return new State(size, kernel, label);
  }

  @Override
  public MomentState merge(MomentState left, MomentState right) {
    return left.merge(right, size);
  }

  private static final class State implements Rows<MomentState> {
    private final StatisticsSize size;
    private final Kernel kernel;
    private final String label;
    private final MomentSink added;
    private MomentSink removed;

    State(StatisticsSize size, Kernel kernel, String label) {
      this.size = size;
      this.kernel = kernel;
      this.label = label;
      this.added = new MomentSink(size, kernel, label);
    }

    @Override
    public void add(LabelledRow row) {
      if (row.weight() >= 0) {
        added.add(row, row.weight());
        return;
      }
      if (removed == null) {
        removed = new MomentSink(size, kernel, label);
      }
      removed.add(row, -row.weight());
    }

    @Override
    public MomentState finish(List<String> classes) {
      return MomentState.of(
          classes,
          added.finish(classes.size()),
          removed == null ? null : removed.finish(classes.size()));
    }
  }
}
