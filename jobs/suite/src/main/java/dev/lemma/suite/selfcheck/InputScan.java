// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * How fast executors read rows, all columns decoded, as every job does. Of a large input only a few
 * partitions for each slot are read, spread evenly, and each for two seconds at most; all of it
 * twice, since who reads for the first time also loads and compiles what reads. Partitions of few
 * rows tell nothing.
 */
final class InputScan {
  static final String RATE = "input rows";
  static final String ROWS = "rows/s";

  private static final int PARTITIONS_A_SLOT = 4;
  private static final int READS = 2;

  /** Rows before the clock starts, which open the file and decode the first batch. */
  private static final int FIRST_ROWS = 4096;

  private static final long MOST_NANOS = 2_000_000_000;
  private static final double NANOS = 1e9;

  private InputScan() {}

  /** Reads; the best rate of each executor's tasks counts. */
  static List<Reading> run(Dataset<Row> rows) {
    JavaRDD<Row> scans = rows.queryExecution().toRdd().toJavaRDD().mapPartitions(InputScan::scan);
    int slots = rows.sparkSession().sparkContext().defaultParallelism();
    Map<Place, Double> best = new HashMap<>();
    int[] partitions = chosen(scans.getNumPartitions(), slots * PARTITIONS_A_SLOT);
    for (int read = 0; read < READS; read++) {
      for (List<Row> scan : scans.collectPartitions(partitions)) {
        for (Row row : scan) {
          best.merge(new Place(row.getString(0), row.getString(1)), row.getDouble(2), Math::max);
        }
      }
    }
    List<Reading> readings = new ArrayList<>();
    best.forEach((place, rate) -> readings.add(Reading.rate(place, RATE, rate, ROWS)));
    return readings;
  }

  /** At most so many of the partitions, evenly spread. */
  static int[] chosen(int partitions, int most) {
    Set<Integer> chosen = new HashSet<>();
    int count = Math.min(partitions, most);
    for (int i = 0; i < count; i++) {
      chosen.add((int) ((long) i * partitions / count));
    }
    return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Nothing for a partition of few rows, whose rate means nothing. */
  private static Iterator<Row> scan(Iterator<InternalRow> rows) {
    for (int i = 0; i < FIRST_ROWS && rows.hasNext(); i++) {
      rows.next();
    }
    long start = System.nanoTime();
    long count = 0;
    long elapsed = 0;
    while (elapsed < MOST_NANOS && rows.hasNext()) {
      rows.next();
      count++;
      elapsed = System.nanoTime() - start;
    }
    if (count < FIRST_ROWS) {
      return List.<Row>of().iterator();
    }
    Place here = SharedWork.here();
    return List.of(RowFactory.create(here.executor(), here.host(), count * NANOS / elapsed))
        .iterator();
  }
}
