// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;

/** Rows for the tests of this module, and their projections as bits. */
public final class Samples {
  public static final SparkSession SPARK = SharedSpark.session();

  private static final List<String> WORDS =
      List.of(
          "bank",
          "river",
          "money",
          "loan",
          "water",
          "stream",
          "credit",
          "shore",
          "flow",
          "interest",
          "the",
          "of",
          "a",
          "in",
          "Größe",
          "naïve",
          "東京",
          "e.g.",
          "co-operate",
          "x86");

  private Samples() {}

  /** n rows of d values that float represents exactly; every third value is zero. */
  public static double[][] values(int n, int d) {
    SplittableRandom random = new SplittableRandom(31);
    double[][] rows = new double[n][d];
    for (double[] row : rows) {
      for (int j = 0; j < d; j++) {
        row[j] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
      }
    }
    return rows;
  }

  /** A frame of columns {@code id} (0, 1, ...) and {@code x}. */
  public static Dataset<Row> frame(DataType type, List<?> values) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(RowFactory.create((long) i, values.get(i)));
    }
    return SPARK.createDataFrame(
        rows, new StructType().add("id", DataTypes.LongType, false).add("x", type, true));
  }

  /** A frame of vectors as they are given; null is a null row. */
  public static Dataset<Row> vectors(Vector... vectors) {
    return frame(SQLDataTypes.VectorType(), Arrays.asList(vectors));
  }

  public static Dataset<Row> dense(double[][] rows) {
    return vectors(Arrays.stream(rows).map(Vectors::dense).toArray(Vector[]::new));
  }

  /** The rows as sparse vectors, every other one with its zeros written out. */
  public static Dataset<Row> sparse(double[][] rows) {
    return vectors(
        IntStream.range(0, rows.length)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? Vectors.dense(rows[i]).toSparse()
                        : Vectors.sparse(
                            rows[i].length, IntStream.range(0, rows[i].length).toArray(), rows[i]))
            .toArray(Vector[]::new));
  }

  /** n sparse vectors of length d with a single 1. */
  public static Dataset<Row> units(int n, int d) {
    return vectors(
        IntStream.range(0, n)
            .mapToObj(i -> Vectors.sparse(d, new int[] {i % d}, new double[] {1}))
            .toArray(Vector[]::new));
  }

  public static Dataset<Row> doubles(double[][] rows) {
    return frame(DataTypes.createArrayType(DataTypes.DoubleType), Arrays.asList(rows));
  }

  public static Dataset<Row> floats(double[][] rows) {
    return doubles(rows).withColumn("x", functions.col("x").cast("array<float>"));
  }

  /** n texts of words of several scripts; the last is empty. */
  public static Dataset<Row> texts(int n) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i + 1 < n; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(1, 12); w > 0; w--) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      texts.add(text.toString());
    }
    texts.add("");
    return frame(DataTypes.StringType, texts);
  }

  /** The bits of the values of a vector or array column as doubles, by id; null for null. */
  public static Map<Long, List<Long>> bits(Dataset<Row> rows, String column) {
    Map<Long, List<Long>> bits = new TreeMap<>();
    for (Row row : rows.select(functions.col("id"), functions.col(column)).collectAsList()) {
      bits.put(row.getLong(0), row.isNullAt(1) ? null : bits(values(row.get(1))));
    }
    return bits;
  }

  public static List<Long> bits(double[] values) {
    return Arrays.stream(values).mapToObj(Double::doubleToRawLongBits).toList();
  }

  public static List<Long> bits(float[] values) {
    return bits(IntStream.range(0, values.length).mapToDouble(c -> values[c]).toArray());
  }

  /** The values of a vector, or of an array as Spark hands it to Java. */
  public static double[] values(Object cell) {
    if (cell instanceof Vector vector) {
      return vector.toArray();
    }
    scala.collection.Seq<?> seq = (scala.collection.Seq<?>) cell;
    return IntStream.range(0, seq.size())
        .mapToDouble(c -> ((Number) seq.apply(c)).doubleValue())
        .toArray();
  }

  /** What an action failed of at last, inside or outside of a task; null if it did not fail. */
  public static Throwable failure(ThrowableAssert.ThrowingCallable action) {
    Throwable thrown = Assertions.catchThrowable(action);
    while (thrown != null && thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return thrown;
  }

  /** A stage from {@code x} to {@code y}. */
  static RandomProjection stage() {
    return new RandomProjection().setInputCol("x").setOutputCol("y");
  }
}
