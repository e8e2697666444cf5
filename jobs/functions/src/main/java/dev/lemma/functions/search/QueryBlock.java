// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.linalg.SparseRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some queries on their way to the tiles.
 *
 * @param address tile that the queries come from, and number of the block there
 * @param names ids of the queries; empty where they are not needed
 * @param numbers of the documents that ask, in their tile; empty where no documents ask
 * @param starts n + 1 places of the first term of each query
 * @param terms of all queries, query after query
 * @param counts how often each term is asked for; empty where all are asked for once
 */
@DefaultSerializer(JavaSerializer.class)
record QueryBlock(
    long address, Object[] names, int[] numbers, int[] starts, long[] terms, int[] counts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int QUERIES = 512;

  /** Answers of a block that a task holds a few times while it merges them. */
  private static final int ANSWERS = 1 << 18;

  /** Terms of a block at most, about: of long texts fewer ask at a time. */
  private static final int TERMS = 1 << 20;

  /** Queries of a block at most, each with up to k answers. */
  static int queries(int k) {
    return Math.max(1, Math.min(QUERIES, ANSWERS / k));
  }

  static long address(int tile, int block) {
    return (long) tile << Integer.SIZE | block;
  }

  /** Documents that ask for each of their strongest terms once. */
  static QueryBlock of(long address, Object[] names, int[] numbers, List<long[]> asked) {
    int[] starts = new int[asked.size() + 1];
    for (int q = 0; q < asked.size(); q++) {
      starts[q + 1] = starts[q] + asked.get(q).length;
    }
    long[] terms = asked.stream().flatMapToLong(Arrays::stream).toArray();
    return new QueryBlock(address, names, numbers, starts, terms, new int[0]);
  }

  /** Texts that ask for all their terms, for each as often as it occurs. */
  static List<QueryBlock> of(TextTile texts, int k) {
    return of(texts, queries(k), TERMS);
  }

  /** As above, of so many queries and terms; a longer text is a block by itself. */
  static List<QueryBlock> of(TextTile texts, int mostQueries, int mostTerms) {
    List<QueryBlock> blocks = new ArrayList<>();
    int from = 0;
    while (from < texts.ids().length) {
      int to = end(texts, from, mostQueries, mostTerms);
      blocks.add(of(texts, address(texts.tile(), blocks.size()), from, to));
      from = to;
    }
    return blocks;
  }

  private static int end(TextTile texts, int from, int mostQueries, int mostTerms) {
    long terms = 0;
    int to = from;
    while (to < texts.ids().length && to - from < mostQueries) {
      terms += texts.terms().terms(to);
      if (to > from && terms > mostTerms) {
        return to;
      }
      to++;
    }
    return to;
  }

  private static QueryBlock of(TextTile texts, long address, int from, int to) {
    SparseRow row = new SparseRow();
    int[] starts = new int[to - from + 1];
    for (int q = from; q < to; q++) {
      texts.terms().append(q, row);
      starts[q - from + 1] = row.size();
    }
    long[] terms = Arrays.copyOf(row.ids(), row.size());
    int[] counts = new int[row.size()];
    for (int e = 0; e < counts.length; e++) {
      counts[e] = (int) row.values()[e];
    }
    return new QueryBlock(
        address, Arrays.copyOfRange(texts.ids(), from, to), new int[0], starts, terms, counts);
  }

  int size() {
    return starts.length - 1;
  }

  /** The tile that the queries come from. */
  int home() {
    return (int) (address >> Integer.SIZE);
  }

  /** The same without names: most tiles do not need them. */
  QueryBlock nameless() {
    return new QueryBlock(address, new Object[0], numbers, starts, terms, counts);
  }

  /** Weights of all terms, query after query. */
  double[] weights() {
    double[] weights = new double[terms.length];
    for (int e = 0; e < weights.length; e++) {
      weights[e] = counts.length == 0 ? 1 : counts[e];
    }
    return weights;
  }
}
