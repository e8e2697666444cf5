// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.AliasTable;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.MultivariateNormal;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.diagnostics.SimulationCalibration;
import dev.lemma.math.sampling.diagnostics.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/sampling.md, compiled and run as they stand there. */
class DocumentedExamplesTest {
  static final class Rate implements Target {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double logDensity(double[] x) {
      double p = 1 / (1 + Math.exp(-x[0]));
      return 7 * Math.log(p) + 3 * Math.log(1 - p) + Math.log(p * (1 - p));
    }
  }

  @Test
  void samplers() {
    Target rate = new Rate();
    BatchTarget points = BatchTarget.of(rate);
    // Seed and name of the random numbers; what else draws takes another name.
    StreamKey key = StreamKey.of(1, "mine");

    // Four chains of a random walk that learns its step in 500 iterations, then draws 1000 times.
    Chains chains =
        RandomWalkMetropolis.of(points, key, RandomWalkOptions.of(1, 4, 500))
            .sample(new double[] {-1, 0, 1, 2}, 1000);
    Summary summary = Summary.of(chains.parameter(0));

    // Independent draws: weighted, or accepted under a bound of target / law.
    double[] centre = {0.7};
    MultivariateStudent law =
        MultivariateStudent.of(5, centre, PackedSymmetric.fromDense(1, new double[] {0.6}));
    WeightedDraws weighted = ImportanceSampler.sample(points, law, key, 4000, 500);
    double evidence = weighted.logEvidence();
    double kHat = weighted.tail().shape();
    double bound = rate.logDensity(centre) - law.logDensity(centre, 0) + 0.3;
    RejectionSampler.Accepted accepted = new RejectionSampler(rate, law, bound, key).sample(1000);

    // The logit of a rate with law Beta(8, 4): psi(8) - psi(4) = 1/4 + 1/5 + 1/6 + 1/7.
    double mean = 0.7595238095238095;
    assertThat(summary.mean()).isCloseTo(mean, within(4 * summary.mcseMean()));
    assertThat(summary.rHat()).isLessThan(1.01);
    assertThat(weighted.mean(0)).isCloseTo(mean, within(4 * weighted.meanError(0)));
    assertThat(evidence).isCloseTo(-Math.log(1320), within(0.05));
    assertThat(kHat).isLessThan(0.7);
    // psi'(8) + psi'(4) = 0.4169606: four errors of the mean of 1000.
    assertThat(Arrays.stream(accepted.points()).average().orElseThrow())
        .isCloseTo(mean, within(4 * Math.sqrt(0.4169606 / 1000)));
    assertThat(accepted.rate()).isGreaterThan(0.5);
  }

  @Test
  void laws() {
    KeyedSource source = new KeyedSource(StreamKey.of(1, "variates")).at(0, 0, 0);
    MultivariateNormal normal =
        MultivariateNormal.of(
            new double[] {1, -1}, PackedSymmetric.fromDense(2, new double[] {2, 1, 1, 3}));
    double[] x = new double[2];
    normal.draw(source, x, 0);
    AliasTable table = AliasTable.of(new double[] {1, 2, 7});
    int which = table.draw(source.nextLong());

    assertThat(x).doesNotContain(0);
    assertThat(table.size()).isEqualTo(3);
    assertThat(which).isBetween(0, 2);
  }

  @Test
  void calibration() {
    int[] ranks = new int[300];
    for (int s = 0; s < ranks.length; s++) {
      KeyedSource source = new KeyedSource(StreamKey.of(1, "calibration")).at(0, s, 0);
      double truth = Variates.gaussian(source);
      double seen = truth + Variates.gaussian(source);
      double[] draws = new double[19];
      for (int i = 0; i < draws.length; i++) {
        // What the sampler under test makes of the data; here the posterior is known.
        draws[i] = seen / 2 + Math.sqrt(0.5) * Variates.gaussian(source);
      }
      ranks[s] = SimulationCalibration.rank(truth, draws, Variates.uniform(source));
    }
    double chance = SimulationCalibration.of(ranks, 19).chiSquareProbability(5);

    assertThat(chance).isGreaterThan(1e-3);
  }

  @Test
  void areThoseOfThePage() throws IOException {
    Path here = Path.of("src/test/java/dev/lemma/math/sampling/DocumentedExamplesTest.java");
    String code = squeezed(Files.readString(here));
    String page = Files.readString(Path.of("../../docs/sampling.md"));
    String examples = page.substring(page.indexOf("## In Java code"));
    List<String> blocks =
        Arrays.stream(examples.split("```")).filter(block -> block.startsWith("java\n")).toList();
    assertThat(blocks)
        .hasSize(3)
        .allMatch(block -> code.contains(squeezed(block.substring("java\n".length()))));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
