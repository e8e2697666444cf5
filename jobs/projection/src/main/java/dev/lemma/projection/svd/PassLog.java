// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.concurrent.Callable;

/** Counts the passes over some rows, and sees to it that each meets the rows of the first. */
final class PassLog {
  /** Tells of the work and of the rows that the first pass met. */
  interface Watcher {
    /** Does a part of the work. */
    <T> T phase(String name, Callable<T> work);

    /** Is told the rows of the first pass; may refuse them. */
    void settle(RowCounts counts);
  }

  /** Passes that nobody watches; bad rows are left out. */
  static final Watcher SILENT =
      new Watcher() {
        @Override
        public <T> T phase(String name, Callable<T> work) {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }

        @Override
        public void settle(RowCounts counts) {
          // Whoever asked for silence has said before what becomes of bad rows.
        }
      };

  private final Watcher watcher;
  private int made;
  private long rows = -1;

  PassLog(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Does a pass and looks at the rows that it met. */
  PartialSums pass(Callable<PartialSums> work) {
    made++;
    PartialSums found = watcher.phase("read " + made, work);
    if (made == 1) {
      watcher.settle(found.counts());
      rows = found.sums.rows();
    } else if (found.sums.rows() != rows) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "input",
              "the rows changed between two reads",
              found.sums.rows() + " good rows in read " + made,
              rows + " as in the first",
              "keep the input as it is during the run"));
    }
    return found;
  }

  /** Does what follows a pass on the executors. */
  <T> T vectors(Callable<T> work) {
    return watcher.phase("vectors of read " + made, work);
  }
}
