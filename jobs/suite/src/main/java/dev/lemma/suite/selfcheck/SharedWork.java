// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.math.function.CrossColourings;
import dev.lemma.math.function.PrimeCount;
import dev.lemma.math.function.PrimeRecurrence;
import dev.lemma.math.function.SegmentedSieve;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Work that all executors share, and whose total is known: each partition takes a range of numbers.
 * Only where the total is wrong are the parts computed again, on the driver, to find out whose.
 *
 * @param name what the readings are called
 * @param rate what the rates are called
 * @param numbers numbers 0 to {@code numbers - 1} are shared out
 * @param expected the known total
 * @param part the total of a range
 */
record SharedWork(String name, String rate, long numbers, PrimeCount expected, Part part) {
  static final String UNIT = "numbers/s";

  /** Parts for each slot of the cluster, so that a slow one is left behind by the others. */
  private static final int PARTS_A_SLOT = 4;

  private static final int MOST_PARTS = 10_000;
  private static final double NANOS = 1e9;

  /** What is wrong then is no machine but what all of them run. */
  static final String ALIKE = ", each part as the driver computes it";

  /** Seconds below which a part is done again: its time would tell of something else. */
  private static final double TOO_SHORT = 0.01;

  /** Whatever is counted and summed over a range. */
  interface Part extends Serializable {
    /** Of the numbers {@code from} to {@code to - 1}. */
    PrimeCount of(long from, long to);
  }

  /** The sum of the primes up to a limit; the answer by another method than the sieve's. */
  static SharedWork primes(long limit) {
    return new SharedWork(
        String.format(Locale.ROOT, "sum of primes to %,d", limit),
        "sieve",
        limit + 1,
        PrimeRecurrence.upTo(limit),
        (from, to) -> new SegmentedSieve(to - 1).count(from, to - 1));
  }

  /** The colourings of the cross, all 3^16 of them looked at. */
  static SharedWork colourings() {
    return new SharedWork(
        "colourings of the cross",
        "colourings",
        CrossColourings.ALL,
        new PrimeCount(CrossColourings.ANSWER, 0),
        (from, to) -> new PrimeCount(CrossColourings.count(from, to), 0));
  }

  /** What a partition did. */
  private record Share(Place place, long from, long to, PrimeCount found, double seconds) {
    static Share of(Row row) {
      return new Share(
          new Place(row.getString(0), row.getString(1)),
          row.getLong(2),
          row.getLong(3),
          new PrimeCount(row.getLong(4), row.getLong(5)),
          row.getDouble(6));
    }
  }

  /**
   * Does it on the cluster; a reading for the total and, for each executor, its answer and rate.
   */
  List<Reading> run(SparkContext context, Place driver) {
    List<Share> shares = shares(context);
    Optional<PrimeCount> total = total(shares);
    boolean right = total.equals(Optional.of(expected));
    Map<Place, String> wrong = right ? Map.of() : wrongShares(shares);
    Map<Place, Double> rates = new HashMap<>();
    for (Share share : shares) {
      rates.merge(share.place(), (share.to() - share.from()) / share.seconds(), Math::max);
    }
    List<Reading> readings = new ArrayList<>();
    // Where no part is wrong the total is not either, unless the driver adds wrongly.
    if (right || wrong.isEmpty()) {
      readings.add(
          Reading.answer(
              driver,
              name,
              Demand.KNOWN,
              text(expected),
              total.map(this::text).orElse("more than a long") + (right ? "" : ALIKE)));
    }
    rates.forEach(
        (place, fastest) -> {
          readings.add(
              Reading.answer(
                  place,
                  name + ", its share",
                  Demand.KNOWN,
                  "right",
                  wrong.getOrDefault(place, "right")));
          readings.add(Reading.rate(place, rate, fastest, UNIT));
        });
    return readings;
  }

  /** Empty where wrong parts have a sum that no long holds. */
  private static Optional<PrimeCount> total(List<Share> shares) {
    try {
      return Optional.of(
          shares.stream().map(Share::found).reduce(PrimeCount.NONE, PrimeCount::plus));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private String text(PrimeCount count) {
    return count.sum() == 0 ? Long.toString(count.count()) : KnownAnswers.text(count);
  }

  private List<Share> shares(SparkContext context) {
    int parts =
        (int)
            Math.max(
                1,
                Math.min(
                    Math.min(numbers, MOST_PARTS),
                    (long) PARTS_A_SLOT * context.defaultParallelism()));
    long all = numbers;
    Part work = part;
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, parts).boxed().toList(), parts)
        .map(
            index -> {
              long from = bound(all, index, parts);
              long to = bound(all, index + 1, parts);
              long start = System.nanoTime();
              PrimeCount found = work.of(from, to);
              double seconds = (System.nanoTime() - start) / NANOS;
              if (seconds < TOO_SHORT) {
                // Its first time is that of loading and compiling.
                seconds = seconds(work, from, to);
              }
              Place here = here();
              return RowFactory.create(
                  here.executor(), here.host(), from, to, found.count(), found.sum(), seconds);
            })
        .collect()
        .stream()
        .map(Share::of)
        .toList();
  }

  private static double seconds(Part work, long from, long to) {
    long start = System.nanoTime();
    double seconds = 0;
    int times = 0;
    while (seconds < TOO_SHORT) {
      work.of(from, to);
      times++;
      seconds = (System.nanoTime() - start) / NANOS;
    }
    return seconds / times;
  }

  /** The executor of the task that asks. */
  static Place here() {
    SparkEnv env = SparkEnv.get();
    return new Place(env.executorId(), env.blockManager().blockManagerId().host());
  }

  private static long bound(long all, int index, int parts) {
    return all / parts * index + Math.min(index, all % parts);
  }

  private Map<Place, String> wrongShares(List<Share> shares) {
    Map<Place, String> wrong = new HashMap<>();
    for (Share share : shares) {
      PrimeCount answer = part.of(share.from(), share.to());
      if (!answer.equals(share.found())) {
        wrong.put(
            share.place(),
            text(share.found())
                + " from "
                + share.from()
                + " to "
                + (share.to() - 1)
                + " instead of "
                + text(answer));
      }
    }
    return wrong;
  }
}
