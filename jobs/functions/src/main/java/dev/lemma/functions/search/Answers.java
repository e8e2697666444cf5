// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.math.search.IndexSearch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The answers to all queries. Every block of queries is sent to every tile of documents, searched
 * there, and the best of each tile are merged where the block comes from: queries and their best
 * documents cross the network once for each tile, documents not at all. Kept on executors until
 * {@link #close}.
 *
 * @param blocks the answers, block by block
 * @param corpus what was searched
 */
record Answers(JavaRDD<BlockAnswer> blocks, Corpus corpus) implements AutoCloseable {
  static final String ID = "id";
  static final String NEIGHBOR = "neighbor";
  static final String RANK = "rank";
  static final String SCORE = "score";

  /** The documents ask. */
  static Answers ofDocuments(Corpus corpus, int k) {
    return of(corpus, corpus.tiles().flatMap(tile -> tile.blocks().iterator()), corpus.count(), k);
  }

  /** Texts ask. */
  static Answers ofTexts(Corpus corpus, TextTiles texts, int k) {
    return of(
        corpus, texts.tiles().flatMap(tile -> QueryBlock.of(tile, k).iterator()), texts.count(), k);
  }

  private static Answers of(Corpus corpus, JavaRDD<QueryBlock> asked, int homes, int k) {
    int tiles = corpus.count();
    JavaPairRDD<Integer, QueryBlock> sent =
        asked.flatMapToPair(block -> copies(block, tiles)).partitionBy(new ByTile(tiles));
    JavaPairRDD<Long, BlockAnswer> found =
        corpus
            .tiles()
            .zipPartitions(sent.values(), (own, blocks) -> search(own.next(), blocks, k))
            .mapToPair(answer -> new Tuple2<>(answer.address(), answer));
    JavaRDD<BlockAnswer> merged =
        found
            .repartitionAndSortWithinPartitions(new ByTile(homes))
            .values()
            .mapPartitions(answers -> merge(answers, k));
    return new Answers(merged.persist(StorageLevel.MEMORY_AND_DISK()), corpus);
  }

  /** One for each tile; one of them alone carries the names, of documents that to their own. */
  private static Iterator<Tuple2<Integer, QueryBlock>> copies(QueryBlock block, int tiles) {
    QueryBlock nameless = block.nameless();
    int named = block.home() % tiles;
    return IntStream.range(0, tiles)
        .mapToObj(tile -> new Tuple2<>(tile, tile == named ? block : nameless))
        .iterator();
  }

  private static Iterator<BlockAnswer> search(IndexTile tile, Iterator<QueryBlock> blocks, int k) {
    IndexSearch search = new IndexSearch(tile.index(), k);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public BlockAnswer next() {
        return BlockAnswer.of(tile, search, blocks.next());
      }
    };
  }

  /** Merges neighbours with one address. */
  private static Iterator<BlockAnswer> merge(Iterator<BlockAnswer> sorted, int k) {
    return new Iterator<>() {
      private BlockAnswer waiting = sorted.hasNext() ? sorted.next() : null;

      @Override
      public boolean hasNext() {
        return waiting != null;
      }

      @Override
      public BlockAnswer next() {
        if (waiting == null) {
          throw new NoSuchElementException();
        }
        BlockAnswer merged = waiting;
        waiting = null;
        while (sorted.hasNext()) {
          BlockAnswer other = sorted.next();
          if (other.address() != merged.address()) {
            waiting = other;
            break;
          }
          merged = merged.merge(other, k);
        }
        return merged;
      }
    };
  }

  /** Waits for all answers and counts them. */
  AnswerSummary summary(int k) {
    return blocks
        .map(block -> AnswerSummary.of(block, k))
        .fold(AnswerSummary.NONE, AnswerSummary::plus);
  }

  /** A row for each document found: id of the query, id of the document, rank from 1, score. */
  Dataset<Row> rows(SparkSession spark, DataType queryId, DataType documentId) {
    return spark.createDataFrame(
        blocks.flatMap(block -> rows(block).iterator()),
        new StructType()
            .add(ID, queryId, true)
            .add(NEIGHBOR, documentId, true)
            .add(RANK, DataTypes.IntegerType, false)
            .add(SCORE, DataTypes.DoubleType, false));
  }

  private static List<Row> rows(BlockAnswer block) {
    List<Row> rows = new ArrayList<>(block.scores().length);
    for (int q = 0; q < block.size(); q++) {
      int first = block.starts()[q];
      for (int e = first; e < block.starts()[q + 1]; e++) {
        rows.add(
            RowFactory.create(block.names()[q], block.ids()[e], e - first + 1, block.scores()[e]));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    blocks.unpersist(true);
  }
}
