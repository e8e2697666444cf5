// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.linalg.GramKernel;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * How fast one thread computes and reads memory here: the best of a few short rounds after a
 * warm-up, so that what else the machine does weighs little. About a second in all.
 */
final class Gauges {
  static final String BLAS = "BLAS dgemm";
  static final String LOOPS = "Gram loops";
  static final String PROJECTION = "sign projection";
  static final String MEMORY = "memory scan";

  static final String FLOPS = "flop/s";
  static final String BYTES = "B/s";

  private static final long WARM_NANOS = 100_000_000;
  private static final long ROUND_NANOS = 40_000_000;
  private static final int ROUNDS = 3;
  private static final double NANOS = 1e9;

  private static final int ORDER = 256;
  private static final int D = 512;
  private static final int K = 128;
  private static final int ROWS = 16;

  /** Small enough for any region of the garbage collector to take. */
  private static final int CHUNK = 1 << 17;

  private Gauges() {}

  /** All gauges; {@code volume} bytes of memory are taken four times, as far as they are free. */
  static List<Reading> all(Place place, long volume) {
    return List.of(
        Reading.rate(place, BLAS, blas(), FLOPS),
        Reading.rate(place, LOOPS, loops(), FLOPS),
        Reading.rate(place, PROJECTION, projection(), FLOPS),
        Reading.rate(place, MEMORY, memory(4 * volume), BYTES));
  }

  private static double blas() {
    BlasGemm blas = BlasGemm.ofMachine();
    double[] a = ones(ORDER * ORDER);
    double[] b = ones(ORDER * ORDER);
    double[] c = new double[ORDER * ORDER];
    double work = 2.0 * ORDER * ORDER * ORDER;
    return best(
        work, () -> blas.dgemm(ORDER, ORDER, ORDER, 1, a, 0, ORDER, b, 0, ORDER, 0, c, 0, ORDER));
  }

  private static double loops() {
    GramKernel kernel = GramKernel.loops(ORDER);
    double[] row = ones(ORDER);
    for (int slot = 0; slot < kernel.capacity(); slot++) {
      kernel.load(slot, row);
    }
    double[] sum = new double[kernel.length()];
    double work = (double) kernel.capacity() * ORDER * ORDER;
    return best(work, () -> kernel.addTo(sum, kernel.capacity()));
  }

  private static double projection() {
    Projection projection =
        Projection.of(new ProjectionSpec(Family.SIGN, 0, K, OptionalLong.of(D), 0, 0));
    // The kernel passes over zeros.
    float[] rows = new float[ROWS * D];
    Arrays.fill(rows, 1);
    float[] out = new float[ROWS * K];
    return best(2.0 * ROWS * D * K, () -> projection.projectRows(rows, ROWS, out));
  }

  /** Bytes a second of a sum over arrays that no cache holds. */
  private static double memory(long wanted) {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    int chunks = (int) Math.max(1, Math.min(wanted, free / 4) / (CHUNK * (long) Long.BYTES));
    List<long[]> memory = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      long[] chunk = new long[CHUNK];
      // Pages that were never written may all be one.
      for (int j = 0; j < CHUNK; j += 8) {
        chunk[j] = i + j;
      }
      memory.add(chunk);
    }
    long[] sink = new long[1];
    double rate =
        best(
            (double) chunks * CHUNK * Long.BYTES,
            () -> {
              for (long[] chunk : memory) {
                sink[0] += sum(chunk);
              }
            });
    // Never so: the sum must not be left out as useless.
    return sink[0] == Long.MIN_VALUE ? 0 : rate;
  }

  private static long sum(long[] chunk) {
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int i = 0; i < chunk.length; i += 4) {
      a += chunk[i];
      b += chunk[i + 1];
      c += chunk[i + 2];
      d += chunk[i + 3];
    }
    return a + b + (c + d);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Units of work a second: the best round. */
  private static double best(double work, Runnable step) {
    round(step, WARM_NANOS);
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.max(best, work * round(step, ROUND_NANOS));
    }
    return best;
  }

  /** Steps a second. */
  private static double round(Runnable step, long atLeast) {
    long start = System.nanoTime();
    long steps = 0;
    long elapsed;
    do {
      step.run();
      steps++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < atLeast);
    return steps * NANOS / elapsed;
  }
}
