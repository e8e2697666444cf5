// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.function.Bm25;
import dev.lemma.math.search.DocumentTerms;
import dev.lemma.math.search.InvertedIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The index of a tile of documents, and what its documents ask.
 *
 * @param tile number of the tile
 * @param ids of the documents
 * @param index of the documents
 * @param blocks what those that ask do ask
 * @param vocabulary number of distinct terms of the whole corpus
 */
@DefaultSerializer(JavaSerializer.class)
record IndexTile(
    int tile, Object[] ids, InvertedIndex index, List<QueryBlock> blocks, long vocabulary)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The index of a tile.
   *
   * @param texts the tile
   * @param frequencies of each term of its dictionary in the whole corpus
   * @param corpus size of the whole corpus
   * @param most terms that a document asks with
   * @param k answers to each
   */
  static IndexTile of(
      TextTile texts,
      long[] frequencies,
      long vocabulary,
      TextTile.Size corpus,
      Bm25 formula,
      int most,
      int k) {
    double[] idf = new double[frequencies.length];
    for (int i = 0; i < idf.length; i++) {
      idf[i] = Bm25.idf(corpus.texts(), frequencies[i]);
    }
    double mean = (double) corpus.length() / corpus.texts();
    InvertedIndex index = InvertedIndex.of(texts.terms(), idf, formula, mean);
    return new IndexTile(texts.tile(), texts.ids(), index, blocks(texts, idf, most, k), vocabulary);
  }

  private static List<QueryBlock> blocks(TextTile texts, double[] idf, int most, int k) {
    int queries = QueryBlock.queries(k);
    DocumentTerms terms = texts.terms();
    List<QueryBlock> blocks = new ArrayList<>();
    for (int from = 0; from < texts.asking().length; from += queries) {
      int to = Math.min(texts.asking().length, from + queries);
      int[] numbers = Arrays.copyOfRange(texts.asking(), from, to);
      List<long[]> asked = new ArrayList<>();
      for (int number : numbers) {
        asked.add(terms.strongest(number, most, idf));
      }
      Object[] names = Arrays.stream(numbers).mapToObj(n -> texts.ids()[n]).toArray();
      blocks.add(
          QueryBlock.of(QueryBlock.address(texts.tile(), blocks.size()), names, numbers, asked));
    }
    return blocks;
  }
}
