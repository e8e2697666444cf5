// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * The right to write one output, held as a file beside it.
 *
 * <p>The file is created exclusively and rewritten at every heartbeat with a higher count. Whoever
 * finds it watches it: a count that moves proves a living owner, and the finder ends with code 4; a
 * count that stands still for the whole expiry proves a dead one, and the finder takes over. No two
 * clocks are compared, so skew between hosts does not matter. The wait is cut short where the owner
 * ran in the same process namespace and its process is gone.
 *
 * <p>An owner that was paused for longer than the expiry loses its lease; it finds out at its next
 * heartbeat, and at the latest in {@link #verify}, which comes before publishing. Between that
 * check and the moves that follow lies a moment in which a lease can still be lost, as with every
 * lease whose store cannot fence off a former owner.
 */
final class Lease {
  private final Storage storage;
  private final Path output;
  private final Path file;
  private final String run;
  private final LeaseTiming timing;
  private final ScheduledExecutorService pulse;
  private LeaseMark mark;
  private long lastBeat;

  /** Whether our last write failed, which leaves half a mark where files are not replaced whole. */
  private boolean torn;

  private volatile Optional<String> lostTo = Optional.empty();

  private Lease(Storage storage, Path output, Path file, LeaseMark mark, LeaseTiming timing) {
    this.storage = storage;
    this.output = output;
    this.file = file;
    this.run = mark.run();
    this.mark = mark;
    this.timing = timing;
    this.lastBeat = System.nanoTime();
    this.pulse =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lemma-lease");
              thread.setDaemon(true);
              return thread;
            });
    long period = timing.heartbeat().toMillis();
    pulse.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lease, waiting out a dead owner.
   *
   * @param output what is leased, to be named to the user
   * @param file what stands for the lease
   * @param say told what is waited for
   * @throws LemmaException with code 4 if another run is alive
   */
  static Lease take(
      Storage storage, Path output, Path file, String run, LeaseTiming timing, Consumer<String> say)
      throws IOException {
    LeaseMark mine = LeaseMark.own(run);
    while (true) {
      try {
        storage.createNew(file, mine.bytes());
        storage.deleteDraft(file);
        return new Lease(storage, output, file, mine, timing);
      } catch (FileAlreadyExistsException e) {
        Optional<byte[]> seen = storage.read(file);
        if (seen.isPresent() && isDead(storage, output, file, seen.get(), timing, say)) {
          bury(storage, file, seen.get(), mine, timing);
        }
      }
    }
  }

  /** Whether the owner died; false also when it let go meanwhile. */
  private static boolean isDead(
      Storage storage,
      Path output,
      Path file,
      byte[] seen,
      LeaseTiming timing,
      Consumer<String> say)
      throws IOException {
    LeaseMark owner = LeaseMark.read(seen);
    if (owner.isGone()) {
      return true;
    }
    say.accept("waiting to see whether " + owner.describe() + " is alive");
    long start = System.nanoTime();
    while (System.nanoTime() - start < timing.expiry().toNanos()) {
      pause(timing);
      Optional<byte[]> now = storage.read(file);
      if (now.isEmpty()) {
        return false;
      }
      if (!Arrays.equals(now.get(), seen)) {
        throw leased(output, LeaseMark.read(now.get()));
      }
    }
    return true;
  }

  /**
   * Removes a dead owner's file. A claim keeps a second finder from removing the file that the
   * first one has meanwhile put in its place.
   */
  private static void bury(
      Storage storage, Path file, byte[] seen, LeaseMark mine, LeaseTiming timing)
      throws IOException {
    Path claim = file.suffix("-claim");
    try {
      storage.createNew(claim, mine.bytes());
    } catch (FileAlreadyExistsException e) {
      Optional<byte[]> other = storage.read(claim);
      long start = System.nanoTime();
      while (other.isPresent() && System.nanoTime() - start < timing.expiry().toNanos()) {
        if (LeaseMark.read(other.get()).isGone()) {
          break;
        }
        pause(timing);
        other = storage.read(claim);
      }
      if (other.isPresent()) {
        storage.delete(claim);
      }
      return;
    }
    try {
      Optional<byte[]> now = storage.read(file);
      if (now.isPresent() && Arrays.equals(now.get(), seen)) {
        storage.delete(file);
      }
    } finally {
      storage.delete(claim);
    }
  }

  private synchronized void beat() {
    if (lostTo.isPresent()) {
      return;
    }
    try {
      Optional<LeaseMark> now = storage.read(file).map(LeaseMark::read);
      if (now.isEmpty() || !isOurs(now.get())) {
        lostTo = Optional.of(now.map(LeaseMark::describe).orElse("someone who removed it"));
        return;
      }
      if (isLate()) {
        // Another run may be taking over this very moment; what it writes must stand.
        lostTo = Optional.of("a pause of more than " + timing.expiry());
        return;
      }
      mark = mark.next();
      torn = true;
      storage.replace(file, mark.bytes());
      torn = false;
      Optional<LeaseMark> after = storage.read(file).map(LeaseMark::read);
      if (after.isEmpty() || !isOurs(after.get())) {
        lostTo = Optional.of(after.map(LeaseMark::describe).orElse("someone who removed it"));
        return;
      }
      if (isLate()) {
        // Paused in mid-beat: the mark may stand where another run's had stood.
        lostTo = Optional.of("a pause of more than " + timing.expiry());
        return;
      }
      lastBeat = System.nanoTime();
    } catch (IOException | RuntimeException e) {
      // A store that is out of reach for a moment is tried again; for too long, the lease is lost.
      if (isLate()) {
        lostTo = Optional.of("a store that could not be reached for " + timing.expiry());
      }
    }
  }

  private boolean isLate() {
    return System.nanoTime() - lastBeat > timing.expiry().toNanos();
  }

  private boolean isOurs(LeaseMark found) {
    return found.run().equals(run) || (torn && found.run().equals(LeaseMark.UNKNOWN));
  }

  /**
   * Makes sure that the lease is still held.
   *
   * @throws LemmaException with code 4 if it is lost
   */
  void verify() {
    beat();
    if (lostTo.isPresent()) {
      throw new LemmaException(
          ExitCode.OUTPUT,
          Problem.of(
              output.toString(),
              "the lease on the output was lost to " + lostTo.get(),
              "nothing was published; run again when the other run is over"));
    }
  }

  boolean isLost() {
    return lostTo.isPresent();
  }

  /** Gives no further sign of life, as if the process had died. */
  void stop() {
    // A beat under way ends; none begins.
    pulse.shutdown();
  }

  /** Lets go. What another run has taken over stays. */
  void release() throws IOException {
    stop();
    synchronized (this) {
      Optional<LeaseMark> now = storage.read(file).map(LeaseMark::read);
      if (now.isPresent() && isOurs(now.get())) {
        storage.delete(file);
      }
    }
  }

  private static LemmaException leased(Path output, LeaseMark owner) {
    return new LemmaException(
        ExitCode.OUTPUT,
        Problem.of(
            output.toString(),
            "the output is leased by " + owner.describe(),
            "wait until that run is over, or choose another output.path"));
  }

  private static void pause(LeaseTiming timing) throws InterruptedIOException {
    try {
      Thread.sleep(Math.max(1, timing.heartbeat().toMillis() / 10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lease");
    }
  }
}
