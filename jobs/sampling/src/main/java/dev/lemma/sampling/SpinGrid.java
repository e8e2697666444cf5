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
