// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

/**
 * Finds the k documents of an index with the highest BM25 score for a query: exactly those, and
 * with the same bits, that scoring every document would find; ties in favour of the smaller number.
 * A document without any term of the query is not found.
 *
 * <p>Terms are taken one after the other, the most valuable first (weight times idf, then the
 * smaller id), and the score of a document is summed in that order: it does not depend on which
 * other documents are in the index. Before each term it is asked whether a document with none of
 * the terms before can still come among the k best: no term adds more than its value times the
 * highest saturation in its list. From where none can, the lists of the remaining terms, which are
 * the long ones, are not read any more: the documents met so far are asked for the remaining terms
 * themselves, each as long as it can still come among the k best. This is the pruning of H. Turtle
 * and J. Flood, <em>Query evaluation: strategies and optimizations</em>, 1995, <a
 * href="https://doi.org/10.1016/0306-4573(95)00020-H">doi:10.1016/0306-4573(95)00020-H</a>, in the
 * order of terms.
 *
 * <p>16 bytes of work memory for each document of the index and each of the k; a search allocates
 * nothing once its buffers have grown to the longest query. Not thread-safe.
 */
public final class IndexSearch {
  /** No document is left out. */
  public static final int NONE = -1;

  private final InvertedIndex index;
  private final RisingScores best;
  // Of each document so far; 0 where none of the terms so far occurs.
  private final double[] scores;
  private final int[] touched;
  private int reached;
  private int[] places = new int[16];
  private double[] values = new double[16];
  // What the terms from one on can add at most.
  private double[] rest = new double[17];
  private int known;
  private long read;
  private long listed;
  private long scored;

  /**
   * Searches of one index.
   *
   * @param k documents wanted of each, at least 1
   */
  public IndexSearch(InvertedIndex index, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("expected k of at least 1, found " + k);
    }
    this.index = index;
    this.best = new RisingScores(Math.min(k, Math.max(1, index.documents())), index.documents());
    this.scores = new double[index.documents()];
    this.touched = new int[index.documents()];
  }

  /**
   * Asks for the k best documents.
   *
   * @param terms ids, each at most once between {@code from} and {@code to}
   * @param weights of the terms, positive
   * @param from the query's first term
   * @param to behind its last
   * @param excluded a document that is not to be found, or {@link #NONE}
   * @return how many were found; see {@link #document} and {@link #score}
   */
  public int search(long[] terms, double[] weights, int from, int to, int excluded) {
    order(terms, weights, from, to);
    for (int i = 0; i < known; i++) {
      listed += index.end(places[i]) - index.start(places[i]);
    }
    best.clear();
    reached = 0;
    int at = 0;
    while (at < known && rest[at] >= best.threshold()) {
      addAll(at++, excluded);
    }
    scored += reached;
    for (int i = 0; i < reached && at < known; i++) {
      if (touched[i] != excluded) {
        complete(touched[i], at);
      }
    }
    best.sort();
    for (int i = 0; i < reached; i++) {
      scores[touched[i]] = 0;
    }
    return best.size();
  }

  /**
   * The score of one document, with the bits that a search gives it; 0 when it has none of the
   * terms.
   */
  public double score(long[] terms, double[] weights, int from, int to, int document) {
    order(terms, weights, from, to);
    double score = 0;
    for (int i = 0; i < known; i++) {
      score += values[i] * index.saturation(document, places[i]);
    }
    return score;
  }

  /** The document at a rank of the last search, from 0. */
  public int document(int rank) {
    return best.number(rank);
  }

  /** The score of the document at a rank of the last search. */
  public double score(int rank) {
    return best.score(rank);
  }

  /** Number of terms of the last query that occur in the index. */
  public int known() {
    return known;
  }

  /** Entries of lists read, and terms asked for in documents, by all searches. */
  public long entriesRead() {
    return read;
  }

  /** Entries of the lists of all terms of all queries: what is read without pruning. */
  public long entriesListed() {
    return listed;
  }

  /** Pairs of a query and a document that were given a score. */
  public long pairsScored() {
    return scored;
  }

  /** Takes the query's terms that occur here, the most valuable first. */
  private void order(long[] terms, double[] weights, int from, int to) {
    reserve(to - from);
    known = 0;
    for (int t = from; t < to; t++) {
      int place = index.placeOf(terms[t]);
      if (place >= 0) {
        insert(place, weights[t] * index.idf(place));
      }
    }
    // Bounds hold for sums that were rounded in another order.
    double slack = 1 + known * 0x1p-50;
    rest[known] = 0;
    for (int i = known - 1; i >= 0; i--) {
      rest[i] = rest[i + 1] + values[i] * index.highest(places[i]) * slack;
    }
  }

  private void insert(int place, double value) {
    int at = known++;
    while (at > 0
        && (values[at - 1] < value || values[at - 1] == value && places[at - 1] > place)) {
      values[at] = values[at - 1];
      places[at] = places[at - 1];
      at--;
    }
    values[at] = value;
    places[at] = place;
  }

  private void addAll(int term, int excluded) {
    int end = index.end(places[term]);
    double value = values[term];
    double threshold = best.threshold();
    for (int e = index.start(places[term]); e < end; e++) {
      int document = index.document(e);
      double before = scores[document];
      if (before == 0) {
        touched[reached++] = document;
      }
      double score = before + value * index.saturation(e);
      scores[document] = score;
      if (score >= threshold && document != excluded) {
        best.raise(document, score);
        threshold = best.threshold();
      }
    }
    read += end - index.start(places[term]);
  }

  /** Adds the terms from one on to a document's score, as long as it can come among the best. */
  private void complete(int document, int next) {
    double slack = 1 + known * 0x1p-50;
    double score = scores[document];
    for (int term = next; term < known; term++) {
      if ((score + rest[term]) * slack < best.threshold()) {
        return;
      }
      score += values[term] * index.saturation(document, places[term]);
      read++;
    }
    best.raise(document, score);
  }

  private void reserve(int terms) {
    if (places.length < terms) {
      places = new int[2 * terms];
      values = new double[2 * terms];
      rest = new double[2 * terms + 1];
    }
  }
}
