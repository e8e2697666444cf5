// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two Stan chains with every diagnostic by R's posterior, where they are at hand. */
class BlockerTest {
  private static List<Map<String, String>> first;
  private static List<Map<String, String>> second;
  private static List<Map<String, String>> reference;

  @BeforeAll
  static void read() throws IOException {
    Path folder = folder();
    assumeTrue(folder != null, "blocker is not at hand: no shared/data/diagnostics above");
    first = chain(folder.resolve("blocker.1.csv.gz"));
    second = chain(folder.resolve("blocker.2.csv.gz"));
    try (InputStream stream = Files.newInputStream(folder.resolve("blocker_reference.csv"))) {
      reference = Csv.rows(stream);
    }
  }

  private static List<Map<String, String>> chain(Path file) throws IOException {
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(file))) {
      return Csv.rows(stream);
    }
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/diagnostics");
      if (Files.exists(candidate.resolve("blocker_reference.csv"))) {
        return candidate;
      }
    }
    return null;
  }

  private static double[][] draws(String parameter) {
    return new double[][] {
      first.stream().mapToDouble(row -> Double.parseDouble(row.get(parameter))).toArray(),
      second.stream().mapToDouble(row -> Double.parseDouble(row.get(parameter))).toArray()
    };
  }

  private static double found(String column, double[][] x, Summary s) {
    return switch (column) {
      case "mean" -> s.mean();
      case "median" -> s.median();
      case "sd" -> s.sd();
      case "mad" -> s.mad();
      case "q5" -> s.q5();
      case "q95" -> s.q95();
      case "rhat" -> s.rHat();
      case "rhat_basic" -> RHat.plain(x);
      case "ess_bulk" -> s.essBulk();
      case "ess_tail" -> s.essTail();
      case "ess_mean" -> s.essMean();
      case "ess_median" -> s.essMedian();
      case "ess_q10" -> EffectiveSize.quantile(x, 0.1);
      case "mcse_mean" -> s.mcseMean();
      case "mcse_sd" -> s.mcseSd();
      case "mcse_median" -> s.mcseMedian();
      case "mcse_q10" -> MonteCarloError.quantile(x, 0.1);
      default -> throw new IllegalStateException("unknown column " + column);
    };
  }

  @Test
  void everyColumnToEightDigits() {
    SoftAssertions softly = new SoftAssertions();
    for (Map<String, String> row : reference) {
      double[][] x = draws(row.get("parameter"));
      Summary s = Summary.of(x);
      for (Map.Entry<String, String> cell : row.entrySet()) {
        if (!cell.getKey().equals("parameter")) {
          double expected = Double.parseDouble(cell.getValue());
          double found = found(cell.getKey(), x, s);
          softly
              .assertThat(Math.abs(found - expected) <= 1e-8 * Math.abs(expected))
              .as(row.get("parameter") + " " + cell.getKey() + ": " + found + ", " + expected)
              .isTrue();
        }
      }
    }
    softly.assertAll();
    assertThat(reference).hasSize(49);
  }

  @Test
  void theSizeForTheStandardDeviationInBothDefinitions() {
    Map<String, double[]> expected =
        Map.of(
            "d", new double[] {416.717884816458, 488.8944395},
            "sigmasq_delta", new double[] {417.10245798095, 801.3321616},
            "mu.1", new double[] {340.862457609612, 425.0639681},
            "delta_new", new double[] {225.729561443557, 391.4957227},
            "sigma_delta", new double[] {299.324286379979, 419.1610514});
    expected.forEach(
        (parameter, values) -> {
          double[][] x = draws(parameter);
          double mean = Summary.of(x).mean();
          double[][] distances = new double[2][1000];
          for (int c = 0; c < 2; c++) {
            for (int i = 0; i < 1000; i++) {
              distances[c][i] = Math.abs(x[c][i] - mean);
            }
          }
          assertThat(EffectiveSize.mean(distances))
              .as(parameter)
              .isCloseTo(values[0], within(1e-8 * values[0]));
          // The table has ten digits.
          assertThat(EffectiveSize.sd(x))
              .as(parameter)
              .isCloseTo(values[1], within(1e-8 * values[1]));
        });
  }

  @Test
  void aChainAloneAsStanPrintsIt() {
    String[] parameters = {"d", "sigmasq_delta", "mu.1", "mu.2", "mu.3"};
    double[] sizes = {284.772, 105.681, 668.691, 569.402, 523.292};
    for (int j = 0; j < sizes.length; j++) {
      double[][] chain = {draws(parameters[j])[0]};
      // Stan prints these with a tolerance of 1.
      assertThat(EffectiveSize.plain(chain)).isCloseTo(sizes[j], within(1.0));
    }
  }
}
