// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.glm.GlmBlock;
import dev.lemma.math.sampling.glm.GlmPosterior;
import dev.lemma.math.sampling.glm.GlmShape;
import dev.lemma.math.sampling.glm.Likelihood;
import dev.lemma.math.sampling.glm.LocalGlm;
import dev.lemma.math.sampling.glm.Prior;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a logistic model in plain arrays, and in the form of each side of a comparison.
 *
 * @param name for the tables
 * @param columns d, the constant 1 in front among them
 * @param x n x d numbers, row by row
 * @param labels n labels, 0 or 1
 */
record LogisticRows(String name, int columns, double[] x, double[] labels) {
  /** As in the job: rows of a leaf. */
  private static final int LEAF = 32_768;

  private static final double PRIOR_DEVIATION = 10;
  private static final double DIGITS = 1e4;
  private static final String PIMA = "shared/data/logistic/pima.csv";

  /**
   * Gaussian columns of four digits behind the point, so that a text holds the same numbers;
   * coefficients from -1/2 to 1/2.
   */
  static LogisticRows made(int rows, int columns) {
    double[] x = new double[rows * columns];
    double[] labels = new double[rows];
    KeyedSource source = new KeyedSource(StreamKey.of(0, "bench/logistic"));
    for (int i = 0; i < rows; i++) {
      source.at(i, 0, 0);
      int at = i * columns;
      x[at] = 1;
      Variates.gaussians(source, x, at + 1, columns - 1);
      double z = -0.25;
      for (int j = 1; j < columns; j++) {
        x[at + j] = Math.rint(x[at + j] * DIGITS) / DIGITS;
        z += x[at + j] * ((j - 1.0) / Math.max(1, columns - 2) - 0.5);
      }
      labels[i] = Variates.uniform(source) < 1 / (1 + Math.exp(-z)) ? 1 : 0;
    }
    return new LogisticRows(
        String.format(Locale.ROOT, "%,d x %d", rows, columns), columns, x, labels);
  }

  /** Pima with columns of mean 0 and deviation 1, where its file is in a folder above this one. */
  static Optional<LogisticRows> pima() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(PIMA))) {
        return Optional.of(read(at.resolve(PIMA)));
      }
    }
    return Optional.empty();
  }

  private static LogisticRows read(Path file) throws IOException {
    List<double[]> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    int n = lines.size();
    int d = lines.get(0).length;
    double[] x = new double[n * d];
    for (int j = 0; j < d - 1; j++) {
      int column = j;
      double mean = lines.stream().mapToDouble(line -> line[column]).sum() / n;
      double squares =
          lines.stream().mapToDouble(line -> Math.pow(line[column] - mean, 2)).sum() / (n - 1);
      for (int i = 0; i < n; i++) {
        x[i * d + j + 1] = (lines.get(i)[j] - mean) / Math.sqrt(squares);
      }
    }
    for (int i = 0; i < n; i++) {
      x[i * d] = 1;
    }
    double[] labels = lines.stream().mapToDouble(line -> line[d - 1]).toArray();
    return new LogisticRows("Pima", d, x, labels);
  }

  /** n. */
  int rows() {
    return labels.length;
  }

  /** One of several equal parts of the rows, in leaves, evaluated by the calling thread. */
  LocalGlm data(int part, int parts) {
    List<GlmBlock> leaves = new ArrayList<>();
    int end = (int) ((long) rows() * (part + 1) / parts);
    for (int from = (int) ((long) rows() * part / parts); from < end; from += LEAF) {
      int to = Math.min(end, from + LEAF);
      leaves.add(
          GlmBlock.of(
              columns,
              Arrays.copyOfRange(x, from * columns, to * columns),
              Arrays.copyOfRange(labels, from, to)));
    }
    return new LocalGlm(GlmShape.of(Likelihood.LOGISTIC, columns), leaves);
  }

  /** The posterior under normal priors of deviation 10. */
  GlmPosterior posterior() {
    return new GlmPosterior(
        data(0, 1),
        IntStream.range(0, columns).mapToObj(j -> "b" + j).toList(),
        Collections.nCopies(columns, new Prior.Normal(0, PRIOR_DEVIATION)));
  }

  /** Columns id, label and features, the constant left out. */
  void writeParquet(SparkSession spark, Path folder, int files) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", SQLDataTypes.VectorType(), false);
    int share = (rows() + files - 1) / files;
    for (int part = 0; part < files; part++) {
      int from = part * share;
      int to = Math.min(rows(), from + share);
      List<Row> batch = new ArrayList<>();
      for (int i = from; i < to; i++) {
        batch.add(
            RowFactory.create(
                (long) i,
                (int) labels[i],
                Vectors.dense(Arrays.copyOfRange(x, i * columns + 1, (i + 1) * columns))));
      }
      spark
          .createDataFrame(new JavaSparkContext(spark.sparkContext()).parallelize(batch, 8), schema)
          .coalesce(1)
          .write()
          .mode(part == 0 ? SaveMode.Overwrite : SaveMode.Append)
          .parquet(folder.toString());
    }
  }

  /** The data file of JAGS: X by columns, y, n and d. */
  void writeJags(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("X <- structure(c(");
      for (int j = 0; j < columns; j++) {
        for (int i = 0; i < rows(); i++) {
          out.write(i + j == 0 ? "" : ",");
          out.write(Double.toString(x[i * columns + j]));
        }
      }
      out.write("), .Dim = c(" + rows() + "," + columns + "))\ny <- c(");
      for (int i = 0; i < rows(); i++) {
        out.write((i == 0 ? "" : ",") + (int) labels[i]);
      }
      out.write(")\nn <- " + rows() + "\nd <- " + columns + "\n");
    }
  }
}
