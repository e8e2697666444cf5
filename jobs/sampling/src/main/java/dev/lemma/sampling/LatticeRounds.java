// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Round after round of sweeps: each makes the next state from the last, which is dropped. Every few
 * rounds the state is written down, so that its lineage stays short however long the run is.
 */
final class LatticeRounds {
  /** Rounds of lineage; a lost executor costs so many at most. */
  private static final int CHECKPOINT = 16;

  private final JavaSparkContext context;
  private final SpinGrid grid;
  private final LatticePlan plan;
  private final SpinTrace trace;
  private final boolean keepsBest;

  // The states before the rounds in which replicas met their lowest energies.
  private final Map<Integer, Before> bestRounds = new HashMap<>();
  private final Set<JavaRDD<SpinPart>> kept = new HashSet<>();

  // Best configurations that a checkpoint has, of replicas that have met no better one since.
  private Optional<JavaRDD<SpinPart>> storedBest = Optional.empty();
  private Optional<JavaRDD<SpinPart>> resumed = Optional.empty();
  private long begun;

  // Guarded by this: a signal's thread may ask for them.
  private long done;
  private Optional<JavaRDD<SpinPart>> current = Optional.empty();

  /** What is done between two rounds. */
  @FunctionalInterface
  interface Pause {
    /** Called when more rounds are to come. */
    void take() throws Exception;
  }

  /** What is done with a state. */
  @FunctionalInterface
  interface Rest {
    /**
     * Called while the state stays as it is.
     *
     * @param done sweeps
     * @param parts the spins after them
     */
    void with(long done, JavaRDD<SpinPart> parts) throws Exception;
  }

  /** The state before a round. */
  private record Before(JavaRDD<SpinPart> parts, long firstSweep) {}

  LatticeRounds(
      JavaSparkContext context,
      SpinGrid grid,
      LatticePlan plan,
      SpinTrace trace,
      boolean keepsBest) {
    this.context = context;
    this.grid = grid;
    this.plan = plan;
    this.trace = trace;
    this.keepsBest = keepsBest;
  }

  /** Sets where to go on: the spins after so many sweeps. */
  void goOn(long done, JavaRDD<SpinPart> parts) {
    begun = done;
    resumed = Optional.of(parts);
  }

  /** Takes stored configurations for the best so far. */
  void bestAre(JavaRDD<SpinPart> parts) {
    storedBest = Optional.of(parts);
    bestRounds.clear();
  }

  /**
   * Sweeps to the end.
   *
   * @param all number of sweeps, warm-up included
   * @return the spins after the last sweep
   */
  JavaRDD<SpinPart> run(long all, Pause pause) throws Exception {
    JavaRDD<SpinPart> parts = resumed.orElseGet(() -> grid.start(context, trace.replicas()));
    keep(parts);
    int round = 0;
    long swept = begun;
    while (swept < all) {
      int sweeps = (int) Math.min(plan.sweeps(), all - swept);
      JavaRDD<SpinPart> next = grid.sweep(parts, swept + 1, sweeps, trace.replicas());
      keep(next);
      if (++round % CHECKPOINT == 0) {
        next.checkpoint();
      }
      note(totals(next), new Before(parts, swept + 1), next, swept + sweeps);
      parts = next;
      swept += sweeps;
      if (swept < all) {
        pause.take();
      }
      release(parts);
    }
    return parts;
  }

  /**
   * Does something with the state after the last round that is over; a round that ends meanwhile
   * waits. Nothing happens before the first.
   */
  synchronized void atRest(Rest rest) throws Exception {
    if (current.isPresent()) {
      rest.with(done, current.get());
    }
  }

  /** Whether the best configuration of each replica is wanted. */
  boolean keepsBest() {
    return keepsBest;
  }

  private void keep(JavaRDD<SpinPart> parts) {
    parts.persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(parts);
  }

  /** Runs the round; its totals by replica. */
  private static Map<Integer, long[]> totals(JavaRDD<SpinPart> next) {
    Map<Integer, long[]> totals = new TreeMap<>();
    for (Tuple2<Integer, long[]> part :
        next.mapToPair(p -> new Tuple2<>(p.replica(), p.totals())).collect()) {
      totals.merge(part._1(), part._2(), LatticeRounds::sum);
    }
    return totals;
  }

  /** Takes up what a round has made. */
  private synchronized void note(
      Map<Integer, long[]> totals, Before before, JavaRDD<SpinPart> parts, long sweeps) {
    totals.forEach(
        (replica, counts) -> {
          boolean better = trace.add(replica, before.firstSweep(), counts);
          if (better && keepsBest) {
            bestRounds.put(replica, before);
          }
        });
    current = Optional.of(parts);
    done = sweeps;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = new long[one.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = one[i] + other[i];
    }
    return sum;
  }

  /** Drops all states but the current one and those that a best configuration comes from. */
  private synchronized void release(JavaRDD<SpinPart> last) {
    Set<JavaRDD<SpinPart>> needed = new HashSet<>();
    needed.add(last);
    bestRounds.values().forEach(before -> needed.add(before.parts()));
    kept.removeIf(
        parts -> {
          boolean drop = !needed.contains(parts);
          if (drop) {
            parts.unpersist();
          }
          return drop;
        });
  }

  /** The spins of each replica at its lowest energy: the sweeps of one round are done again. */
  JavaRDD<SpinPart> best() {
    Map<Long, int[]> sweeps = new TreeMap<>();
    Map<Long, JavaRDD<SpinPart>> states = new TreeMap<>();
    bestRounds.forEach(
        (replica, before) -> {
          long first = before.firstSweep();
          states.put(first, before.parts());
          sweeps.computeIfAbsent(first, round -> new int[trace.replicas()])[replica] =
              (int) (trace.bestSweep(replica) - first + 1);
        });
    List<RDD<SpinPart>> parts = new ArrayList<>();
    Set<Integer> swept = Set.copyOf(bestRounds.keySet());
    storedBest.ifPresent(
        stored -> parts.add(stored.filter(part -> !swept.contains(part.replica())).rdd()));
    sweeps.forEach((first, each) -> parts.add(grid.sweep(states.get(first), first, each).rdd()));
    ClassTag<SpinPart> type = ClassTag$.MODULE$.apply(SpinPart.class);
    RDD<SpinPart> all = context.sc().union(CollectionConverters.asScala(parts).toSeq(), type);
    // Stored and read again, checkpoint by checkpoint, they would grow by a round's tasks each
    // time.
    return all.toJavaRDD().coalesce(plan.tasks());
  }

  /** Gives all memory back. */
  void close() {
    kept.forEach(JavaRDD::unpersist);
    kept.clear();
  }
}
