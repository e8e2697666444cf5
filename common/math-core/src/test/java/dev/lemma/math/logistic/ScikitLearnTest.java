// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Agreement with scikit-learn on its own small data sets; the golden numbers are made by
 * src/test/scripts/linear_discriminants.py.
 */
class ScikitLearnTest {
  /** Relative in norm. */
  private static final double TOLERANCE = 1e-10;

  private static final Map<String, double[]> GOLDEN = golden();

  private static List<String> lines(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(ScikitLearnTest.class.getResourceAsStream(name + ".csv.gz")),
                StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, double[]> golden() {
    Map<String, double[]> golden = new HashMap<>();
    for (String line : lines("discriminants")) {
      String[] cells = line.split(",");
      double[] numbers = Stream.of(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
      golden.put(cells[0] + "/" + cells[1], numbers);
    }
    return golden;
  }

  /** The moments of a set whose columns are standardised by the whole of it. */
  private static ClassMoments moments(String set) {
    List<String> lines = lines(set);
    int[] columns = Arrays.stream(GOLDEN.get(set + "/columns")).mapToInt(x -> (int) x).toArray();
    double[][] rows = new double[lines.size()][columns.length];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      String[] cells = lines.get(i).split(",");
      labels[i] = Integer.parseInt(cells[cells.length - 1]);
      for (int j = 0; j < columns.length; j++) {
        rows[i][j] = Double.parseDouble(cells[columns[j]]);
      }
    }
    for (int j = 0; j < columns.length; j++) {
      int column = j;
      double mean = Arrays.stream(rows).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(rows)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
      for (double[] row : rows) {
        row[column] = (row[column] - mean) / Math.sqrt(variance);
      }
    }
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    return TwoPassMoments.of(rows, labels, classes);
  }

  private static void assertAgrees(LinearModel model, String golden) {
    double[] expected = GOLDEN.get(golden);
    double[] found = new double[expected.length];
    System.arraycopy(model.intercepts(), 0, found, 0, model.classes());
    System.arraycopy(
        model.coefficients(), 0, found, model.classes(), found.length - model.classes());
    double error = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      error += (found[i] - expected[i]) * (found[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(error / norm)).as(golden).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iris", "wine", "breast_cancer", "digits"})
  void agrees(String set) {
    ClassMoments moments = moments(set);
    ClosedFormFit plain = ClosedForm.POOLED.fit(moments);
    assertAgrees(plain.model(), set + "/lsqr");
    assertAgrees(plain.model(), set + "/eigen");
    assertThat(plain.diagnosis().findings()).isEmpty();

    Map<String, Shrinkage> rules =
        Map.of(
            "oas", new Shrinkage.Oas(),
            "ledoit-wolf", new Shrinkage.LedoitWolf(),
            "rblw", new Shrinkage.Rblw());
    rules.forEach(
        (name, rule) -> {
          ClosedFormFit fit = ClosedForm.POOLED.with(rule, ShrinkageUnits.DATA).fit(moments);
          double expected = GOLDEN.get(set + "/" + name)[0];
          assertThat(fit.rho()).as(name).isCloseTo(expected, within(TOLERANCE * expected));
          if (GOLDEN.containsKey(set + "/" + name + "-model")) {
            assertAgrees(fit.model(), set + "/" + name + "-model");
          }
        });

    Shrinkage fixed = new Shrinkage.Fixed(0.3);
    assertAgrees(
        ClosedForm.POOLED.with(fixed, ShrinkageUnits.DATA).fit(moments).model(), set + "/fixed");
    RidgePath path = RidgePath.of(moments, Pooling.WITHIN, ShrinkageUnits.DATA).orElseThrow();
    assertAgrees(path.atShare(0.3), set + "/fixed");
    assertAgrees(path.at(0), set + "/lsqr");
  }
}
