// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.util.Locale;

/** What came of a reading. */
enum Status {
  /** The answer is the known one, or that of the others. */
  RIGHT,
  /** It is not. */
  WRONG,
  /** A rate far below those of the peers. */
  SLOW,
  /** For information. */
  MEASURED;

  /** As the table of readings spells it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
