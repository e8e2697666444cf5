// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import dev.lemma.math.linalg.SparseRow;
import java.util.Arrays;

/**
 * Counts in how many texts features occur. Counts of disjoint parts add up to those of the whole,
 * in any order. 8 MiB; not thread-safe.
 */
public final class DocumentFrequencyCounter {
  private final long[] counters = new long[DocumentFrequencies.COUNTERS];
  private long texts;

  /**
   * Counts one text; a counter that several of its features share goes up by one.
   *
   * @param row its features, ids ascending, whatever their values; may be empty
   */
  public void add(SparseRow row) {
    texts++;
    int last = -1;
    for (int i = 0; i < row.size(); i++) {
      // Ids ascend, so features with a common counter are neighbours.
      int counter = DocumentFrequencies.counterOf(row.ids()[i]);
      if (counter != last) {
        counters[counter]++;
        last = counter;
      }
    }
  }

  /** Adds the counts of other texts. */
  public void add(DocumentFrequencies other) {
    texts += other.texts();
    long[] theirs = other.counters();
    for (int i = 0; i < counters.length; i++) {
      counters[i] += theirs[i];
    }
  }

  /** Number of texts counted so far. */
  public long texts() {
    return texts;
  }

  /** The counts so far, as a table that stays as it is when more texts are counted. */
  public DocumentFrequencies freeze() {
    return new DocumentFrequencies(texts, Arrays.copyOf(counters, counters.length));
  }
}
