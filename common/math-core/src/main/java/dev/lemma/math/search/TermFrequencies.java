// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * In how many documents each of some terms occurs: exact counts, added up over parts of a corpus in
 * any order. 16 bytes a term. Immutable and thread-safe; the arrays are its own.
 *
 * @param terms ids, ascending (signed)
 * @param counts of each
 */
public record TermFrequencies(long[] terms, long[] counts) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks the lengths. */
  public TermFrequencies {
    if (terms.length != counts.length) {
      throw new IllegalArgumentException(
          "expected a count for each of " + terms.length + " terms, found " + counts.length);
    }
  }

  /** The frequencies in a set of documents. */
  public static TermFrequencies of(DocumentTerms documents) {
    return new TermFrequencies(documents.dictionary(), documents.frequencies());
  }

  /** The sums over parts that share no document: O(V ln V) of V terms in all parts. */
  public static TermFrequencies sum(List<TermFrequencies> parts) {
    int all = Math.toIntExact(parts.stream().mapToLong(part -> part.terms.length).sum());
    long[] ids = new long[all];
    int at = 0;
    for (TermFrequencies part : parts) {
      System.arraycopy(part.terms, 0, ids, at, part.terms.length);
      at += part.terms.length;
    }
    long[] distinct = SortedIds.distinct(ids);
    long[] sums = new long[distinct.length];
    for (TermFrequencies part : parts) {
      for (int i = 0; i < part.terms.length; i++) {
        sums[Arrays.binarySearch(distinct, part.terms[i])] += part.counts[i];
      }
    }
    return new TermFrequencies(distinct, sums);
  }

  /** The terms from {@code from} to {@code to} - 1 alone. */
  public TermFrequencies slice(int from, int to) {
    return new TermFrequencies(
        Arrays.copyOfRange(terms, from, to), Arrays.copyOfRange(counts, from, to));
  }

  /** The counts of some terms, 0 where this has none: one for each of {@code wanted}. */
  public long[] of(long[] wanted) {
    long[] found = new long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int place = Arrays.binarySearch(terms, wanted[i]);
      found[i] = place < 0 ? 0 : counts[place];
    }
    return found;
  }
}
