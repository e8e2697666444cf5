// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple2;

/**
 * Every task sends to every task: what each executor fetches, local and from others, in its time.
 */
final class Shuffle {
  static final String RATE = "shuffle read";

  /** Bytes that travel as one record, at most. */
  private static final int RECORD = 1 << 16;

  /** And at least. */
  private static final int LEAST_RECORD = 64;

  /** Tasks beyond which, each sending to each, records alone would be the work. */
  private static final int MOST_TASKS = 512;

  /** The first one also loads and compiles what shuffles. */
  private static final int ROUNDS = 2;

  private static final double NANOS = 1e9;

  private Shuffle() {}

  /**
   * Shuffles so many bytes for each executor, half of them at a time.
   *
   * @param executors how many there are
   */
  static List<Reading> run(SparkContext context, int executors, long volume) {
    Volume each = Volume.of(executors, volume, context.defaultParallelism());
    Map<Place, Double> best = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Row row : round(context, each)) {
        best.merge(new Place(row.getString(0), row.getString(1)), row.getDouble(2), Math::max);
      }
    }
    List<Reading> readings = new ArrayList<>();
    best.forEach((place, rate) -> readings.add(Reading.rate(place, RATE, rate, Gauges.BYTES)));
    return readings;
  }

  /**
   * What a round sends.
   *
   * @param tasks that send, each to each
   * @param records that a task sends
   * @param bytes of a record
   */
  record Volume(int tasks, int records, int bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** About half the volume of each executor; more only where records would be too small. */
    static Volume of(int executors, long volume, int slots) {
      int tasks = Math.max(2, Math.min(slots, Math.max(MOST_TASKS, executors)));
      long each = volume * executors / ROUNDS / tasks;
      int records = (int) Math.max(tasks, each / RECORD);
      int bytes = (int) Math.max(LEAST_RECORD, Math.min(RECORD, each / records));
      return new Volume(tasks, records, bytes);
    }
  }

  private static List<Row> round(SparkContext context, Volume each) {
    int tasks = each.tasks();
    return JavaSparkContext.fromSparkContext(context)
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .flatMapToPair(task -> records(task, each))
        .partitionBy(new HashPartitioner(tasks))
        .mapPartitions(Shuffle::read)
        .collect();
  }

  private static Iterator<Tuple2<Integer, byte[]>> records(int task, Volume each) {
    return IntStream.range(0, each.records())
        .mapToObj(i -> new Tuple2<>(i, Noise.bytes(each.bytes(), (long) task * each.records() + i)))
        .iterator();
  }

  /** The time runs from the first record asked for to the last one here, unpacked. */
  private static Iterator<Row> read(Iterator<Tuple2<Integer, byte[]>> records) {
    long start = System.nanoTime();
    long bytes = 0;
    while (records.hasNext()) {
      bytes += records.next()._2().length;
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    Place here = SharedWork.here();
    return List.of(RowFactory.create(here.executor(), here.host(), bytes / seconds)).iterator();
  }
}
