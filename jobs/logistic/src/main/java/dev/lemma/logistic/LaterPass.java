// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.Serializable;
import java.util.List;

/**
 * A pass over rows whose moments are known: classes and folds are those of the first pass, rows of
 * weight 0 leave no trace, and rows are counted by fold.
 *
 * @param <S> the sums
 */
abstract class LaterPass<S extends Serializable> implements RowPass<PassState<S>> {
  private static final long serialVersionUID = 1L;

  private final String[] classes;
  private final int folds;
  private final String label;

  /**
   * @param classes labels of the classes 0 to K - 1, as rows spell them
   * @param folds F
   * @param label the label's key and column, for messages
   */
  LaterPass(List<String> classes, int folds, String label) {
    this.classes = classes.toArray(String[]::new);
    this.folds = folds;
    this.label = label;
  }

  /** What takes the rows of one task. */
  interface Sink<S> {
    /** Takes a row of positive weight and known class. */
    void add(LabelledRow row);

    /** The sums of all rows added; called once. */
    S finish();
  }

  /** A sink without rows. */
  abstract Sink<S> sink();

  /** The sums over the rows of both; may change and return the left ones. */
  abstract S join(S left, S right);

  @Override
  public final List<String> classes() {
    return List.of(classes);
  }

  @Override
  public final Rows<PassState<S>> begin() {
    return new Counted();
  }

  @Override
  public final PassState<S> merge(PassState<S> left, PassState<S> right) {
    return new PassState<>(left.plusRows(right), join(left.sums, right.sums));
  }

  private final class Counted implements Rows<PassState<S>> {
    private final long[] rows = new long[folds];
    private final Sink<S> sink = sink();

    @Override
    public void add(LabelledRow row) {
      if (row.weight() == 0) {
        return;
      }
      if (row.label() >= classes.length) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                label,
                "a row has a class that no row had in the first pass",
                "a class beyond the " + classes.length + " of the statistics",
                "the rows that the statistics are of",
                "make the statistics again from this input, and keep it as it is during the fit"));
      }
      rows[row.fold()]++;
      sink.add(row);
    }

    @Override
    public PassState<S> finish(List<String> names) {
      return new PassState<>(rows, sink.finish());
    }
  }
}
