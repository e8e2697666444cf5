// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final LeaseTiming QUICK =
      new LeaseTiming(Duration.ofMillis(40), Duration.ofSeconds(1));

  @TempDir java.nio.file.Path folder;
  private java.nio.file.Path local;
  private Path output;
  private Path file;
  private Storage storage;

  @BeforeEach
  void prepare() throws IOException {
    local = folder.resolve(".out.lemma-lease");
    file = new Path(local.toUri());
    output = new Path(folder.resolve("out").toUri());
    storage = Storage.of(file, new Configuration(), (change, path) -> {});
  }

  @Test
  void aLivingOwnerKeepsOthersOutWithCode4() throws IOException {
    Lease first = take("one");

    LemmaException refused = catchThrowableOfType(LemmaException.class, () -> take("two"));

    assertThat(refused.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(refused)
        .hasMessageContaining(folder.resolve("out") + ": the output is leased by run one");
    assertThatCode(first::verify).doesNotThrowAnyException();
    first.release();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDeadOwnerIsWaitedOutAndReplaced() throws IOException {
    Lease dead = take("one");
    dead.stop();
    List<String> said = new ArrayList<>();
    long begun = System.nanoTime();

    Lease next = Lease.take(storage, output, file, "two", QUICK, said::add);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(QUICK.expiry());
    assertThat(said).singleElement().asString().contains("run one").contains("is alive");
    LemmaException lost = catchThrowableOfType(LemmaException.class, dead::verify);
    assertThat(lost).hasMessageContaining("lost to run two");
    dead.release();
    assertThatCode(next::verify).doesNotThrowAnyException();
    next.release();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDeadProcessOfThisHostIsNotWaitedFor() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    LeaseMark own = LeaseMark.own("one");
    LeaseMark dead = new LeaseMark("one", own.host(), process.pid(), own.space(), 3);
    // Where the system does not name its process namespace, the expiry decides.
    boolean known = !own.space().isEmpty();
    Files.write(local, dead.bytes());

    assertThat(dead.isGone()).isEqualTo(known);
    assertThat(new LeaseMark("one", "elsewhere", process.pid(), own.space(), 3).isGone()).isFalse();
    assertThat(own.isGone()).isFalse();
    take("two").release();
  }

  @Test
  void aBeatThatTookLongerThanTheExpiryLosesTheLease() throws IOException {
    LeaseTiming rare = new LeaseTiming(Duration.ofMillis(200), Duration.ofMillis(400));
    boolean[] slow = {false};
    Storage paused =
        Storage.of(
            file,
            new Configuration(),
            (change, path) -> {
              if (slow[0] && change.equals("replace")) {
                sleep(500);
              }
            });
    Lease lease = Lease.take(paused, output, file, "one", rare, line -> {});
    lease.stop();
    slow[0] = true;

    LemmaException lost = catchThrowableOfType(LemmaException.class, lease::verify);

    assertThat(lost.code()).isEqualTo(ExitCode.OUTPUT);
    assertThat(lost).hasMessageContaining("lost to a pause");
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aMarkCutShortInWritingIsWaitedOutToo() throws IOException {
    Files.writeString(local, "{\"run\":");

    take("two").release();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClaimOfADeadFinderDoesNotStandInTheWay() throws IOException {
    take("one").stop();
    Files.write(
        folder.resolve(".out.lemma-lease-claim"), new LeaseMark("x", "h", 1, "", 0).bytes());

    take("two").release();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void ofManyThatFindADeadOwnerOneTakesOver() throws Exception {
    take("dead").stop();
    int finders = 4;
    CyclicBarrier start = new CyclicBarrier(finders);
    ExecutorService threads = Executors.newFixedThreadPool(finders);
    try {
      List<Future<Lease>> tries = new ArrayList<>();
      for (int i = 0; i < finders; i++) {
        String run = "run-" + i;
        Callable<Lease> attempt =
            () -> {
              start.await();
              return take(run);
            };
        tries.add(threads.submit(attempt));
      }
      List<Lease> holders = new ArrayList<>();
      for (Future<Lease> attempt : tries) {
        try {
          holders.add(attempt.get());
        } catch (java.util.concurrent.ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(LemmaException.class);
        }
      }
      assertThat(holders).hasSize(1);
      assertThatCode(holders.get(0)::verify).doesNotThrowAnyException();
      holders.get(0).release();
    } finally {
      threads.shutdownNow();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private Lease take(String run) throws IOException {
    return Lease.take(storage, output, file, run, QUICK, line -> {});
  }
}
