// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.Serializable;
import java.util.List;

/**
 * What a CSV file of CmdStan says before its draws.
 *
 * @param file where it lies
 * @param names its columns
 * @param warmup draws of the warm-up that stand before the others, 0 unless it was saved
 */
record CmdStanHeader(String file, List<String> names, long warmup) implements Serializable {
  /** Takes a copy. */
  CmdStanHeader {
    names = List.copyOf(names);
  }
}
