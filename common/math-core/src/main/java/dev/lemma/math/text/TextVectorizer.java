// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import dev.lemma.math.linalg.SparseRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Turns texts into sparse rows as a {@link TextSpec} says: one entry a distinct n-gram, under the
 * 64-bit hash of its name, ids ascending. There is no dictionary and nothing is fitted, save the
 * one table that tf-idf needs.
 *
 * <p>The values are, with {@code count} the number of occurrences in the text: count; 1 +
 * ln(count); or count · idf. With {@link RowNorm#L2} they are divided by the root of the sum of
 * their squares, added up in the order of the ids. Logarithms are {@link StrictMath}'s, so a row
 * has the same bits everywhere. A text without any n-gram (empty, blank, shorter than the shortest
 * n-gram) is the empty row.
 *
 * <p>One pass over the text, then O(1) a feature: ids are hashes and are sorted by buckets. Buffers
 * grow to the longest text and stay; in the steady state nothing is allocated. Not thread-safe.
 */
public final class TextVectorizer {
  private static final double[] LOG_WEIGHTS = new double[256];

  static {
    for (int count = 1; count < LOG_WEIGHTS.length; count++) {
      LOG_WEIGHTS[count] = 1 + StrictMath.log(count);
    }
  }

  private final TextSpec spec;
  // Of each counter when the weighting is tf-idf, else empty.
  private final double[] inverses;
  private final Units units = new Units();
  private final IdSort sort = new IdSort();

  /**
   * A vectorizer that needs no document frequencies.
   *
   * @throws IllegalArgumentException if the weighting is tf-idf
   */
  public TextVectorizer(TextSpec spec) {
    if (spec.weighting() == Weighting.TF_IDF) {
      throw new IllegalArgumentException(
          "tf-idf needs document frequencies, found none: count them first");
    }
    this.spec = spec;
    this.inverses = new double[0];
  }

  /**
   * A vectorizer with document frequencies, which only tf-idf looks at.
   *
   * @param frequencies counted from rows of {@link TextSpec#counts} of the same specification
   */
  public TextVectorizer(TextSpec spec, DocumentFrequencies frequencies) {
    this.spec = spec;
    this.inverses = spec.weighting() == Weighting.TF_IDF ? frequencies.inverses() : new double[0];
  }

  /** The specification. */
  public TextSpec spec() {
    return spec;
  }

  /**
   * The id of the feature with this name, e.g. {@code "cat"} or {@code "the cat"}: lower-cased and
   * joined as {@link TextSpec} says.
   */
  public static long featureId(String name) {
    return XxHash64.hash(name, 0);
  }

  /**
   * The row of a text.
   *
   * @param utf8 where the text lies
   * @param offset its first byte
   * @param length its length in bytes, may be 0
   * @param out overwritten
   * @throws IndexOutOfBoundsException if the range is not inside {@code utf8}
   * @throws IllegalArgumentException if the text has more than 2<sup>30</sup> n-grams
   */
  public void vectorize(byte[] utf8, int offset, int length, SparseRow out) {
    Objects.checkFromIndexSize(offset, length, utf8.length);
    out.clear();
    units.read(spec.unit(), utf8, offset, length);
    int grams = hashGrams();
    long[] ids = sort.sort(grams);
    for (int i = 0; i < grams; ) {
      long id = ids[i];
      int first = i;
      do {
        i++;
      } while (i < grams && ids[i] == id);
      out.append(id, weight(id, i - first));
    }
    if (spec.norm() == RowNorm.L2) {
      scaleToUnitLength(out);
    }
  }

  /**
   * The names of all n-grams of a text, the shortest first, then in the order of the text: to show
   * to people, not for loops over rows.
   */
  public List<String> featureNames(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    units.read(spec.unit(), utf8, 0, utf8.length);
    List<String> names = new ArrayList<>();
    for (int n = spec.minGram(); n <= Math.min(spec.maxGram(), units.count()); n++) {
      for (int unit = 0; unit + n <= units.count(); unit++) {
        int start = units.start(unit);
        names.add(new String(units.bytes(), start, units.length(unit, n), StandardCharsets.UTF_8));
      }
    }
    return names;
  }

  private int hashGrams() {
    int count = units.count();
    int longest = Math.min(spec.maxGram(), count);
    long expected = 0;
    for (int n = spec.minGram(); n <= longest; n++) {
      expected += count - n + 1;
    }
    if (expected > 1 << 30) {
      throw new IllegalArgumentException(
          "a text must have at most 2^30 n-grams, found " + expected + ": lower max-gram");
    }
    long[] ids = sort.input((int) expected);
    byte[] bytes = units.bytes();
    int at = 0;
    for (int n = spec.minGram(); n <= longest; n++) {
      for (int unit = 0; unit + n <= count; unit++) {
        ids[at++] = XxHash64.hash(bytes, units.start(unit), units.length(unit, n), 0);
      }
    }
    return at;
  }

  private double weight(long id, int count) {
    return switch (spec.weighting()) {
      case COUNT -> count;
      case LOG -> count < LOG_WEIGHTS.length ? LOG_WEIGHTS[count] : 1 + StrictMath.log(count);
      case TF_IDF -> count * inverses[DocumentFrequencies.counterOf(id)];
    };
  }

  private static void scaleToUnitLength(SparseRow row) {
    double[] values = row.values();
    double squares = 0;
    for (int i = 0; i < row.size(); i++) {
      squares += values[i] * values[i];
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < row.size(); i++) {
      values[i] /= length;
    }
  }
}
