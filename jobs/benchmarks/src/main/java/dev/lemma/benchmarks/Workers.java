// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Work in threads of its own, as anyone would start them. */
final class Workers {
  private Workers() {}

  /** Runs the work of threads 0, 1, ... and waits for all of them. */
  static void run(int threads, IntConsumer work) {
    List<Thread> workers =
        IntStream.range(0, threads).mapToObj(t -> new Thread(() -> work.accept(t))).toList();
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
