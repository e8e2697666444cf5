// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.logistic.AnalyticLogisticRegression;
import dev.lemma.logistic.LabelledRows;
import dev.lemma.logistic.Scan;
import dev.lemma.logistic.StatisticsPass;
import dev.lemma.logistic.WeightMeaning;
import dev.lemma.math.linalg.Kernel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** One pass over Parquet files, against a job that only reads the same columns into arrays. */
final class ScanFit {
  private static final int FEATURES = 100;
  private static final double PROMISED = 1.5;
  private static final long MEMORY = 512L << 20;

  /** The fields of a vector as Spark holds it inside: type, size, indices, values. */
  private static final int VECTOR_FIELDS = 4;

  private static final int VECTOR_VALUES = 3;

  private ScanFit() {}

  /** Finds the array of a stored row. */
  private interface Values extends java.io.Serializable {
    double[] of(InternalRow row);
  }

  static void compare(SparkSession spark, FitSizes sizes, Results results) {
    results.title("one pass over Parquet, against a job that only reads");
    String vectors = sizes.path("scan");
    String columns = sizes.path("scan-columns");
    GaussianTable.write(spark, sizes.scanRows(), FEATURES, vectors);
    String[] names = IntStream.range(0, FEATURES).mapToObj(j -> "x" + j).toArray(String[]::new);
    spread(spark.read().parquet(vectors), names).write().mode(SaveMode.Overwrite).parquet(columns);
    Time[] times =
        Rounds.of(
            sizes.repeats(),
            () -> new AnalyticLogisticRegression().fit(spark.read().parquet(vectors)),
            () ->
                read(
                    spark.read().parquet(vectors).select(col("label"), col("features")),
                    row -> row.getStruct(1, VECTOR_FIELDS).getArray(VECTOR_VALUES).toDoubleArray(),
                    sizes.scanRows()),
            () -> statistics(spark.read().parquet(columns), names, sizes.scanRows()),
            () -> read(spark.read().parquet(columns), ScanFit::values, sizes.scanRows()));
    String shape = String.format("%d x %d, ", sizes.scanRows(), FEATURES);
    new SparkPeer("reading vectors", times[1], results)
        .compare(shape + "fit on vectors", times[0], PROMISED);
    new SparkPeer("reading columns", times[3], results)
        .compare(shape + "statistics of columns", times[2], PROMISED);
  }

  private static Dataset<Row> spread(Dataset<Row> vectors, String[] names) {
    Column values = functions.vector_to_array(col("features"), "float64");
    Dataset<Row> arrays = vectors.select(col("label"), values.as("values"));
    Column[] columns = new Column[names.length + 1];
    columns[0] = col("label");
    for (int j = 0; j < names.length; j++) {
      columns[j + 1] = element_at(col("values"), j + 1).as(names[j]);
    }
    return arrays.select(columns);
  }

  /** What the job reads of each input: the moments of the classes, on numeric columns. */
  private static void statistics(Dataset<Row> rows, String[] names, long expected) {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.empty(),
            List.of(names),
            Optional.of("label"),
            Optional.empty(),
            Optional.empty());
    LabelledRows labelled =
        LabelledRows.of(rows, columns, OptionalLong.empty(), WeightMeaning.IMPORTANCE, List.of());
    try (Scan scan = Scan.of(labelled, Kernel.FAST, 1)) {
      require(StatisticsPass.take(scan, MEMORY).counts().rows(), expected);
    }
  }

  /** Columns need not be put together in the plan to be read. */
  private static double[] values(InternalRow row) {
    double[] values = new double[FEATURES];
    for (int j = 0; j < values.length; j++) {
      values[j] = row.getDouble(j + 1);
    }
    return values;
  }

  private static void read(Dataset<Row> rows, Values values, long expected) {
    double[] found =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(
                stored -> {
                  double[] sum = new double[2];
                  while (stored.hasNext()) {
                    InternalRow row = stored.next();
                    double[] array = values.of(row);
                    sum[0]++;
                    sum[1] += row.getInt(0) + array[array.length - 1];
                  }
                  return List.of(sum).iterator();
                })
            .reduce((a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    require((long) found[0], expected);
  }

  private static void require(long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException("expected " + expected + " rows, found " + found);
    }
  }
}
