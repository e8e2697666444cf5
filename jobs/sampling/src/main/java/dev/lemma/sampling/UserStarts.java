// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.random.KeyedSource;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import dev.lemma.math.sampling.Target;

/** Where chains of a user's target start: uniform in (-2, 2) in each direction, as Stan has it. */
final class UserStarts {
  private static final int MOST_TRIES = 1000;
  private static final double SPREAD = 2;

  /** At which a fingerprint is taken. */
  private static final int POINTS = 4;

  private UserStarts() {}

  /** Tells targets apart that read other data: names, and log densities at a few points. */
  static String fingerprint(Target target) {
    KeyedSource source = new KeyedSource(StreamKey.of(0, "posterior/fingerprint"));
    double[] point = new double[target.dimension()];
    StringBuilder text = new StringBuilder(target.names().toString());
    for (int k = 0; k < POINTS; k++) {
      spread(source.at(0, k, 0), point);
      text.append(' ').append(Double.toHexString(target.logDensity(point)));
    }
    return text.toString();
  }

  private static void spread(KeyedSource source, double[] point) {
    for (int j = 0; j < point.length; j++) {
      point[j] = SPREAD * (2 * Variates.uniform(source.nextLong()) - 1);
    }
  }

  /**
   * Starting points where the density is not 0.
   *
   * @param group chains that share one
   * @return C x d numbers
   * @throws LemmaException with code 3 if none is found
   */
  static double[] of(Target target, StreamKey key, int chains, int group, String where) {
    int d = target.dimension();
    double[] positions = new double[chains * d];
    KeyedSource source = new KeyedSource(key);
    double[] point = new double[d];
    for (int c = 0; c < chains; c++) {
      boolean found = false;
      for (int t = 0; t < MOST_TRIES && !found; t++) {
        spread(source.at(0, t, c / group), point);
        // What is no log density at all is for the sampler to tell.
        found = target.logDensity(point) != Double.NEGATIVE_INFINITY;
      }
      if (!found) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                where,
                "the density is 0 at all of " + MOST_TRIES + " points tried between -2 and 2",
                "transform its parameters so that every point is possible"));
      }
      System.arraycopy(point, 0, positions, c * d, d);
    }
    return positions;
  }
}
