// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/** What happens when the output exists already. */
public enum OutputMode {
  /** The run ends with code 4 and writes nothing. */
  ERROR,
  /** The new output replaces the old one when it is complete. */
  OVERWRITE,
  /** New rows join those that are there, if both were made with the same specification. */
  APPEND,
  /** Only the partitions that the new rows touch are replaced. */
  OVERWRITE_PARTITIONS
}
