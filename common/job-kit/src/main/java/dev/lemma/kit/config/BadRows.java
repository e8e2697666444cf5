// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/** What happens to a row that cannot be used (null, NaN, infinite, another length). */
public enum BadRows {
  /** The run ends with code 3. */
  FAIL,
  /** The row is left out and counted. */
  SKIP,
  /** The row is left out, counted, and written beside the run's manifest. */
  QUARANTINE
}
