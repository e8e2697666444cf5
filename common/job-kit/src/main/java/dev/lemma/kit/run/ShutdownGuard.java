// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.util.SignalUtils;
import scala.runtime.AbstractFunction0;

/**
 * Lets a run end in order when the process is told to stop.
 *
 * <p>The hook runs in Hadoop's shutdown sequence before those of Spark (which stops the context)
 * and of the file systems (which closes them), so that both still work. While a run publishes, the
 * hook waits for it, since that is a matter of moments and half a publication is the worst outcome;
 * at any other time it takes the ending over from the run's own thread, which from then on must
 * touch nothing.
 */
final class ShutdownGuard implements AutoCloseable {
  /** Above Spark's 50 and the file systems' 10. */
  private static final int PRIORITY = 100;

  /** Schedulers grant 30 seconds and more between SIGTERM and SIGKILL; some of it is Spark's. */
  private static final long SECONDS = 20;

  private enum State {
    WORKING,
    PUBLISHING,
    OVER,
    STOPPED
  }

  private static volatile ExitCode signal = ExitCode.TERMINATED;

  static {
    notice("INT", ExitCode.INTERRUPTED);
    notice("TERM", ExitCode.TERMINATED);
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WORKING);
  private final CountDownLatch published = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable hook;

  /**
   * @param ending ends the run; told which signal came
   */
  ShutdownGuard(Consumer<ExitCode> ending) {
    hook =
        () -> {
          if (state.compareAndSet(State.WORKING, State.STOPPED)) {
            try {
              ending.accept(signal);
            } finally {
              ended.countDown();
            }
          } else if (state.get() == State.PUBLISHING) {
            await(published);
          }
        };
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, SECONDS, TimeUnit.SECONDS);
  }

  /** From now on a signal waits; false if one has come already. */
  boolean enterPublishing() {
    return state.compareAndSet(State.WORKING, State.PUBLISHING);
  }

  /** The publication failed and the run is to be ended; false if a signal has ended it. */
  boolean enterEnding() {
    return state.compareAndSet(State.PUBLISHING, State.OVER)
        || state.compareAndSet(State.WORKING, State.OVER);
  }

  /** The signal that is ending the process. */
  static ExitCode signal() {
    return signal;
  }

  /** For the run's own thread: leaves the field to the hook. */
  void awaitHook() {
    await(ended);
  }

  /** Bounded: what is left undone then, the next run does. */
  private static void await(CountDownLatch latch) {
    try {
      if (latch.await(SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over. */
  @Override
  public void close() {
    published.countDown();
    state.compareAndSet(State.PUBLISHING, State.OVER);
    state.compareAndSet(State.WORKING, State.OVER);
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  /** Remembers which signal it was and leaves its handling to whoever had it. */
  private static void notice(String name, ExitCode code) {
    try {
      SignalUtils.register(
          name,
          new AbstractFunction0<Object>() {
            @Override
            public Object apply() {
              signal = code;
              return false;
            }
          });
    } catch (RuntimeException | LinkageError e) {
      // Without Spark's help the process still ends with the right code; only the manifest guesses.
      return;
    }
  }
}
