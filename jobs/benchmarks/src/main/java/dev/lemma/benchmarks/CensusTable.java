// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The census data a9a over and over, columns id, label and features, in Parquet; where its file is
 * not at hand, as many rows of the same shape: 14 features of 123 are 1.
 *
 * @param name of the rows
 * @param rows number of rows
 */
record CensusTable(String name, long rows) {
  private static final String FILE = "shared/data/logistic/a9a.libsvm.gz";
  private static final int FEATURES = 123;
  private static final int ROWS = 32_561;
  private static final int FILES = 16;

  /** Values of each of the 14 columns that the features are made of. */
  private static final int[] VALUES = {5, 8, 5, 16, 5, 7, 14, 6, 5, 2, 2, 2, 5, 41};

  /** Writes whole repetitions that come to at least so many rows. */
  static CensusTable write(SparkSession spark, long wanted, String path) throws IOException {
    Optional<Path> file = find();
    List<Row> rows = file.isPresent() ? read(file.get()) : made();
    StructType schema =
        new StructType()
            .add("row", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", new VectorUDT(), false);
    Dataset<Row> once = spark.createDataFrame(rows, schema);
    long repetitions = (wanted + rows.size() - 1) / rows.size();
    // One repetition after the other: equal rows side by side would be compressed away.
    spark
        .range(0, repetitions, 1, (int) Math.min(FILES, repetitions))
        .toDF("repetition")
        .crossJoin(broadcast(once))
        .select(
            col("repetition").multiply(rows.size()).plus(col("row")).as("id"),
            col("label"),
            col("features"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path);
    return new CensusTable(
        file.isPresent() ? "a9a" : "generated one-hot rows", repetitions * rows.size());
  }

  private static Optional<Path> find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(FILE))) {
        return Optional.of(at.resolve(FILE));
      }
    }
    return Optional.empty();
  }

  private static List<Row> read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.trim().split("[ :]");
        int[] indices = new int[cells.length / 2];
        double[] values = new double[indices.length];
        for (int e = 0; e < indices.length; e++) {
          indices[e] = Integer.parseInt(cells[2 * e + 1]) - 1;
          values[e] = Double.parseDouble(cells[2 * e + 2]);
        }
        rows.add(row(rows.size(), cells[0].startsWith("-") ? 0 : 1, indices, values));
      }
    }
    return rows;
  }

  /** Values by a long tail, classes by a logistic law with a weight for each value. */
  private static List<Row> made() {
    SplittableRandom random = new SplittableRandom(0);
    double[] weights = new double[FEATURES];
    Arrays.setAll(weights, j -> random.nextDouble() - 0.5);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      int[] indices = new int[VALUES.length];
      double[] ones = new double[VALUES.length];
      double logit = -1;
      int offset = 0;
      for (int c = 0; c < VALUES.length; c++) {
        double u = random.nextDouble();
        indices[c] = offset + (int) (VALUES[c] * u * u);
        ones[c] = 1;
        logit += 2 * weights[indices[c]];
        offset += VALUES[c];
      }
      int label = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
      rows.add(row(r, label, indices, ones));
    }
    return rows;
  }

  private static Row row(long number, int label, int[] indices, double[] values) {
    return RowFactory.create(number, label, Vectors.sparse(FEATURES, indices, values));
  }
}
