// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.lang.management.ManagementFactory;

/** A process of its own that projects one input and tells how much heap was alive at most. */
final class HeapProbe {
  /** Begins the line that the figure stands on. */
  static final String MARK = "heap-probe ";

  private static final long PAUSE_MILLIS = 1000;
  private static volatile long most;

  private HeapProbe() {}

  /**
   * Projects, with driver and executor in this process, and collects all garbage every second: what
   * is left is what is alive.
   *
   * @param args input, output, k
   */
  public static void main(String[] args) {
    Thread collector = new Thread(HeapProbe::watch, "heap-probe");
    collector.setDaemon(true);
    collector.start();
    ProjectRun.run(
        args[0], new ProjectRun.Columns("id", "text"), Integer.parseInt(args[2]), args[1]);
    System.out.println(MARK + most);
  }

  private static void watch() {
    try {
      while (true) {
        System.gc();
        long alive = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        most = Math.max(most, alive);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
