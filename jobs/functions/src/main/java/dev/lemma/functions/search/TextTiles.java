// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;

/**
 * Texts, collected into tiles by the keys of their rows: tile i in partition i, the same content
 * for every partitioning of the input. Kept on executors until {@link #close}.
 *
 * @param tiles the tiles
 * @param count number of tiles
 * @param size of all tiles together
 * @param idType type of the ids
 */
record TextTiles(JavaRDD<TextTile> tiles, int count, TextTile.Size size, DataType idType)
    implements AutoCloseable {
  /**
   * Bytes of text that a tile has at most, about, where terms are words: its index takes about six
   * times as much.
   */
  static final long TILE_BYTES = 32L << 20;

  /** Texts that a tile has at most, about: a search holds 16 bytes for each. */
  static final int TILE_TEXTS = 1 << 18;

  /** Texts below which a tile is not worth its task. */
  private static final int LEAST_TILE_TEXTS = 2048;

  /** How many tiles so many texts of so many bytes make. */
  static int tiles(long texts, long bytes, int parallelism) {
    long forMemory = Math.max(bytes / TILE_BYTES, texts / TILE_TEXTS) + 1;
    long forTasks = Math.min(parallelism, texts / LEAST_TILE_TEXTS);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(forMemory, Math.max(1, forTasks)));
  }

  /** Collects texts: one shuffle of ids and texts. */
  static TextTiles of(TextInput input, TextInput.Checked checked, TermsConfig config) {
    long rows = checked.counts().accepted();
    int parallelism = input.rows().sparkSession().sparkContext().defaultParallelism();
    return of(input, rows, config, tiles(rows, checked.bytes() * config.termsAWord(), parallelism));
  }

  /** As above, into so many tiles; fewer where there is nothing to collect. */
  static TextTiles of(TextInput input, long rows, TermsConfig config, int wanted) {
    SparkSession spark = input.rows().sparkSession();
    int count = rows == 0 ? 1 : wanted;
    JavaRDD<TextTile> built;
    if (rows == 0) {
      // Spark makes no partition of a plan that it knows to be empty.
      built =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(List.of(TextTile.of(0, config, Collections.emptyIterator())), 1);
    } else {
      Dataset<Row> tiled = input.tiled(count);
      String[] names = tiled.columns();
      built =
          tiled
              .repartitionById(count, tiled.col(names[3]))
              // Equal ids in an order of their own, or a task that is run again would number them
              // otherwise.
              .sortWithinPartitions(names[0], names[1], names[2])
              .toJavaRDD()
              .mapPartitionsWithIndex(
                  (tile, part) -> List.of(TextTile.of(tile, config, part)).iterator(), true);
    }
    built = built.persist(StorageLevel.MEMORY_AND_DISK());
    TextTile.Size size = built.map(TextTile::size).reduce(TextTile.Size::plus);
    return new TextTiles(built, count, size, input.idType());
  }

  @Override
  public void close() {
    tiles.unpersist(true);
  }
}
