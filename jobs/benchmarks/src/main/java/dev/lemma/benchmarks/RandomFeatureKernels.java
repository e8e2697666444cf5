// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.features.FeatureMap;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.FrequencyDesign;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.features.NormDesign;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Random Fourier features of rows of 1,024 numbers, 8,192 features a row: Hadamard frequencies
 * against the plain product with a matrix of as many frequencies, before and after cosines and
 * sines. The plain side is given our own cosines and sines, at the time that they take on the
 * other; with those of {@link Math} it stands beside it. Processor time of one thread.
 */
public final class RandomFeatureKernels {
  private static final int ROWS = 64;
  private static final int D = 1024;
  private static final int K = 8192;
  private static final double NANOS_A_MICROSECOND = 1e3;

  private RandomFeatureKernels() {}

  /**
   * Prints the table and writes {@code random-features.json}.
   *
   * @param args the folder of the JSON file
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Results results = new Results(System.out);
    results.title("Random features, d = " + D + ", k = " + K + ", float, microseconds a row");
    System.out.println(Figure.header());
    compare(results);
    Path file = Path.of(args[0], "random-features.json");
    Files.writeString(file, results.json());
    System.out.println("written: " + file);
  }

  private static FeatureMap map(FrequencyDesign design) {
    return FeatureMap.of(
        new FeatureSpec(
            new KernelFunction.Gaussian(Math.sqrt(D)), design, NormDesign.INDEPENDENT, K, D, 1));
  }

  private static void compare(Results results) {
    int m = K / 2;
    SplittableRandom random = new SplittableRandom(1);
    float[] rows = new float[ROWS * D];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    FeatureMap hadamard = map(FrequencyDesign.HADAMARD);
    FeatureMap plain = map(FrequencyDesign.IID);
    // Column j of the matrix is what the unit row j is multiplied to: d x m, row-major.
    float[] matrix = new float[D * m];
    float[] units = new float[D * D];
    for (int j = 0; j < D; j++) {
      units[j * D + j] = 1;
    }
    plain.products(units, D, matrix);
    float[] products = new float[ROWS * m];
    float[] vector = new float[ROWS * m];
    float[] library = new float[ROWS * m];
    float[] features = new float[ROWS * K];
    float[] usual = new float[ROWS * K];
    BLAS java = JavaBLAS.getInstance();
    BLAS inUse = nativeOr(java);
    double[] nanos =
        Alternation.nanos(
            () -> hadamard.products(rows, ROWS, products),
            () -> sgemm(java, rows, matrix, vector),
            () -> sgemm(inUse, rows, matrix, library),
            () -> hadamard.mapRows(rows, ROWS, features),
            () -> waves(vector, usual));
    float[] exact = new float[ROWS * m];
    plain.products(rows, ROWS, exact);
    Checks.same(exact, vector, 1e-4);
    Checks.same(exact, library, 1e-4);
    double toMicros = 1 / (NANOS_A_MICROSECOND * ROWS);
    double product = nanos[0] * toMicros;
    double whole = nanos[3] * toMicros;
    double ours = whole - product;
    String before = "hadamard, products";
    String after = "hadamard, features";
    double byVector = nanos[1] * toMicros;
    double byLibrary = nanos[2] * toMicros;
    results.add(Figure.duration(before, product, "us", name(java) + " sgemm", byVector, 4));
    results.add(Figure.duration(before, product, "us", name(inUse) + " sgemm", byLibrary, 0));
    results.add(
        Figure.duration(after, whole, "us", name(java) + " + our cos, sin", byVector + ours, 2));
    results.add(
        Figure.duration(after, whole, "us", name(inUse) + " + our cos, sin", byLibrary + ours, 0));
    results.add(
        Figure.duration(
            after,
            whole,
            "us",
            name(java) + " + Math.cos, sin",
            byVector + nanos[4] * toMicros,
            0));
    results.remark("our cosines and sines: %.2f ns a feature", ours * NANOS_A_MICROSECOND / K);
    agree(hadamard, plain, rows, results);
  }

  /** That both estimate the same kernel equally well: root mean square error over row pairs. */
  private static void agree(FeatureMap one, FeatureMap other, float[] rows, Results results) {
    double first = error(one, rows);
    double second = error(other, rows);
    results.remark("error of the kernel: hadamard %.4f, plain %.4f", first, second);
    if (first > 1.2 * second) {
      throw new IllegalStateException(
          "the two sides of a benchmark disagree: error " + first + " against " + second);
    }
  }

  private static double error(FeatureMap map, float[] rows) {
    float[] z = new float[ROWS * K];
    map.mapRows(rows, ROWS, z);
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < ROWS; a++) {
      for (int b = 0; b < a; b++) {
        double distance = 0;
        for (int j = 0; j < D; j++) {
          double difference = rows[a * D + j] - rows[b * D + j];
          distance += difference * difference;
        }
        double dot = 0;
        for (int i = 0; i < K; i++) {
          dot += (double) z[a * K + i] * z[b * K + i];
        }
        double error = dot - Math.exp(-distance / (2.0 * D));
        sum += error * error;
        pairs++;
      }
    }
    return Math.sqrt(sum / pairs);
  }

  /** Row-major rows times matrix through a column-major library. */
  private static void sgemm(BLAS blas, float[] rows, float[] matrix, float[] out) {
    int m = K / 2;
    blas.sgemm("N", "N", m, ROWS, D, 1, matrix, 0, m, rows, 0, D, 0, out, 0, m);
  }

  private static void waves(float[] turns, float[] out) {
    int m = K / 2;
    for (int r = 0; r < ROWS; r++) {
      for (int i = 0; i < m; i++) {
        double angle = 2 * Math.PI * turns[r * m + i];
        out[r * K + i] = (float) Math.cos(angle);
        out[r * K + m + i] = (float) Math.sin(angle);
      }
    }
  }

  private static BLAS nativeOr(BLAS fallback) {
    try {
      return NativeBLAS.getInstance();
    } catch (RuntimeException e) {
      return fallback;
    }
  }

  private static String name(BLAS blas) {
    return blas.getClass().getSimpleName();
  }
}
