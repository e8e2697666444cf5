// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.glm;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows for the tests of this package. */
final class GlmSamples {
  private GlmSamples() {}

  /** Rows of a model with a constant and coefficients 0.5, -0.4, 0.3, ... */
  static GlmBlock block(Likelihood likelihood, int rows, int columns, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[rows * columns];
    double[] labels = new double[rows];
    double[] weights = new double[rows];
    for (int i = 0; i < rows; i++) {
      double z = 0;
      for (int j = 0; j < columns; j++) {
        x[i * columns + j] = j == 0 ? 1 : random.nextGaussian();
        z += x[i * columns + j] * (j % 2 == 0 ? 0.5 : -0.4) / (1 + j / 2);
      }
      labels[i] =
          switch (likelihood) {
            case LINEAR -> z + random.nextGaussian();
            case LOGISTIC -> random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
            case PROBIT -> z + random.nextGaussian() > 0 ? 1 : 0;
            case POISSON -> poisson(random, Math.exp(z));
            case SOFTMAX -> Math.floorMod((int) Math.floor(z + random.nextGaussian()), classes);
          };
      weights[i] = i % 3 == 0 ? 1 : i % 7 == 0 ? 0 : 0.25 + random.nextDouble();
    }
    return GlmBlock.of(columns, x, labels, weights);
  }

  static GlmBlock unweighted(GlmBlock block) {
    double[] labels = new double[block.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = block.label(i);
    }
    return GlmBlock.of(block.columns(), block.x().clone(), labels);
  }

  private static int poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /** The shared data, or skips the test. */
  static Path shared(String file) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data").resolve(file);
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    return abort(file + " is not at hand: no shared/data above this folder");
  }

  /** Pima with standardised columns behind a constant: 768 x 9. */
  static GlmBlock pima() throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(shared("logistic/pima.csv"))) {
      String[] cells = line.split(",");
      double[] row = new double[cells.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = Double.parseDouble(cells[j]);
      }
      rows.add(row);
    }
    int n = rows.size();
    double[] x = new double[n * 9];
    double[] labels = new double[n];
    for (int j = 0; j < 8; j++) {
      double mean = 0;
      for (double[] row : rows) {
        mean += row[j] / n;
      }
      double square = 0;
      for (double[] row : rows) {
        square += (row[j] - mean) * (row[j] - mean);
      }
      double deviation = Math.sqrt(square / (n - 1));
      for (int i = 0; i < n; i++) {
        x[i * 9 + j + 1] = (rows.get(i)[j] - mean) / deviation;
      }
    }
    for (int i = 0; i < n; i++) {
      x[i * 9] = 1;
      labels[i] = rows.get(i)[8];
    }
    return GlmBlock.of(9, x, labels);
  }
}
