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
 * <p>It keeps what it was made of, to tell what else occurs in a document. Beside that 12 bytes for
 * each pair of a document and a term of it, 20 for each term, 8 for each document. Immutable and
 * thread-safe; {@link IndexSearch} asks it.
 */
public final class InvertedIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DocumentTerms terms;
  private final Bm25 formula;
  private final double meanLength;
  private final double[] lengths;
  private final double[] idf;
  // The documents with the term at a place lie from starts[place] to starts[place + 1].
  private final int[] starts;
  private final int[] documents;
  private final double[] saturations;
  private final double[] highest;

  private InvertedIndex(DocumentTerms terms, double[] idf, Bm25 formula, double meanLength) {
    int places = terms.dictionary().length;
    this.terms = terms;
    this.formula = formula;
    this.meanLength = meanLength;
    this.lengths = new double[terms.documents()];
    this.idf = idf;
    this.starts = new int[places + 1];
    this.documents = new int[terms.pairs()];
    this.saturations = new double[terms.pairs()];
    this.highest = new double[places];
    fill();
  }

  /**
   * The index of documents.
   *
   * @param terms what occurs in them; kept
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

  private void fill() {
    for (int place : terms.places()) {
      starts[place + 1]++;
    }
    for (int place = 0; place < highest.length; place++) {
      starts[place + 1] += starts[place];
    }
    int[] next = Arrays.copyOf(starts, highest.length);
    for (int document = 0; document < lengths.length; document++) {
      lengths[document] = terms.length(document);
      for (int e = terms.starts()[document]; e < terms.starts()[document + 1]; e++) {
        int place = terms.places()[e];
        double saturation = saturation(document, e, terms.counts());
        documents[next[place]] = document;
        saturations[next[place]++] = saturation;
        highest[place] = Math.max(highest[place], saturation);
      }
    }
  }

  private double saturation(int document, int entry, int[] counts) {
    return formula.saturation(counts[entry], lengths[document], meanLength);
  }

  /** Number of documents. */
  public int documents() {
    return lengths.length;
  }

  /** The idf of each term of the dictionary: this object's own array, not to be changed. */
  public double[] idf() {
    return idf;
  }

  /** The place of a term in the dictionary, negative when no document has it. */
  int placeOf(long term) {
    return Arrays.binarySearch(terms.dictionary(), term);
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

  /** The saturation of the term at a place in a document, 0 where it does not occur. */
  double saturation(int document, int place) {
    int entry =
        Arrays.binarySearch(
            terms.places(), terms.starts()[document], terms.starts()[document + 1], place);
    return entry < 0 ? 0 : saturation(document, entry, terms.counts());
  }

  int document(int entry) {
    return documents[entry];
  }

  double saturation(int entry) {
    return saturations[entry];
  }
}
