// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.run.Version;
import dev.ludovic.netlib.blas.BLAS;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;

/**
 * What is done on one executor by itself: what it is, the known answers, the rates.
 *
 * @param parcels what comes over the network; none in local mode, which has no network
 * @param volume bytes to write, read and scan
 */
record Examination(List<Broadcast<byte[]>> parcels, long volume) implements Errand.Task {
  static final String JAVA = "Java";
  static final String BLAS_NAME = "BLAS";
  static final String LEMMA = "Lemma";
  static final String MACHINE = "machine";
  static final String NETWORK = "network";
  static final String PARCELS = "network brings what was sent";

  /** Letters that tell commits apart. */
  private static final int COMMIT = 10;

  private static final double GIGA = 1 << 30;
  private static final double NANOS = 1e9;

  /** Takes a copy. */
  Examination {
    parcels = new ArrayList<>(parcels);
  }

  @Override
  public List<Reading> perform(Place place) {
    List<Reading> readings = new ArrayList<>(answers(place));
    readings.addAll(network(place));
    readings.addAll(
        LocalDisk.readings(
            place,
            Arrays.asList(SparkEnv.get().blockManager().diskBlockManager().localDirs()),
            volume));
    readings.addAll(Gauges.all(place, volume));
    return readings;
  }

  /** What needs no Spark: on the driver too, as a witness. */
  static List<Reading> answers(Place place) {
    List<Check> checks = new ArrayList<>(identity());
    checks.addAll(KnownAnswers.all());
    return checks.stream().map(check -> Reading.of(place, check)).toList();
  }

  private static List<Check> identity() {
    return List.of(
        Check.told(
            JAVA,
            () -> System.getProperty("java.version") + " " + System.getProperty("java.vendor")),
        Check.told(BLAS_NAME, () -> BLAS.getInstance().getClass().getSimpleName()),
        Check.told(LEMMA, Examination::version),
        Check.told(MACHINE, Examination::machine));
  }

  private static String version() {
    Version version = Version.current();
    String commit = version.commit();
    return version.version() + " " + commit.substring(0, Math.min(COMMIT, commit.length()));
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, heap %.1f GB",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        runtime.availableProcessors(),
        runtime.maxMemory() / GIGA);
  }

  /** Each parcel comes from the driver or from executors that have it already; the best counts. */
  private List<Reading> network(Place place) {
    if (parcels.isEmpty()) {
      return List.of();
    }
    double best = 0;
    String found = Reading.YES;
    for (int i = 0; i < parcels.size(); i++) {
      long start = System.nanoTime();
      byte[] content = parcels.get(i).value();
      best = Math.max(best, content.length * NANOS / (System.nanoTime() - start));
      if (!Arrays.equals(content, Noise.bytes(content.length, i))) {
        found = "no, other bytes";
      }
    }
    return List.of(
        Reading.answer(place, PARCELS, Demand.KNOWN, Reading.YES, found),
        Reading.rate(place, NETWORK, best, Gauges.BYTES));
  }
}
