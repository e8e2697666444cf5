// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

import dev.lemma.math.linalg.SparseRow;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which terms occur in each of n documents, and how often: compressed rows over a dictionary of the
 * terms that occur. Documents are numbered from 0 in the order in which they were added, terms by
 * their places in the dictionary, which ascends by (signed) id.
 *
 * <p>8 bytes for each distinct term, 8 for each pair of a document and a term of it, 4 for each
 * document. Immutable and thread-safe.
 */
public final class DocumentTerms implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] dictionary;
  // The terms of document i lie from starts[i] to starts[i + 1], places ascending.
  private final int[] starts;
  private final int[] places;
  private final int[] counts;

  private DocumentTerms(long[] dictionary, int[] starts, int[] places, int[] counts) {
    this.dictionary = dictionary;
    this.starts = starts;
    this.places = places;
    this.counts = counts;
  }

  /** Collects documents one after the other; not thread-safe. */
  public static final class Builder {
    private int[] starts = new int[65];
    private long[] ids = new long[1024];
    private int[] counts = new int[1024];
    private int documents;
    private int pairs;

    /** No documents yet. */
    public Builder() {}

    /**
     * Adds a document.
     *
     * @param row ids of its terms ascending, with their counts, whole numbers of at least 1; may be
     *     empty
     * @throws IllegalArgumentException if a count is no such number
     * @throws ArithmeticException above 2<sup>31</sup> - 1 pairs of document and term
     */
    public Builder add(SparseRow row) {
      reserve(Math.addExact(pairs, row.size()));
      for (int i = 0; i < row.size(); i++) {
        double count = row.values()[i];
        if (!(count >= 1 && count <= Integer.MAX_VALUE && count == Math.rint(count))) {
          throw new IllegalArgumentException(
              "a term's count must be a whole number from 1 on, found " + count);
        }
        ids[pairs] = row.ids()[i];
        counts[pairs++] = (int) count;
      }
      starts[++documents] = pairs;
      return this;
    }

    /** The documents added so far. */
    public DocumentTerms build() {
      long[] dictionary = SortedIds.distinct(Arrays.copyOf(ids, pairs));
      int[] places = new int[pairs];
      for (int e = 0; e < pairs; e++) {
        places[e] = Arrays.binarySearch(dictionary, ids[e]);
      }
      return new DocumentTerms(
          dictionary, Arrays.copyOf(starts, documents + 1), places, Arrays.copyOf(counts, pairs));
    }

    private void reserve(int needed) {
      if (documents + 2 > starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      if (needed > ids.length) {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * ids.length));
        ids = Arrays.copyOf(ids, capacity);
        counts = Arrays.copyOf(counts, capacity);
      }
    }
  }

  /** n. */
  public int documents() {
    return starts.length - 1;
  }

  /** The ids of all terms, ascending: this object's own array, not to be changed. */
  public long[] dictionary() {
    return dictionary;
  }

  /** Number of pairs of a document and a term that occurs in it. */
  public int pairs() {
    return places.length;
  }

  /** Number of distinct terms of a document. */
  public int terms(int document) {
    return starts[document + 1] - starts[document];
  }

  /** Appends the terms of a document, ids ascending, with their counts. */
  public void append(int document, SparseRow out) {
    for (int e = starts[document]; e < starts[document + 1]; e++) {
      out.append(dictionary[places[e]], counts[e]);
    }
  }

  /** Number of occurrences of terms in a document: its length as BM25 has it. */
  public long length(int document) {
    long length = 0;
    for (int e = starts[document]; e < starts[document + 1]; e++) {
      length += counts[e];
    }
    return length;
  }

  /** Sum of the lengths of all documents. */
  public long length() {
    long length = 0;
    for (int count : counts) {
      length += count;
    }
    return length;
  }

  /** Number of these documents that each term of the dictionary occurs in. */
  public long[] frequencies() {
    long[] frequencies = new long[dictionary.length];
    for (int place : places) {
      frequencies[place]++;
    }
    return frequencies;
  }

  /**
   * The terms that tell a document from the others: those of highest count times weight, ties in
   * favour of the smaller id.
   *
   * @param document its number
   * @param most how many, at least 0
   * @param weights of each term of the dictionary, such as its inverse document frequency
   * @return ids, the strongest first: {@code most}, or all terms of a document that has fewer
   */
  public long[] strongest(int document, int most, double[] weights) {
    int first = starts[document];
    int size = starts[document + 1] - first;
    BestScores best = new BestScores(Math.max(1, Math.min(most, size)));
    for (int e = first; e < first + size && most > 0; e++) {
      best.offer(places[e], counts[e] * weights[places[e]]);
    }
    int[] chosen = best.drain();
    long[] ids = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      ids[i] = dictionary[chosen[i]];
    }
    return ids;
  }

  int[] starts() {
    return starts;
  }

  int[] places() {
    return places;
  }

  int[] counts() {
    return counts;
  }
}
