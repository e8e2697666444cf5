// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

/** How far the bits of a result are reproducible; the manifest states it. */
public enum Bits {
  /**
   * The same for every partitioning, executor count, retry, encoding and batch size, on one jar and
   * JVM architecture.
   */
  ANY,
  /** The same for the same files, splits and BLAS. */
  LAYOUT
}
