// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import java.time.Duration;

/**
 * How often a lease shows that its owner lives, and how long it may stand still before it counts as
 * dead.
 *
 * @param heartbeat time between two signs of life
 * @param expiry time without one after which another run takes over; at least twice the heartbeat
 */
public record LeaseTiming(Duration heartbeat, Duration expiry) {
  /** A heartbeat each 10 seconds, expiry after 60: the contract between runs. */
  public static final LeaseTiming STANDARD =
      new LeaseTiming(Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Checks the relation of the two. */
  public LeaseTiming {
    if (heartbeat.toMillis() < 1 || expiry.compareTo(heartbeat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "expiry must be at least twice the heartbeat, found " + heartbeat + " and " + expiry);
    }
  }
}
