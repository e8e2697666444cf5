// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.search.DocumentTerms;
import dev.lemma.math.text.TextVectorizer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Row;

/**
 * The texts of a range of row keys, ascending by id, as the counts of their terms.
 *
 * @param tile number of the tile
 * @param ids of the texts
 * @param terms of the texts
 * @param asking numbers of the texts that ask, ascending
 * @param repeated texts whose id another has already
 */
@DefaultSerializer(JavaSerializer.class)
record TextTile(int tile, Object[] ids, DocumentTerms terms, int[] asking, long repeated)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the driver needs to know of a tile. */
  @DefaultSerializer(JavaSerializer.class)
  record Size(long texts, long length, long empty, long asking, long repeated)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    Size plus(Size other) {
      return new Size(
          texts + other.texts,
          length + other.length,
          empty + other.empty,
          asking + other.asking,
          repeated + other.repeated);
    }
  }

  /** The tile of rows sorted by id, then text: id, bytes of the text, whether it asks. */
  static TextTile of(int tile, TermsConfig config, Iterator<Row> sorted) {
    TextVectorizer vectorizer = new TextVectorizer(config.spec());
    DocumentTerms.Builder terms = new DocumentTerms.Builder();
    SparseRow row = new SparseRow();
    Object[] ids = new Object[64];
    int[] asking = new int[64];
    int texts = 0;
    int asks = 0;
    long repeated = 0;
    while (sorted.hasNext()) {
      Row next = sorted.next();
      byte[] utf8 = next.getAs(1);
      vectorizer.vectorize(utf8, 0, utf8.length, row);
      terms.add(row);
      if (texts == ids.length) {
        ids = Arrays.copyOf(ids, 2 * texts);
        asking = Arrays.copyOf(asking, 2 * texts);
      }
      ids[texts] = next.get(0);
      if (texts > 0 && IdOrder.compare(ids[texts - 1], ids[texts]) == 0) {
        repeated++;
      }
      if (next.getBoolean(2)) {
        asking[asks++] = texts;
      }
      texts++;
    }
    return new TextTile(
        tile, Arrays.copyOf(ids, texts), terms.build(), Arrays.copyOf(asking, asks), repeated);
  }

  Size size() {
    long empty = 0;
    for (int i = 0; i < ids.length; i++) {
      empty += terms.terms(i) == 0 ? 1 : 0;
    }
    return new Size(ids.length, terms.length(), empty, asking.length, repeated);
  }
}
