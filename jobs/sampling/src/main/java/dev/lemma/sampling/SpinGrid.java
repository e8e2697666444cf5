// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The parts of all replicas over Spark's partitions, part k in partition k mod their number. The
 * states stay where they are from round to round; only halos travel.
 */
final class SpinGrid {
  private final SpinKernel kernel;
  private final int tasks;

  SpinGrid(SpinKernel kernel, int tasks) {
    this.kernel = kernel;
    this.tasks = tasks;
  }

  /** The spins before the first sweep. */
  JavaRDD<SpinPart> start(JavaSparkContext context, int replicas) {
    SpinKernel spins = kernel;
    int count = tasks;
    int parts = replicas * spins.strips();
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    return context
        .parallelize(numbers, count)
        .mapPartitionsWithIndex(
            (task, ignored) ->
                IntStream.iterate(task, key -> key < parts, key -> key + count)
                    .mapToObj(key -> spins.start(key / spins.strips(), key % spins.strips()))
                    .iterator(),
            true);
  }

  /**
   * Spins that were stored, where this grid has them: cut into its own strips.
   *
   * @param strips into which they are cut
   */
  JavaRDD<SpinPart> placed(JavaRDD<SpinPart> stored, int strips) {
    SpinKernel spins = kernel;
    return stored
        .flatMapToPair(part -> pieces(spins, part, strips).iterator())
        .groupByKey(new HashPartitioner(tasks))
        .map(pair -> joined(spins, pair._1(), pair._2()));
  }

  private static List<Tuple2<Integer, SpinPiece>> pieces(
      SpinKernel spins, SpinPart part, int strips) {
    List<Tuple2<Integer, SpinPiece>> pieces = new ArrayList<>();
    long first = spins.firstByte(part.strip(), strips);
    long end = first + part.states().length;
    for (int strip = 0; strip < spins.strips(); strip++) {
      long begins = spins.firstByte(strip, spins.strips());
      long from = Math.max(first, begins);
      long to = Math.min(end, spins.firstByte(strip + 1, spins.strips()));
      if (from < to) {
        byte[] states = Arrays.copyOfRange(part.states(), (int) (from - first), (int) (to - first));
        pieces.add(
            new Tuple2<>(
                spins.key(part.replica(), strip), new SpinPiece((int) (from - begins), states)));
      }
    }
    return pieces;
  }

  private static SpinPart joined(SpinKernel spins, int key, Iterable<SpinPiece> pieces) {
    int strip = key % spins.strips();
    long length =
        spins.firstByte(strip + 1, spins.strips()) - spins.firstByte(strip, spins.strips());
    byte[] states = new byte[(int) length];
    for (SpinPiece piece : pieces) {
      System.arraycopy(piece.states(), 0, states, piece.offset(), piece.states().length);
    }
    return new SpinPart(key / spins.strips(), strip, states, new long[0]);
  }

  /** All spins some sweeps later: one shuffle of halos, none where a part is a whole replica. */
  JavaRDD<SpinPart> sweep(JavaRDD<SpinPart> parts, long firstSweep, int sweeps, int replicas) {
    int[] all = new int[replicas];
    Arrays.fill(all, sweeps);
    return sweep(parts, firstSweep, all);
  }

  /**
   * The spins of some replicas some sweeps later.
   *
   * @param sweeps of each replica; 0: it is left out
   */
  JavaRDD<SpinPart> sweep(JavaRDD<SpinPart> parts, long firstSweep, int[] sweeps) {
    SpinKernel spins = kernel;
    JavaRDD<SpinPart> some = parts.filter(part -> sweeps[part.replica()] > 0);
    if (spins.strips() == 1) {
      return some.map(part -> spins.sweep(part, List.of(), firstSweep, sweeps[part.replica()]));
    }
    JavaPairRDD<Integer, HaloRows> halos =
        some.flatMap(part -> spins.halos(part, sweeps[part.replica()]).iterator())
            .mapToPair(rows -> new Tuple2<>(rows.key(), rows))
            .partitionBy(new HashPartitioner(tasks));
    return some.zipPartitions(halos, (own, sent) -> swept(spins, own, sent, firstSweep, sweeps));
  }

  private static Iterator<SpinPart> swept(
      SpinKernel spins,
      Iterator<SpinPart> own,
      Iterator<Tuple2<Integer, HaloRows>> sent,
      long firstSweep,
      int[] sweeps) {
    Map<Integer, List<HaloRows>> halos = new TreeMap<>();
    sent.forEachRemaining(
        pair -> halos.computeIfAbsent(pair._1(), key -> new ArrayList<>()).add(pair._2()));
    List<SpinPart> swept = new ArrayList<>();
    own.forEachRemaining(
        part -> {
          List<HaloRows> rows =
              halos.getOrDefault(spins.key(part.replica(), part.strip()), List.of());
          swept.add(spins.sweep(part, rows, firstSweep, sweeps[part.replica()]));
        });
    return swept.iterator();
  }
}
