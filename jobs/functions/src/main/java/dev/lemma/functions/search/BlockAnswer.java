// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.search.IndexSearch;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What one tile answers to a block of queries: the best of its documents for each, best first.
 *
 * @param address of the block
 * @param names ids of the queries; empty in the answers of all tiles but one
 * @param own score of the document that asks for its own query; empty as the names are, and where
 *     no documents ask
 * @param starts n + 1 places of the first document of each query
 * @param scores of the documents
 * @param ids of the documents
 * @param work what it took
 */
@DefaultSerializer(JavaSerializer.class)
record BlockAnswer(
    long address,
    Object[] names,
    double[] own,
    int[] starts,
    double[] scores,
    Object[] ids,
    Work work)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What searches took.
   *
   * @param read entries of lists that were read or looked up
   * @param listed entries of the lists of all terms
   * @param scored pairs of a query and a document that were given a score
   */
  @DefaultSerializer(JavaSerializer.class)
  record Work(long read, long listed, long scored) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Work NONE = new Work(0, 0, 0);

    static Work of(IndexSearch search) {
      return new Work(search.entriesRead(), search.entriesListed(), search.pairsScored());
    }

    Work plus(Work other) {
      return new Work(read + other.read, listed + other.listed, scored + other.scored);
    }

    Work minus(Work other) {
      return new Work(read - other.read, listed - other.listed, scored - other.scored);
    }
  }

  /** Asks a tile. */
  static BlockAnswer of(IndexTile tile, IndexSearch search, QueryBlock block) {
    Work before = Work.of(search);
    boolean home = block.numbers().length > 0 && block.home() == tile.tile();
    double[] weights = block.weights();
    int[] starts = new int[block.size() + 1];
    double[] scores = new double[block.size()];
    Object[] ids = new Object[block.size()];
    double[] own = new double[home ? block.size() : 0];
    for (int q = 0; q < block.size(); q++) {
      int from = block.starts()[q];
      int to = block.starts()[q + 1];
      int itself = home ? block.numbers()[q] : IndexSearch.NONE;
      if (home) {
        own[q] = search.score(block.terms(), weights, from, to, itself);
      }
      int found = search.search(block.terms(), weights, from, to, itself);
      int at = starts[q];
      if (at + found > scores.length) {
        int capacity = Math.max(at + found, 2 * scores.length);
        scores = Arrays.copyOf(scores, capacity);
        ids = Arrays.copyOf(ids, capacity);
      }
      for (int rank = 0; rank < found; rank++) {
        scores[at + rank] = search.score(rank);
        ids[at + rank] = tile.ids()[search.document(rank)];
      }
      starts[q + 1] = at + found;
    }
    int total = starts[block.size()];
    return new BlockAnswer(
        block.address(),
        block.names(),
        own,
        starts,
        Arrays.copyOf(scores, total),
        Arrays.copyOf(ids, total),
        Work.of(search).minus(before));
  }

  int size() {
    return starts.length - 1;
  }

  /** The k best of two tiles' answers to one block. */
  BlockAnswer merge(BlockAnswer other, int k) {
    int[] mergedStarts = new int[size() + 1];
    double[] mergedScores = new double[Math.addExact(scores.length, other.scores.length)];
    Object[] mergedIds = new Object[mergedScores.length];
    int at = 0;
    for (int q = 0; q < size(); q++) {
      int left = starts[q];
      int right = other.starts[q];
      int end = (int) Math.min((long) at + k, mergedScores.length);
      while (at < end && (left < starts[q + 1] || right < other.starts[q + 1])) {
        boolean takesLeft =
            right == other.starts[q + 1]
                || left < starts[q + 1]
                    && (scores[left] > other.scores[right]
                        || scores[left] == other.scores[right]
                            && IdOrder.compare(ids[left], other.ids[right]) <= 0);
        mergedScores[at] = takesLeft ? scores[left] : other.scores[right];
        mergedIds[at++] = takesLeft ? ids[left++] : other.ids[right++];
      }
      mergedStarts[q + 1] = at;
    }
    return new BlockAnswer(
        address,
        names.length > 0 ? names : other.names,
        own.length > 0 ? own : other.own,
        mergedStarts,
        Arrays.copyOf(mergedScores, at),
        Arrays.copyOf(mergedIds, at),
        work.plus(other.work));
  }
}
