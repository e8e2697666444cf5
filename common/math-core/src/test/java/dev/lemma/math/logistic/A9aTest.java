// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The census data a9a, 32,561 rows to fit and 16,281 to test, where they are at hand. */
class A9aTest {
  private static RowsInMemory train;
  private static RowsInMemory test;

  @BeforeAll
  static void read() throws IOException {
    Path folder = folder();
    assumeTrue(folder != null, "a9a is not at hand: no shared/data/logistic above this folder");
    train = libsvm(folder.resolve("a9a.libsvm.gz"));
    test = libsvm(folder.resolve("a9a.t.libsvm.gz"));
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared/data/logistic");
      if (Files.exists(candidate.resolve("a9a.libsvm.gz"))) {
        return candidate;
      }
    }
    return null;
  }

  private static RowsInMemory libsvm(Path file) throws IOException {
    List<double[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.trim().split("[ :]");
        double[] x = new double[123];
        for (int i = 1; i < cells.length; i += 2) {
          x[Integer.parseInt(cells[i]) - 1] = Double.parseDouble(cells[i + 1]);
        }
        rows.add(x);
        labels.add(cells[0].startsWith("-") ? 0 : 1);
      }
    }
    return RowsInMemory.exact(
        2, rows.toArray(double[][]::new), labels.stream().mapToInt(i -> i).toArray());
  }

  @Test
  void onePassGivesAUsableModelAndTwoMoreTheMaximum() {
    MomentMatchedFit start = new MomentMatched(1, 1).fit(train.moments());
    assertThat(test.accuracy(start.model())).isGreaterThan(0.848);
    assertThat(test.meanLoss(start.model())).isLessThan(0.332);
    train.passes = 0;
    PolishResult polished =
        Polish.run(
            train, start.design(), start.parameters(), PolishOptions.passes(Ridge.toZero(1), 2));
    assertThat(train.passes).isEqualTo(2);
    assertThat(test.accuracy(polished.model())).isGreaterThan(0.849);
    assertThat(test.meanLoss(polished.model())).isLessThan(0.3252);
    assertThat(polished.decrement()).isLessThan(1e-3);
  }
}
