// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated annealing: Metropolis steps at a falling temperature, on R independent replicas.
 *
 * <pre>
 * y = neighbour(x),   taken if ln U &lt; (E(x) - E(y)) / T(k)
 * </pre>
 *
 * <p>At a {@link CoolingSchedule.Constant} temperature the states are draws of exp(-E / T). The
 * state between two stretches is a record: a run cut anywhere goes on to the same states. Step k of
 * replica r draws its neighbour at the address (0, k, r, 2<sup>32</sup>, ...), and decides at (0,
 * k, r, 0).
 *
 * <p>Source: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, <em>Optimization by simulated
 * annealing</em>, 1983, <a
 * href="https://doi.org/10.1126/science.220.4598.671">doi:10.1126/science.220.4598.671</a>.
 *
 * @param <S> a state
 */
public final class SimulatedAnnealing<S> {
  private final Landscape<S> landscape;
  private final CoolingSchedule schedule;
  private final StreamKey key;

  /** An annealing of this landscape. */
  public SimulatedAnnealing(Landscape<S> landscape, CoolingSchedule schedule, StreamKey key) {
    this.landscape = landscape;
    this.schedule = schedule;
    this.key = key;
  }

  /**
   * Replicas at their starts.
   *
   * @param starts R states of finite energy
   * @throws IllegalArgumentException if there is none, or an energy is not finite
   */
  public AnnealingState<S> start(List<S> starts) {
    double[] energies = new double[starts.size()];
    for (int r = 0; r < energies.length; r++) {
      energies[r] = landscape.energy(starts.get(r));
      if (!Double.isFinite(energies[r])) {
        throw new IllegalArgumentException(
            "replica " + r + " starts at energy " + energies[r] + ": expected a finite number");
      }
    }
    return new AnnealingState<>(
        0, 0, starts, energies, starts, energies, new long[energies.length]);
  }

  /**
   * The replicas a number of steps later.
   *
   * @throws TargetException if an energy is NaN or -infinity
   */
  public AnnealingState<S> advance(AnnealingState<S> from, long steps) {
    List<S> current = new ArrayList<>(from.current());
    List<S> best = new ArrayList<>(from.best());
    double[] energies = from.energies();
    double[] bestEnergies = from.bestEnergies();
    long[] accepted = from.accepted();
    KeyedSource source = new KeyedSource(key);
    for (long k = 0; k < steps; k++) {
      double temperature = schedule.temperature(from.step() + k);
      long index = from.drawn() + k;
      for (int r = 0; r < energies.length; r++) {
        S proposal = landscape.neighbour(current.get(r), source.at(0, index, r, 1));
        double energy = -TargetException.check(-landscape.energy(proposal), r, index);
        double logUniform = -Variates.exponential(source.at(0, index, r));
        if (logUniform < (energies[r] - energy) / temperature) {
          current.set(r, proposal);
          energies[r] = energy;
          accepted[r]++;
          if (energy < bestEnergies[r]) {
            best.set(r, proposal);
            bestEnergies[r] = energy;
          }
        }
      }
    }
    return new AnnealingState<>(
        from.step() + steps, from.drawn() + steps, current, energies, best, bestEnergies, accepted);
  }

  /**
   * The temperature at which a share of proposals from a state would be accepted, measured on a
   * batch of them: the usual first temperature with a share of 0.8.
   *
   * @param share in (0, 1)
   * @param proposals size of the batch, at least 1
   * @return a positive number; 1 if no proposal goes uphill
   */
  public static <S> double firstTemperature(
      Landscape<S> landscape, S state, double share, int proposals, StreamKey key) {
    Require.share("share", share);
    double[] rises = new double[Require.atLeast("proposals", proposals, 1)];
    double here = landscape.energy(state);
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    KeyedSource source = new KeyedSource(key);
    for (int i = 0; i < proposals; i++) {
      rises[i] =
          Math.max(0, landscape.energy(landscape.neighbour(state, source.at(1, i, 0))) - here);
      if (rises[i] > 0 && rises[i] < Double.POSITIVE_INFINITY) {
        most = Math.max(most, rises[i]);
        least = Math.min(least, rises[i]);
      }
    }
    if (most == 0) {
      return 1;
    }
    double low = StrictMath.log(least / 1000);
    double high = StrictMath.log(most * 1000);
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (meanAcceptance(rises, StrictMath.exp(middle)) < share) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return StrictMath.exp(high);
  }

  private static double meanAcceptance(double[] rises, double temperature) {
    double sum = 0;
    for (double rise : rises) {
      sum += StrictMath.exp(-rise / temperature);
    }
    return sum / rises.length;
  }
}
