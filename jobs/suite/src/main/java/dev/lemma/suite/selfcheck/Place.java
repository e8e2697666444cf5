// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.io.Serializable;
import java.util.Objects;

/**
 * An executor and where it runs.
 *
 * @param executor Spark's id of the executor; {@link #DRIVER} for the driver
 * @param host its host
 */
record Place(String executor, String host) implements Serializable {
  /** Spark's id of the driver, which in local mode is the only executor. */
  static final String DRIVER = "driver";

  /** Refuses null. */
  Place {
    Objects.requireNonNull(executor, "executor");
    Objects.requireNonNull(host, "host");
  }

  /** Such as {@code executor 3 on node-17}. */
  @Override
  public String toString() {
    return (executor.equals(DRIVER) ? "the driver" : "executor " + executor) + " on " + host;
  }
}
