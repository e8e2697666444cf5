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
 * the long ones, are not read any more but only looked into for the documents that are still in
 * question, which become fewer from term to term. This is the pruning of H. Turtle and J. Flood,
 * <em>Query evaluation: strategies and optimizations</em>, 1995, <a
 * href="https://doi.org/10.1016/0306-4573(95)00020-H">doi:10.1016/0306-4573(95)00020-H</a>, in the
 * order of terms.
 *
 * <p>12 bytes of work memory for each document of the index; a search allocates nothing once its
 * buffers have grown to the longest query. Not thread-safe.
 */
public final class IndexSearch {
  /** No document is left out. */
  public static final int NONE = -1;

  private final InvertedIndex index;
  private final BestScores best;
  // Of each document so far; 0 where none of the terms so far occurs.
  private final double[] scores;
  private final int[] touched;
  private int candidates;
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
    this.best = new BestScores(Math.max(1, Math.min(k, Math.max(1, index.documents()))));
    this.scores = new double[index.documents()];
    this.touched = new int[index.documents()];
  }

  /**
   * Asks for the k best documents.
   *
   * @param query its terms and their weights
   * @param from the query's first term in {@code terms}
   * @param to behind its last
   * @param terms ids, each at most once
   * @param weights of the terms, positive
   * @param excluded a document that is not to be found, or {@link #NONE}
   * @return how many were found; see {@link #document} and {@link #score}
   */
  public int search(long[] terms, double[] weights, int from, int to, int excluded) {
    order(terms, weights, from, to);
    for (int i = 0; i < known; i++) {
      listed += index.end(places[i]) - index.start(places[i]);
    }
    candidates = 0;
    reached = 0;
    double threshold = Double.NEGATIVE_INFINITY;
    int at = 0;
    for (; at < known && rest[at] >= threshold; at++) {
      addAll(at);
      // A threshold is worth its search only where it may end the reading of lists.
      if (at + 1 < known && rest[at + 1] < rest[0] - rest[at + 1]) {
        threshold = kth(excluded);
      }
    }
    scored += reached;
    for (; at < known; at++) {
      drop(threshold, at);
      addToCandidates(at);
      threshold = kth(excluded);
    }
    choose(excluded);
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
      int entry = index.entry(places[i], document);
      if (entry >= 0) {
        score += values[i] * index.saturation(entry);
      }
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

  /** Entries of lists that all searches have read or looked up. */
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

  private void addAll(int term) {
    int start = index.start(places[term]);
    int end = index.end(places[term]);
    double value = values[term];
    for (int e = start; e < end; e++) {
      int document = index.document(e);
      if (scores[document] == 0) {
        touched[reached++] = document;
      }
      scores[document] += value * index.saturation(e);
    }
    candidates = reached;
    read += end - start;
  }

  private void addToCandidates(int term) {
    for (int i = 0; i < candidates; i++) {
      int entry = index.entry(places[term], touched[i]);
      if (entry >= 0) {
        scores[touched[i]] += values[term] * index.saturation(entry);
      }
    }
    read += candidates;
  }

  /** Keeps the candidates that can still reach a score; the others stay behind them. */
  private void drop(double threshold, int next) {
    double slack = 1 + known * 0x1p-50;
    int kept = 0;
    for (int i = 0; i < candidates; i++) {
      int document = touched[i];
      if ((scores[document] + rest[next]) * slack >= threshold) {
        touched[i] = touched[kept];
        touched[kept++] = document;
      }
    }
    candidates = kept;
  }

  /** The k-th highest score so far, which no later term lowers. */
  private double kth(int excluded) {
    choose(excluded);
    return best.threshold();
  }

  private void choose(int excluded) {
    best.clear();
    for (int i = 0; i < candidates; i++) {
      if (touched[i] != excluded) {
        best.offer(touched[i], scores[touched[i]]);
      }
    }
  }

  private void reserve(int terms) {
    if (places.length < terms) {
      places = new int[2 * terms];
      values = new double[2 * terms];
      rest = new double[2 * terms + 1];
    }
  }
}
