// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** A process of its own that projects one input and tells how much heap it needed. */
final class HeapProbe {
  /** Begins the line that the figures stand on. */
  static final String MARK = "heap-probe ";

  private HeapProbe() {}

  /**
   * Projects, with driver and executor in this process.
   *
   * @param args input, output, k
   */
  public static void main(String[] args) {
    AtomicLong live = new AtomicLong();
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(
            collector ->
                ((NotificationEmitter) collector)
                    .addNotificationListener(
                        (notification, handback) -> {
                          GarbageCollectionNotificationInfo info =
                              GarbageCollectionNotificationInfo.from(
                                  (CompositeData) notification.getUserData());
                          live.accumulateAndGet(heap(info), Math::max);
                        },
                        null,
                        null));
    long start = System.nanoTime();
    ProjectRun.run(
        args[0], new ProjectRun.Columns("id", "text"), Integer.parseInt(args[2]), args[1]);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(MARK + live.get() + " " + seconds);
  }

  /** Bytes in use after a collection, in the pools that make up the heap. */
  private static long heap(GarbageCollectionNotificationInfo info) {
    long used = 0;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage after = info.getGcInfo().getMemoryUsageAfterGc().get(pool.getName());
      if (pool.getType() == java.lang.management.MemoryType.HEAP && after != null) {
        used += after.getUsed();
      }
    }
    return used;
  }
}
