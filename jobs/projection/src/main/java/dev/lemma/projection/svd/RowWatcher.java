// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.kit.run.Run;
import java.util.concurrent.Callable;

/** Shows the passes of a run, and decides after the first whether its bad rows may be left out. */
final class RowWatcher implements PassLog.Watcher {
  private final Run run;
  private final RunConfig settings;
  private final RowScreen screen;

  RowWatcher(Run run, RunConfig settings, RowScreen screen) {
    this.run = run;
    this.settings = settings;
    this.screen = screen;
  }

  @Override
  public <T> T phase(String name, Callable<T> work) {
    return run.phase(name, work);
  }

  @Override
  public void settle(RowCounts counts) {
    screen.settle(run, settings, counts);
    run.rows(counts.rows(), counts.accepted(), counts.rejected());
  }
}
