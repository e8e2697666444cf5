// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.function.Bm25;
import dev.lemma.math.linalg.Leaves;
import dev.lemma.math.search.TermFrequencies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The indexes of all tiles of documents, with weights that hold in the whole corpus. Kept on
 * executors until {@link #close}.
 *
 * <p>Document frequencies are exact and pass no driver: each tile sends its own counts to the tasks
 * that own a range of term ids, which add them up and send each tile the sums of its own terms. A
 * term travels once for each tile that has it, however many documents do: no term is heavy.
 *
 * @param tiles the indexes, tile i in partition i
 * @param count number of tiles
 * @param size of the corpus
 */
record Corpus(JavaRDD<IndexTile> tiles, int count, TextTile.Size size) implements AutoCloseable {
  /** What is said of the terms of one tile in one range of ids. */
  @DefaultSerializer(JavaSerializer.class)
  private record Slice(int tile, int range, TermFrequencies terms) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The answer, and how many distinct terms the range has. */
  @DefaultSerializer(JavaSerializer.class)
  private record Sums(int range, long[] frequencies, long distinct) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Weighs the terms of documents and makes the indexes. */
  static Corpus of(TextTiles texts, RelatedConfig config) {
    int count = texts.count();
    TextTile.Size size = texts.size();
    Bm25 formula = config.formula();
    int most = config.terms();
    int k = config.k();
    JavaPairRDD<Integer, Slice> counted =
        texts.tiles().flatMapToPair(tile -> slices(tile, count)).partitionBy(new ByTile(count));
    JavaPairRDD<Integer, Sums> summed =
        counted
            .values()
            .mapPartitions(Corpus::sum)
            .mapToPair(sums -> sums)
            .partitionBy(new ByTile(count));
    JavaRDD<IndexTile> tiles =
        texts
            .tiles()
            .zipPartitions(
                summed.values(),
                (own, sums) -> {
                  TextTile tile = own.next();
                  Sums[] ranges = new Sums[count];
                  sums.forEachRemaining(each -> ranges[each.range()] = each);
                  return List.of(index(tile, ranges, size, formula, most, k)).iterator();
                });
    return new Corpus(tiles.persist(StorageLevel.MEMORY_AND_DISK()), count, size);
  }

  private static IndexTile index(
      TextTile tile, Sums[] ranges, TextTile.Size size, Bm25 formula, int most, int k) {
    long[] frequencies = new long[tile.terms().dictionary().length];
    long vocabulary = 0;
    int at = 0;
    for (Sums range : ranges) {
      System.arraycopy(range.frequencies(), 0, frequencies, at, range.frequencies().length);
      at += range.frequencies().length;
      vocabulary += range.distinct();
    }
    return IndexTile.of(tile, frequencies, vocabulary, size, formula, most, k);
  }

  /** The dictionary ascends, so a range of ids is a stretch of it. */
  private static Iterator<Tuple2<Integer, Slice>> slices(TextTile tile, int count) {
    TermFrequencies all = TermFrequencies.of(tile.terms());
    List<Tuple2<Integer, Slice>> slices = new ArrayList<>();
    int from = 0;
    for (int range = 0; range < count; range++) {
      int to = from;
      while (to < all.terms().length && rangeOf(all.terms()[to], count) == range) {
        to++;
      }
      slices.add(new Tuple2<>(range, new Slice(tile.tile(), range, all.slice(from, to))));
      from = to;
    }
    return slices.iterator();
  }

  private static int rangeOf(long term, int count) {
    // Ids ascend as signed numbers.
    return Leaves.rangeOf(term ^ Long.MIN_VALUE, count);
  }

  private static Iterator<Tuple2<Integer, Sums>> sum(Iterator<Slice> slices) {
    List<Slice> all = new ArrayList<>();
    slices.forEachRemaining(all::add);
    TermFrequencies sum = TermFrequencies.sum(all.stream().map(Slice::terms).toList());
    long distinct = sum.terms().length;
    return all.stream()
        .map(
            slice ->
                new Tuple2<>(
                    slice.tile(), new Sums(slice.range(), sum.of(slice.terms().terms()), distinct)))
        .iterator();
  }

  /** Makes the indexes now, and tells how many distinct terms there are. */
  long vocabulary() {
    return tiles.map(IndexTile::vocabulary).reduce(Math::max);
  }

  @Override
  public void close() {
    tiles.unpersist(true);
  }
}
