// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.probability.LogDomain;
import dev.lemma.math.random.Gamma;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.diagnostics.MonteCarloError;
import dev.lemma.math.sampling.diagnostics.RHat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Posteriors of posteriordb (commit 28f8d3d6) that are no regressions, written as a user would and
 * sampled by one or two methods: means within 4 Monte Carlo errors of values by quadrature, or of
 * the stored draws.
 */
class KnownPosteriorsTest {
  private static final StreamKey KEY = StreamKey.of(49, "test/known-posteriors");

  private static PosteriorFile file(String name) {
    Optional<PosteriorFile> found = PosteriorFile.find(name);
    assumeTrue(found.isPresent(), name + " is not at hand: no shared/data/posteriors above here");
    return found.orElseThrow();
  }

  private static void check(
      String what, Chains chains, ToDoubleFunction<double[]> of, double expected, double error) {
    double[][] values = new double[chains.chains()][chains.draws()];
    double mean = 0;
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < values[c].length; i++) {
        values[c][i] = of.applyAsDouble(chains.draw(c, i));
        mean += values[c][i] / (values.length * (double) values[c].length);
      }
    }
    double mcse = Math.hypot(MonteCarloError.mean(values), error);
    assertThat(Math.abs(mean - expected))
        .as("%s: mean %s, exact %s, error %s", what, mean, expected, mcse)
        .isLessThan(4 * mcse);
    assertThat(RHat.rank(values)).as("R-hat of %s", what).isLessThan(1.02);
  }

  private static double[] around(int chains, double[] centre, double[] spread) {
    double[] starts = Targets.starts(chains, centre.length);
    for (int i = 0; i < starts.length; i++) {
      int j = i % centre.length;
      starts[i] = centre[j] + spread[j] * starts[i];
    }
    return starts;
  }

  private static double logHalfCauchy(double x, double scale) {
    return -Math.log1p(x / scale * (x / scale));
  }

  /** mu ~ N(0, 5), tau ~ half-Cauchy(5), theta = mu + tau eta; x = (mu, ln tau, eta). */
  private record EightSchools(double[] y, double[] sigma) implements Target {
    @Override
    public int dimension() {
      return 10;
    }

    @Override
    public double logDensity(double[] x) {
      double tau = Math.exp(x[1]);
      double sum = -x[0] * x[0] / 50 + logHalfCauchy(tau, 5) + x[1];
      for (int j = 0; j < 8; j++) {
        double z = (y[j] - x[0] - tau * x[2 + j]) / sigma[j];
        sum -= (x[2 + j] * x[2 + j] + z * z) / 2;
      }
      return sum;
    }
  }

  @Test
  void eightSchools() {
    PosteriorFile file = file("eight_schools-eight_schools_noncentered");
    Target schools = new EightSchools(file.data("y"), file.data("sigma"));
    Chains walk =
        RandomWalkMetropolis.of(BatchTarget.of(schools), KEY, RandomWalkOptions.of(10, 32, 2000))
            .sample(Targets.starts(32, 10), 10_000);
    List<Conditional> slices = new ArrayList<>();
    for (int j = 0; j < 10; j++) {
      slices.add(new SliceConditional(schools, j, j == 0 ? 5 : 2));
    }
    Chains slice =
        Gibbs.systematic(schools.names(), slices, KEY, 8, 200).sample(Targets.starts(8, 10), 4000);
    double[] theta = {
      6.2118842041,
      4.9401784195,
      3.9270044025,
      4.7570982913,
      3.6154770154,
      4.0426126358,
      6.2967241276,
      4.8542533199
    };
    for (Chains chains : List.of(walk, slice)) {
      check("mu", chains, x -> x[0], 4.39682071, 0);
      check("tau", chains, x -> Math.exp(x[1]), 3.59770548, 0);
      for (int j = 0; j < 8; j++) {
        int school = 2 + j;
        check("theta", chains, x -> x[0] + Math.exp(x[1]) * x[school], theta[j], 0);
      }
    }
  }

  /** y ~ N(alpha + beta x, sigma), alpha ~ N(9.3129, 100), beta ~ N(0, 0.0333); x[2] = ln sigma. */
  private record Kilpisjarvi(double[] year, double[] y) implements Target {
    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public double logDensity(double[] x) {
      double a = (x[0] - 9.3129) / 100;
      double b = x[1] / 0.0333;
      double sum = -(a * a + b * b) / 2 + x[2] - y.length * x[2];
      double precision = Math.exp(-2 * x[2]);
      for (int i = 0; i < y.length; i++) {
        double z = y[i] - x[0] - x[1] * year[i];
        sum -= z * z * precision / 2;
      }
      return sum;
    }
  }

  /** Standard deviations of 30 and 0.007 at a correlation of -0.99999: covariance adaptation. */
  @Test
  void kilpisjarvi() {
    PosteriorFile file = file("kilpisjarvi_mod-kilpisjarvi");
    BatchTarget line = BatchTarget.of(new Kilpisjarvi(file.data("x"), file.data("y")));
    double[] starts = around(16, new double[] {9, 0, 0.5}, new double[] {1, 1e-3, 0.1});
    Chains walk =
        RandomWalkMetropolis.of(line, KEY, RandomWalkOptions.of(3, 16, 8000)).sample(starts, 6000);
    check("alpha", walk, x -> x[0], -61.020, 0);
    check("beta", walk, x -> x[1], 0.0176605, 0);
    check("sigma", walk, x -> Math.exp(x[2]), 1.131683, 0);
  }

  /** AR(5): alpha, beta ~ N(0, 10), sigma ~ half-Cauchy(2.5); x = (alpha, beta, ln sigma). */
  private record Autoregression(double[] y) implements Target {
    @Override
    public int dimension() {
      return 7;
    }

    @Override
    public double logDensity(double[] x) {
      double sigma = Math.exp(x[6]);
      double sum = logHalfCauchy(sigma, 2.5) + x[6] - (y.length - 5) * x[6];
      for (int k = 0; k < 6; k++) {
        sum -= x[k] * x[k] / 200;
      }
      for (int t = 5; t < y.length; t++) {
        double z = y[t] - x[0];
        for (int k = 1; k <= 5; k++) {
          z -= x[k] * y[t - k];
        }
        sum -= z * z / (2 * sigma * sigma);
      }
      return sum;
    }
  }

  @Test
  void autoregression() {
    PosteriorFile file = file("arK-arK");
    BatchTarget series = BatchTarget.of(new Autoregression(file.data("y")));
    double[] centre = {0, 0.5, 0, 0, 0, 0, -1};
    double[] spread = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5};
    Chains walk =
        RandomWalkMetropolis.of(series, KEY, RandomWalkOptions.of(7, 16, 2000))
            .sample(around(16, centre, spread), 4000);
    // The draws of the walk make the proposal law of the second method.
    IndependenceMetropolis independence =
        new IndependenceMetropolis(fitted(walk), KEY, 8, 20, 4000);
    double[] densities = independence.evaluate(series, 1000);
    assertThat(independence.weighted(series.names(), densities).tail().trusted()).isTrue();
    double[] exact = {
      -0.0008054204, 0.6915311695, 0.4401596341, 0.1050949571, -0.0356684721, -0.3012172537
    };
    for (Chains chains : List.of(walk, independence.chains(series.names(), densities))) {
      for (int j = 0; j < 6; j++) {
        int parameter = j;
        check("parameter " + j, chains, x -> x[parameter], exact[j], 0);
      }
      check("sigma", chains, x -> Math.exp(x[6]), 0.1504479488, 0);
    }
  }

  private static MultivariateStudent fitted(Chains chains) {
    int d = chains.dimension();
    double[] mean = new double[d];
    long n = (long) chains.chains() * chains.draws();
    for (int j = 0; j < d; j++) {
      for (double[] path : chains.parameter(j)) {
        mean[j] += Targets.mean(path) / chains.chains();
      }
    }
    PackedSymmetric covariance = PackedSymmetric.zero(d);
    double[] deviation = new double[d];
    for (int c = 0; c < chains.chains(); c++) {
      for (int i = 0; i < chains.draws(); i++) {
        for (int j = 0; j < d; j++) {
          deviation[j] = chains.value(c, i, j) - mean[j];
        }
        covariance.addRankOneInPlace(1.0 / n, deviation);
      }
    }
    return MultivariateStudent.of(10, mean, covariance);
  }

  /** Ordered mu ~ N(0, 2), sigma ~ N+(0, 2), theta ~ Beta(5, 5), with the labels summed out. */
  private record Mixture(double[] y) implements Target {
    @Override
    public int dimension() {
      return 5;
    }

    /** x = (mu_1, ln(mu_2 - mu_1), ln sigma_1, ln sigma_2, logit theta). */
    @Override
    public double logDensity(double[] x) {
      double second = x[0] + Math.exp(x[1]);
      double s1 = Math.exp(x[2]);
      double s2 = Math.exp(x[3]);
      double logTheta = -Math.log1p(Math.exp(-x[4]));
      double logRest = logTheta - x[4];
      double sum =
          -(x[0] * x[0] + second * second + s1 * s1 + s2 * s2) / 8 + 5 * (logTheta + logRest);
      sum += x[1] + x[2] + x[3];
      for (double value : y) {
        double z1 = (value - x[0]) / s1;
        double z2 = (value - second) / s2;
        sum += LogDomain.sum(logTheta - x[2] - z1 * z1 / 2, logRest - x[3] - z2 * z2 / 2);
      }
      return sum;
    }
  }

  @Test
  void mixtureOfGaussians() {
    PosteriorFile file = file("low_dim_gauss_mix-low_dim_gauss_mix");
    double[] y = file.data("y");
    double[] means = file.numbers("mean_value.json", "mean_value");
    double[] errors = file.numbers("mean_value.json", "mcse_mean");
    double[] centre = {-2.5, 1.6, 0, 0, 0.4};
    double[] spread = {0.3, 0.1, 0.1, 0.1, 0.2};
    Chains walk =
        RandomWalkMetropolis.of(
                BatchTarget.of(new Mixture(y)), KEY, RandomWalkOptions.of(5, 8, 1000))
            .sample(around(8, centre, spread), 1500);
    List<ToDoubleFunction<double[]>> parts =
        List.of(
            x -> x[0],
            x -> x[0] + Math.exp(x[1]),
            x -> Math.exp(x[2]),
            x -> Math.exp(x[3]),
            x -> 1 / (1 + Math.exp(-x[4])));
    for (int j = 0; j < 5; j++) {
      check("walk " + j, walk, parts.get(j), means[j], errors[j]);
    }
    Chains gibbs = labelled(y).sample(labelStarts(4, y.length), 1500);
    for (int j = 0; j < 5; j++) {
      int parameter = j;
      check("Gibbs " + j, gibbs, x -> x[parameter], means[j], errors[j]);
    }
  }

  private static double[] labelStarts(int chains, int n) {
    double[] starts = new double[chains * (5 + n)];
    for (int c = 0; c < chains; c++) {
      double[] first = {-2 - 0.2 * c, 2 + 0.2 * c, 1, 1, 0.5};
      System.arraycopy(first, 0, starts, c * (5 + n), 5);
    }
    return starts;
  }

  /** Labels, weights and means from their conditionals; deviations by slices. */
  private static Gibbs labelled(double[] y) {
    int n = y.length;
    Conditional labels =
        (x, source) -> {
          for (int i = 0; i < n; i++) {
            double z1 = (y[i] - x[0]) / x[2];
            double z2 = (y[i] - x[1]) / x[3];
            double odds = x[4] / (1 - x[4]) * x[3] / x[2] * Math.exp((z2 * z2 - z1 * z1) / 2);
            x[5 + i] = Variates.uniform(source) * (1 + odds) < odds ? 0 : 1;
          }
        };
    Conditional weight =
        (x, source) -> {
          double[] counts = counts(x, n);
          double a = Gamma.draw(source, 5 + counts[0]);
          double b = Gamma.draw(source, 5 + counts[1]);
          x[4] = a / (a + b);
        };
    List<Conditional> moves = new ArrayList<>(List.of(labels, weight));
    for (int k = 0; k < 2; k++) {
      int part = k;
      moves.add((x, source) -> x[part] = mean(x, y, part, source));
      moves.add(new SliceConditional(deviation(y, part), 2 + part, 0.1));
    }
    List<String> names = new ArrayList<>(List.of("mu1", "mu2", "sigma1", "sigma2", "theta"));
    IntStream.range(0, n).forEach(i -> names.add("z" + i));
    return Gibbs.systematic(names, moves, KEY, 4, 200);
  }

  private static double[] counts(double[] x, int n) {
    double[] counts = new double[2];
    for (int i = 0; i < n; i++) {
      counts[(int) x[5 + i]]++;
    }
    return counts;
  }

  /** The modes are 5 deviations apart: the order of the means never binds. */
  private static double mean(double[] x, double[] y, int part, KeyedSource source) {
    double precision = 1.0 / 4;
    double weighted = 0;
    double each = 1 / (x[2 + part] * x[2 + part]);
    for (int i = 0; i < y.length; i++) {
      if (x[5 + i] == part) {
        precision += each;
        weighted += each * y[i];
      }
    }
    return weighted / precision + Variates.gaussian(source) / Math.sqrt(precision);
  }

  private static Target deviation(double[] y, int part) {
    return Targets.of(
        5 + y.length,
        x -> {
          double sigma = x[2 + part];
          if (sigma <= 0) {
            return Double.NEGATIVE_INFINITY;
          }
          double squares = 0;
          double count = 0;
          for (int i = 0; i < y.length; i++) {
            if (x[5 + i] == part) {
              squares += (y[i] - x[part]) * (y[i] - x[part]);
              count++;
            }
          }
          return -sigma * sigma / 8 - count * Math.log(sigma) - squares / (2 * sigma * sigma);
        });
  }
}
