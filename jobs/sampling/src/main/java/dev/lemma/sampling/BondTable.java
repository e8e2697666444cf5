// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.lattice.SpinGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;

/** The bonds of a graph, brought to the driver in an order that owes nothing to partitions. */
final class BondTable {
  /** Most bonds: about 64 bytes each on the driver while the graph is made. */
  static final long MOST_BONDS = 10_000_000;

  /** Odd, and without a pattern: 2^64 over the golden ratio. */
  private static final long HASH = 0x9E3779B97F4A7C15L;

  private final LatticeConfig config;
  private final Dataset<Row> rows;
  private final String name;

  private BondTable(LatticeConfig config, Dataset<Row> rows, String name) {
    this.config = config;
    this.rows = rows;
    this.name = name;
  }

  /**
   * A graph and the names of its sites.
   *
   * @param graph of sites numbered in the order of their names
   * @param names ascending
   * @param rows bonds that were read
   * @param rejected bonds that were left out
   * @param fingerprint of names and bonds
   */
  record Bonds(SpinGraph graph, long[] names, long rows, long rejected, String fingerprint) {}

  /** Opens the input; reads its schema alone. */
  static BondTable open(LatticeConfig config, Run run) {
    InputConfig input = config.input().orElseThrow();
    Dataset<Row> rows = Source.read(run.spark(), input);
    ColumnNames columns = new ColumnNames(rows);
    List<Problem> problems = new ArrayList<>();
    whole(columns, "bonds.from", config.bonds().from(), problems);
    whole(columns, "bonds.to", config.bonds().to(), problems);
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
    return new BondTable(config, rows, Source.name(input));
  }

  private static void whole(ColumnNames columns, String key, String name, List<Problem> problems) {
    columns
        .find(key, name, problems)
        .map(StructField::dataType)
        .filter(type -> !isWhole(type))
        .ifPresent(
            type ->
                problems.add(
                    new Problem(
                        key + " = " + name,
                        "wrong type",
                        type.simpleString(),
                        "a whole number",
                        "choose another column, or number the sites where the input is written")));
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  Dataset<Row> rows() {
    return rows;
  }

  /** Reads all bonds. */
  Bonds read() {
    Dataset<Row> ends =
        rows.select(
            ColumnNames.column(config.bonds().from()).cast(DataTypes.LongType),
            ColumnNames.column(config.bonds().to()).cast(DataTypes.LongType));
    long count = ends.limit((int) MOST_BONDS + 1).count();
    if (count > MOST_BONDS) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              name,
              "too many bonds for one driver",
              "more than " + MOST_BONDS,
              "at most that",
              "a lattice of any size is done by height and width"));
    }
    List<long[]> collected =
        ends.javaRDD()
            .mapPartitions(
                some -> {
                  LongStream.Builder builder = LongStream.builder();
                  some.forEachRemaining(
                      row -> {
                        boolean none = row.isNullAt(0) || row.isNullAt(1);
                        builder.add(none ? 0 : row.getLong(0));
                        // Equal ends mark what cannot be used, missing ends too.
                        builder.add(none ? 0 : row.getLong(1));
                      });
                  return List.of(builder.build().toArray()).iterator();
                })
            .collect();
    return graph(collected.stream().flatMapToLong(Arrays::stream).toArray());
  }

  private Bonds graph(long[] ends) {
    int all = ends.length / 2;
    long[] names = used(ends);
    long[] pairs = new long[all];
    int loops = 0;
    for (int b = 0; b < all; b++) {
      if (ends[2 * b] == ends[2 * b + 1]) {
        loops++;
        pairs[b] = Long.MAX_VALUE;
        continue;
      }
      long one = Arrays.binarySearch(names, ends[2 * b]);
      long other = Arrays.binarySearch(names, ends[2 * b + 1]);
      pairs[b] = Math.min(one, other) << 32 | Math.max(one, other);
    }
    Arrays.sort(pairs);
    int usable = all - loops;
    int[] from = new int[usable];
    int[] to = new int[usable];
    int kept = 0;
    for (int b = 0; b < usable; b++) {
      if (b == 0 || pairs[b] != pairs[b - 1]) {
        from[kept] = (int) (pairs[b] >>> 32);
        to[kept++] = (int) pairs[b];
      }
    }
    settle(all, loops, usable - kept, kept);
    SpinGraph graph =
        SpinGraph.of(names.length, Arrays.copyOf(from, kept), Arrays.copyOf(to, kept));
    String fingerprint =
        names.length + " sites " + kept + " bonds " + Long.toHexString(hash(names, pairs, usable));
    return new Bonds(graph, names, all, all - kept, fingerprint);
  }

  private static long hash(long[] names, long[] pairs, int usable) {
    long hash = 0;
    for (long name : names) {
      hash = Long.rotateLeft(hash ^ name * HASH, 29) * HASH;
    }
    for (int b = 0; b < usable; b++) {
      hash = Long.rotateLeft(hash ^ pairs[b] * HASH, 29) * HASH;
    }
    return hash;
  }

  /** Names of sites with a bond that can be used. */
  private static long[] used(long[] ends) {
    return LongStream.range(0, ends.length / 2)
        .filter(b -> ends[(int) (2 * b)] != ends[(int) (2 * b + 1)])
        .flatMap(b -> LongStream.of(ends[(int) (2 * b)], ends[(int) (2 * b + 1)]))
        .sorted()
        .distinct()
        .toArray();
  }

  private void settle(long all, long loops, long repeats, long kept) {
    long bad = loops + repeats;
    boolean tooMany =
        config.run().onBadRow() == BadRows.FAIL
            ? bad > 0
            : config.run().badRowLimit().map(limit -> limit.isExceeded(bad, all)).orElse(false);
    if (tooMany) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              name,
              "bonds join two different sites, each pair once",
              told(loops, repeats) + " of " + all,
              "none",
              config.run().onBadRow() == BadRows.FAIL
                  ? "repair them, or set on-bad-row = skip"
                  : "repair them, or raise bad-row-limit"));
    }
    if (kept == 0) {
      throw new LemmaException(
          ExitCode.INPUT, Problem.of(name, "there is no bond", "choose another input"));
    }
  }

  static String told(long loops, long repeats) {
    return loops + " without two different ends and " + repeats + " repeated";
  }
}
