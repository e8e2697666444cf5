// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.PlanOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;

/**
 * Finds pairs by buckets: counts them, lengthens and splits crowded ones, forms pairs, settles
 * their distances.
 */
final class HashSearch {
  /** Bytes of bucket records that a task takes. */
  private static final double TASK_BYTES = 64 << 20;

  /** Bytes of a candidate pair. */
  private static final double PAIR = 16;

  /** Bytes of a record: cell, place, table. */
  private static final double RECORD = 16;

  /**
   * Crowded buckets get longer keys where more pairs meet than this multiple of what was expected.
   */
  private static final double UNEXPECTED = 4;

  private final Search search;
  private final PointSet queries;
  private final PointSet data;

  HashSearch(Search search, PointSet queries, PointSet data) {
    this.search = search;
    this.queries = queries;
    this.data = data;
  }

  /**
   * How buckets are to be formed, after they have been counted.
   *
   * @param counted buckets as they will be formed
   * @param lengthened buckets that were given longer keys
   * @param loss what a cap drops
   */
  record Prepared(
      Hashing hashing, BucketCounts.Counted counted, int lengthened, Loss loss, int partitions) {
    BucketCounts counts() {
      return counted.totals();
    }
  }

  /**
   * What a cap drops.
   *
   * @param buckets that hold more points than the cap
   * @param records of points that do not go into them
   * @param meetings of pairs that do not meet there
   */
  record Loss(int buckets, long records, double meetings) {
    static final Loss NONE = new Loss(0, 0, 0);
  }

  /**
   * Counts the buckets and settles their keys.
   *
   * @param expected pairs that the plan expects to meet, counted in each bucket
   * @param different the same, each counted once
   * @param cap most points of a bucket, at least {@link BucketCounts#CROWDED}; empty for no cap
   */
  Prepared prepare(HashSpec spec, int probes, double expected, double different, OptionalLong cap) {
    int partitions = partitions(spec, probes);
    Hashing hashing = Hashing.of(spec, probes);
    BucketCounts.Counted counted = BucketCounts.of(hashing, search, queries, data, partitions);
    int lengthened = 0;
    List<BucketCounts.Crowd> crowded = counted.totals().crowded();
    // Where queries probe, keys of one length are looked up.
    if (probes == 0
        && spec.extra() > 0
        && !crowded.isEmpty()
        && counted.totals().collisions() > UNEXPECTED * Math.max(1e6, expected)) {
      hashing =
          hashing.lengthen(crowded.stream().mapToLong(BucketCounts.Crowd::key).sorted().toArray());
      lengthened = crowded.size();
      counted = BucketCounts.of(hashing, search, queries, data, partitions);
    }
    Loss loss = Loss.NONE;
    List<BucketCounts.Crowd> full =
        counted.totals().crowded().stream()
            .filter(crowd -> Math.max(crowd.left(), crowd.right()) > cap.orElse(Long.MAX_VALUE))
            .sorted(Comparator.comparingLong(BucketCounts.Crowd::key))
            .toList();
    if (!full.isEmpty()) {
      hashing =
          hashing.cap(
              full.stream().mapToLong(BucketCounts.Crowd::key).toArray(),
              full.stream().mapToDouble(crowd -> share(cap, crowd.left())).toArray(),
              full.stream().mapToDouble(crowd -> share(cap, crowd.right())).toArray());
      BucketCounts before = counted.totals();
      counted = BucketCounts.of(hashing, search, queries, data, partitions);
      loss =
          new Loss(
              full.size(),
              before.records() - counted.totals().records(),
              before.collisions() - counted.totals().collisions());
    }
    List<BucketCounts.Crowd> hot =
        counted.totals().crowded().stream()
            .sorted(Comparator.comparingLong(BucketCounts.Crowd::key))
            .toList();
    hashing =
        hashing.split(
            hot.stream().mapToLong(BucketCounts.Crowd::key).toArray(),
            hot.stream().mapToInt(crowd -> parts(crowd.left())).toArray(),
            hot.stream().mapToInt(crowd -> parts(crowd.right())).toArray());
    if (signatureBytes(spec, partitions)
        > PAIR * Math.max(0, counted.totals().collisions() - different)) {
      hashing = hashing.unsigned();
    }
    return new Prepared(hashing, counted, lengthened, loss, partitions);
  }

  /** Bytes of all signatures, once for each partition that a point has records in, at most. */
  private double signatureBytes(HashSpec spec, int partitions) {
    double points = search.isSelf() ? data.points() : queries.points() + (double) data.points();
    return points * spec.words() * Long.BYTES * Math.min(partitions, spec.tables());
  }

  private static double share(OptionalLong cap, long points) {
    return Math.min(1, (double) cap.getAsLong() / Math.max(1, points));
  }

  private static int parts(long points) {
    return (int) Math.max(1, (points + BucketCounts.CROWDED - 1) / BucketCounts.CROWDED);
  }

  private int partitions(HashSpec spec, int probes) {
    double records = queries.points() * (double) spec.tables() * (1 + probes);
    double points = queries.points();
    if (!search.isSelf()) {
      records += data.points() * (double) spec.tables();
      points += data.points();
    }
    double bytes = records * RECORD + points * (spec.words() + 1) * Long.BYTES;
    int least = Math.max(queries.starts().tiles(), data.starts().tiles());
    return (int) Math.min(100_000, Math.max(least, bytes / TASK_BYTES + 1));
  }

  /** The pairs of prepared buckets. */
  Found search(Prepared prepared) {
    Hashing hashing = prepared.hashing();
    int partitions = prepared.partitions();
    JavaRDD<long[]> asking = prepared.counted().asking();
    JavaPairRDD<Integer, Buckets> buckets =
        Buckets.of(hashing, search, queries, asking, true, partitions);
    Optional<JavaRDD<long[]>> local = Optional.empty();
    PointSet.Starts homes = queries.starts();
    if (search.isSelf()) {
      local =
          Optional.of(
              Candidates.local(
                  Buckets.local(hashing, search, queries, asking), hashing, search, homes));
    } else {
      JavaRDD<long[]> searched = prepared.counted().searched();
      buckets = buckets.union(Buckets.of(hashing, search, data, searched, false, partitions));
    }
    return Settlement.of(
        search, Candidates.of(buckets, hashing, search, homes, partitions), local, queries, data);
  }

  /**
   * Refuses buckets in which more pairs meet than may be compared.
   *
   * @throws LemmaException with code 3
   */
  static void refuseAbove(long budget, Prepared prepared, PlanOption option) {
    double collisions = prepared.counts().collisions();
    if (collisions > budget) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "budget",
              "more pairs meet in buckets than may be compared",
              Quantity.of(collisions).text()
                  + " where "
                  + Quantity.of(option.collisions()).text()
                  + " were expected",
              "at most " + Quantity.count(budget).text(),
              "lower recall or radius, or raise budget to "
                  + String.format(Locale.ROOT, "%.0f", Math.ceil(collisions))));
    }
  }
}
