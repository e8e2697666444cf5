// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.function;

import java.io.Serializable;

/**
 * BM25: how well a document answers a query, the sum over the query's terms of
 *
 * <pre>
 * idf tf (k1 + 1) / (tf + k1 (1 - b + b length / mean length))
 * idf = ln(1 + (N - n + 1/2) / (n + 1/2))
 * </pre>
 *
 * for a term that occurs tf times in the document and in n of N documents. Never negative; a term
 * counts for less than (k1 + 1) idf however often it occurs. Some engines leave out the constant
 * factor k1 + 1, which changes no order.
 *
 * <p>S. Robertson and H. Zaragoza, <em>The Probabilistic Relevance Framework: BM25 and Beyond</em>,
 * 2009, <a href="https://doi.org/10.1561/1500000019">doi:10.1561/1500000019</a>.
 *
 * @param k1 how slowly a repeated term saturates, at least 0 and finite
 * @param b how much longer documents are held back, 0 to 1
 */
public record Bm25(double k1, double b) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** k1 = 1.2, b = 0.75. */
  public static final Bm25 USUAL = new Bm25(1.2, 0.75);

  /** Checks the ranges. */
  public Bm25 {
    if (!(k1 >= 0 && k1 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("k1 must be a finite number from 0 on, found " + k1);
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("b must lie in 0 to 1, found " + b);
    }
  }

  /**
   * Weight of a term by its rarity, above 0.
   *
   * @param documents N, at least 1
   * @param containing n, 0 to N
   */
  public static double idf(long documents, long containing) {
    if (documents < 1 || containing < 0 || containing > documents) {
      throw new IllegalArgumentException(
          "expected 0 to N documents with the term of N, found " + containing + " of " + documents);
    }
    return Elementary.log1p((documents - containing + 0.5) / (containing + 0.5));
  }

  /**
   * What one term adds to the score of a document, for an idf of 1.
   *
   * @param occurrences tf, at least 0; 0 adds nothing
   * @param length of the document in terms, at least 0
   * @param meanLength of all documents, positive
   */
  public double saturation(double occurrences, double length, double meanLength) {
    if (!(meanLength > 0)) {
      throw new IllegalArgumentException("mean length must be positive, found " + meanLength);
    }
    return occurrences == 0
        ? 0
        : occurrences * (k1 + 1) / (occurrences + k1 * (1 - b + b * (length / meanLength)));
  }
}
