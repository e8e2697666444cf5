// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.report.Quantity;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.neighbors.CostModel;
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.NeighborPlan;
import dev.lemma.math.neighbors.NeighborPlanner;
import dev.lemma.math.neighbors.NeighborQuestion;
import dev.lemma.math.neighbors.PlanOption;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;

/**
 * How the pairs are found, and why.
 *
 * @param option the way chosen; empty for exact tiles without a plan
 * @param plan what the solver weighed; empty where it was not asked
 * @param reach what exact tiles need not compare; empty where they compare all pairs
 * @param pairs number of all pairs of points
 * @param why in words
 */
record Choice(
    Optional<PlanOption> option,
    Optional<NeighborPlan> plan,
    Optional<RegionReach> reach,
    double pairs,
    String why) {
  /** Pairs that exact tiles compare sooner than distances are sampled. */
  static final double FEW_PAIRS = 2e7;

  static Choice of(
      JoinConfig join,
      long seed,
      Search search,
      PointSet queries,
      PointSet data,
      SparkSession spark) {
    double pairs =
        search.isSelf()
            ? 0.5 * data.points() * Math.max(0, data.points() - 1.0)
            : (double) queries.points() * data.points();
    Optional<RegionReach> reach = pairs == 0 ? Optional.empty() : RegionReach.of(search, data);
    if (join.method() == NeighborMethod.EXACT) {
      return new Choice(Optional.empty(), Optional.empty(), reach, pairs, "as configured");
    }
    if (pairs == 0 || (join.method() == NeighborMethod.AUTO && pairs <= FEW_PAIRS)) {
      return new Choice(
          Optional.empty(),
          Optional.empty(),
          reach,
          pairs,
          "so few pairs are compared sooner than a choice is made");
    }
    DistanceSample sample = DistanceSample.draw(spark, search, queries, data, seed);
    NeighborPlan plan =
        NeighborPlanner.solve(
            question(
                join,
                seed,
                search,
                queries,
                data,
                sample,
                reach.map(RegionReach::work).orElse(pairs)),
            CostModel.defaults());
    Optional<PlanOption> hash =
        plan.options().stream()
            // Of a self join further buckets cost a record like those of a further table.
            .filter(option -> !search.isSelf() || option.probes() == 0)
            .findFirst();
    if (join.method() == NeighborMethod.LSH) {
      return new Choice(
          Optional.of(hash.orElseThrow(() -> tooFar(join))),
          Optional.of(plan),
          reach,
          pairs,
          "as configured; " + comparison(hash.get(), plan));
    }
    if (hash.isEmpty()) {
      return new Choice(
          Optional.empty(),
          Optional.of(plan),
          reach,
          pairs,
          "no hash finds enough: near and far rows are too much alike");
    }
    boolean hashes = hash.get().seconds() < plan.exact().seconds();
    return new Choice(
        hashes ? hash : Optional.empty(),
        Optional.of(plan),
        reach,
        pairs,
        comparison(hash.get(), plan));
  }

  private static NeighborQuestion question(
      JoinConfig join,
      long seed,
      Search search,
      PointSet queries,
      PointSet data,
      DistanceSample sample,
      double exactPairs) {
    int dimension = data.tiles().map(Tile::dimension).first();
    double bytes = (double) (data.bytes() - PackedPoint.HEAD * data.rows()) / data.rows();
    return new NeighborQuestion(
        search.metric(),
        search.sides(),
        queries.points(),
        search.sides() == JoinSides.SELF ? queries.points() : data.points(),
        dimension > 0 ? OptionalLong.of(dimension) : OptionalLong.empty(),
        Math.max(1, dimension > 0 ? dimension : bytes / PackedPoint.ENTRY),
        sample.wanted(),
        join.recall(),
        sample.profile(),
        exactPairs,
        seed);
  }

  private static String comparison(PlanOption hash, NeighborPlan plan) {
    return String.format(
        Locale.ROOT,
        "expected on one core: %s by lsh, %s by exact tiles",
        Quantity.seconds(hash.seconds()).text(),
        Quantity.seconds(plan.exact().seconds()).text());
  }

  private static LemmaException tooFar(JoinConfig join) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "method",
            "no hash of at most " + NeighborPlanner.MOST_TABLES + " tables finds enough",
            "lsh for recall = " + join.recall(),
            "",
            "set method = exact or auto, lower recall, or lower radius or k"));
  }

  boolean isExact() {
    return option.isEmpty();
  }

  /** Pairs that are expected to be compared. */
  double compared() {
    return option.map(PlanOption::candidates).orElseGet(this::exactPairs);
  }

  /** Pairs that exact tiles compare. */
  double exactPairs() {
    return reach.map(RegionReach::pairs).orElse(pairs);
  }

  /** The way in words. */
  String text() {
    return option
        .flatMap(PlanOption::hash)
        .map(
            spec ->
                "lsh: "
                    + spec.kind().key()
                    + ", "
                    + spec.tables()
                    + (spec.tables() == 1 ? " table" : " tables")
                    + " of "
                    + spec.hashes()
                    + (spec.hashes() == 1 ? " hash" : " hashes")
                    + (spec.width() > 0 ? " of width " + Quantity.of(spec.width()).text() : "")
                    + (option.get().probes() > 0
                        ? ", " + option.get().probes() + " further buckets probed"
                        : ""))
        .orElseGet(
            () ->
                reach
                    .map(by -> "exact tiles, apart by " + by.regions() + " regions")
                    .orElse("exact tiles"));
  }

  /**
   * Ends a run that would compare more pairs than it may.
   *
   * @throws LemmaException with code 3
   */
  void refuseAbove(long budget) {
    if (compared() > budget) {
      String remedy =
          isExact()
              ? plan.map(weighed -> "lower recall or radius, or raise budget to ")
                  .orElse("set method = auto, or raise budget to ")
              : "lower recall or radius, or raise budget to ";
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "budget",
              "more pairs would be compared than may be (" + text() + ")",
              Quantity.of(compared()).text(),
              "at most " + Quantity.count(budget).text(),
              remedy + String.format(Locale.ROOT, "%.0f", Math.ceil(compared()))));
    }
  }

  /** Finds the pairs. */
  Found find(Search search, PointSet queries, PointSet data, long budget) {
    if (isExact()) {
      return exact(search, queries, data);
    }
    HashSearch hashes = new HashSearch(search, queries, data);
    PlanOption chosen = option.orElseThrow();
    HashSearch.Prepared prepared =
        hashes.prepare(
            chosen.hash().orElseThrow(),
            chosen.probes(),
            chosen.collisions(),
            chosen.candidates(),
            OptionalLong.empty());
    HashSearch.refuseAbove(budget, prepared, chosen);
    return hashes.search(prepared);
  }

  /** Finds the pairs by exact tiles. */
  Found exact(Search search, PointSet queries, PointSet data) {
    return reach
        .map(by -> RegionGrid.within(search, data))
        .orElseGet(() -> TileGrid.search(search, queries, data));
  }
}
