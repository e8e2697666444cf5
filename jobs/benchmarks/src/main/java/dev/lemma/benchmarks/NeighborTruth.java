// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * What brute force finds for a sample of rows, against which both sides are measured.
 *
 * @param step rows whose id is a multiple of it are the sample
 * @param wanted neighbours of the sampled rows within the radius, all together
 */
record NeighborTruth(long step, long wanted) {
  /** Compares each sampled row with all rows: id and an array of binary32 x. */
  static NeighborTruth of(Dataset<Row> rows, double radius, long step) {
    List<Row> sample = rows.filter(col("id").mod(step).equalTo(0)).collectAsList();
    long[] ids = sample.stream().mapToLong(row -> row.getLong(0)).toArray();
    float[][] asking = sample.stream().map(row -> floats(row)).toArray(float[][]::new);
    long wanted =
        rows
            .mapPartitions(
                (org.apache.spark.api.java.function.MapPartitionsFunction<Row, Long>)
                    part -> {
                      long count = 0;
                      while (part.hasNext()) {
                        Row row = part.next();
                        float[] x = floats(row);
                        for (int i = 0; i < ids.length; i++) {
                          if (ids[i] != row.getLong(0) && square(asking[i], x) <= radius * radius) {
                            count++;
                          }
                        }
                      }
                      return List.of(count).iterator();
                    },
                Encoders.LONG())
            .collectAsList()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    return new NeighborTruth(step, wanted);
  }

  private static float[] floats(Row row) {
    List<Float> values = new ArrayList<>(row.getList(1));
    float[] floats = new float[values.size()];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = values.get(j);
    }
    return floats;
  }

  private static double square(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = (double) a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** Share of the wanted neighbours that a result holds: columns id and neighbor, a pair once. */
  double recall(Dataset<Row> pairs) {
    Row found = pairs.agg(sum(sampled("id").plus(sampled("neighbor")))).head();
    return wanted == 0 ? 1 : (found.isNullAt(0) ? 0 : (double) found.getLong(0) / wanted);
  }

  private Column sampled(String id) {
    return when(col(id).mod(step).equalTo(0), lit(1L)).otherwise(lit(0L));
  }
}
