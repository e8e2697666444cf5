// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

import dev.lemma.math.function.Bm25;
import java.io.Serializable;
import java.util.Arrays;

/**
 * For each term of a dictionary the documents that it occurs in, ascending, with the {@link
 * Bm25#saturation} of its count there, and the largest of them. What a term is worth, its {@link
 * Bm25#idf} in a corpus of which these documents may be a part, is given for each term: scores of
 * several parts of one corpus compare.
 *
 * <p>12 bytes for each pair of a document and a term of it, 28 for each term. Immutable and
 * thread-safe; {@link IndexSearch} asks it.
 */
public final class InvertedIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int size;
  private final long[] dictionary;
  private final double[] idf;
  // The documents with the term at a place lie from starts[place] to starts[place + 1].
  private final int[] starts;
  private final int[] documents;
  private final double[] saturations;
  private final double[] highest;

  private InvertedIndex(DocumentTerms terms, double[] idf, Bm25 formula, double meanLength) {
    this.size = terms.documents();
    this.dictionary = terms.dictionary();
    this.idf = idf;
    this.starts = new int[dictionary.length + 1];
    this.documents = new int[terms.pairs()];
    this.saturations = new double[terms.pairs()];
    this.highest = new double[dictionary.length];
    fill(terms, formula, meanLength);
  }

  /**
   * The index of documents.
   *
   * @param terms what occurs in them
   * @param idf weight of each term of their dictionary, positive; kept, not to be changed
   * @param formula k1 and b
   * @param meanLength mean length of the documents of the whole corpus, positive; looked at only
   *     where there is a term
   */
  public static InvertedIndex of(
      DocumentTerms terms, double[] idf, Bm25 formula, double meanLength) {
    if (idf.length != terms.dictionary().length) {
      throw new IllegalArgumentException(
          "expected a weight for each of "
              + terms.dictionary().length
              + " terms, found "
              + idf.length);
    }
    return new InvertedIndex(terms, idf, formula, meanLength);
  }

  private void fill(DocumentTerms terms, Bm25 formula, double meanLength) {
    for (int place : terms.places()) {
      starts[place + 1]++;
    }
    for (int place = 0; place < dictionary.length; place++) {
      starts[place + 1] += starts[place];
    }
    int[] next = Arrays.copyOf(starts, dictionary.length);
    for (int document = 0; document < size; document++) {
      double length = terms.length(document);
      for (int e = terms.starts()[document]; e < terms.starts()[document + 1]; e++) {
        int place = terms.places()[e];
        double saturation = formula.saturation(terms.counts()[e], length, meanLength);
        documents[next[place]] = document;
        saturations[next[place]++] = saturation;
        highest[place] = Math.max(highest[place], saturation);
      }
    }
  }

  /** Number of documents. */
  public int documents() {
    return size;
  }

  /** The idf of each term of the dictionary: this object's own array, not to be changed. */
  public double[] idf() {
    return idf;
  }

  /** The place of a term in the dictionary, negative when no document has it. */
  int placeOf(long term) {
    return Arrays.binarySearch(dictionary, term);
  }

  double idf(int place) {
    return idf[place];
  }

  double highest(int place) {
    return highest[place];
  }

  int start(int place) {
    return starts[place];
  }

  int end(int place) {
    return starts[place + 1];
  }

  /** The entry of a document in the list of a term, negative when it does not have the term. */
  int entry(int place, int document) {
    return Arrays.binarySearch(documents, starts[place], starts[place + 1], document);
  }

  int document(int entry) {
    return documents[entry];
  }

  double saturation(int entry) {
    return saturations[entry];
  }
}
