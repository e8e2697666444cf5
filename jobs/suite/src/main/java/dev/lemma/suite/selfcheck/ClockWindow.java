// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How far an executor's clock is ahead of the driver's, as an interval: what the executor read
 * between two readings of the driver lies between them on a common clock. Further exchanges narrow
 * the interval (Cristian's method).
 *
 * <p>F. Cristian, <em>Probabilistic clock synchronization</em>, Distributed Computing 3 (1989), <a
 * href="https://doi.org/10.1007/BF01784024">doi:10.1007/BF01784024</a>.
 *
 * @param low milliseconds at least
 * @param high milliseconds at most
 */
record ClockWindow(double low, double high) {
  static final String CLOCK = "clock ahead of the driver";
  static final String MILLIS = "ms";

  private static final double MICROS = 1e3;

  /** Nothing is known yet. */
  static final ClockWindow OPEN =
      new ClockWindow(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** This machine's clock, in milliseconds since 1970, finer than a millisecond. */
  static double now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1e3 + now.getNano() / 1000 / MICROS;
  }

  /** Narrowed by one exchange; all in milliseconds. */
  ClockWindow with(double sent, double there, double received) {
    return new ClockWindow(Math.max(low, there - received), Math.min(high, there - sent));
  }

  /** The middle. A clock that was set during the exchanges has an empty interval: its middle. */
  double middle() {
    return (low + high) / 2;
  }

  /** The reading of it: the middle, and how sure it is. */
  Reading reading(Place place) {
    String sure = String.format(Locale.ROOT, "± %.1f ms", Math.max(0, (high - low) / 2));
    return new Reading(place, CLOCK, Demand.CLOCK, Status.MEASURED, middle(), MILLIS, "", sure);
  }

  /** Reads the clock of an executor. */
  static final class Task implements Errand.Task {
    private static final long serialVersionUID = 1;

    @Override
    public List<Reading> perform(Place place) {
      return List.of(
          new Reading(place, CLOCK, Demand.CLOCK, Status.MEASURED, now(), MILLIS, "", ""));
    }
  }
}
