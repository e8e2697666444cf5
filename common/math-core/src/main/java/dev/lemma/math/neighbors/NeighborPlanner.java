// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the hash functions of least expected cost that find enough, or exact tiles where those
 * are cheaper.
 *
 * <p>For each family, width, number of hashes m and number of probes, the {@link CollisionLaw}
 * gives the chance q(c) that two rows at distance c meet in one table, and the least number of
 * tables L, from {@value #LEAST_TABLES}, follows for which the mean of 1 - (1 - q)<sup>L</sup> over
 * the wanted distances is enough. Over the profile of all distances, L q sums to the collisions and
 * 1 - (1 - q)<sup>L</sup> to the different pairs. {@link CostModel} prices signatures, records,
 * collisions, candidates.
 *
 * <p>The plan aims at {@value #MISSES} of the misses allowed: the wanted distances are a sample,
 * and one run's hash functions are one draw. With probes a self join finds a pair from either side;
 * the plan counts on one of them.
 *
 * <p>Some tenths of a second. The same answer for the same question everywhere.
 */
public final class NeighborPlanner {
  /**
   * The fewest tables: what one draw of so many functions finds is close to what they find on
   * average.
   */
  private static final int LEAST_TABLES = 8;

  /** The most tables that are considered. */
  public static final int MOST_TABLES = 512;

  private static final double MISSES = 0.8;
  private static final int[] SIGN_HASHES = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32
  };
  private static final int[] STABLE_HASHES = {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20};
  private static final int[] POLYTOPE_HASHES = {1, 2, 3, 4};
  private static final double[] WIDTHS = {0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 6, 8, 12};
  private static final double WIDTH_QUANTILE = 0.9;

  /**
   * The fewest features of polytopes, which are then turned in 32 dimensions or more. In 8 there
   * are so few signs that functions repeat each other and three rounds of them are no rotation: of
   * 6 features 92 % was found where 97 % was expected.
   */
  private static final int LEAST_POLYTOPE = 17;

  /** Rows this sparse are not worth a dense rotation. */
  private static final double DENSE_SHARE = 0.25;

  private final NeighborQuestion question;
  private final CostModel costs;
  private final DistanceProfile wanted;
  private final double target;

  private NeighborPlanner(NeighborQuestion question, CostModel costs) {
    this.question = question;
    this.costs = costs;
    wanted = DistanceProfile.of(question.wanted(), 1);
    target = 1 - (1 - question.recall()) * MISSES;
  }

  /** Chooses among all families that fit the question. */
  public static NeighborPlan solve(NeighborQuestion question, CostModel costs) {
    return solve(question, costs, EnumSet.allOf(HashKind.class));
  }

  /**
   * Chooses among some families; those that do not fit the question's metric or dimension are left
   * out.
   */
  public static NeighborPlan solve(
      NeighborQuestion question, CostModel costs, Set<HashKind> kinds) {
    return new NeighborPlanner(question, costs).solve(kinds);
  }

  private NeighborPlan solve(Set<HashKind> kinds) {
    List<PlanOption> options = new ArrayList<>();
    for (HashKind kind : EnumSet.allOf(HashKind.class)) {
      if (kinds.contains(kind) && fits(kind)) {
        for (int hashes : hashes(kind)) {
          best(kind, hashes).ifPresent(options::add);
        }
      }
    }
    options.sort(Comparator.comparingDouble(PlanOption::seconds));
    PlanOption exact = exact();
    boolean isHash = !options.isEmpty() && options.get(0).seconds() < exact.seconds();
    return new NeighborPlan(isHash ? options.get(0) : exact, exact, options);
  }

  private boolean fits(HashKind kind) {
    if (kind.metric() != question.metric()) {
      return false;
    }
    if (kind != HashKind.POLYTOPE) {
      return true;
    }
    long d = question.d().orElse(0);
    return d >= LEAST_POLYTOPE
        && d <= HashSpec.LARGEST_POLYTOPE
        && question.nonZeros() >= DENSE_SHARE * d;
  }

  private static int[] hashes(HashKind kind) {
    return switch (kind) {
      case SIGN -> SIGN_HASHES;
      case STABLE -> STABLE_HASHES;
      case POLYTOPE -> POLYTOPE_HASHES;
    };
  }

  private static int extra(HashKind kind) {
    return switch (kind) {
      case SIGN -> 8;
      case STABLE -> 2;
      case POLYTOPE -> 1;
    };
  }

  private Optional<PlanOption> best(HashKind kind, int hashes) {
    ProbeLaw probing = kind == HashKind.POLYTOPE ? null : ProbeLaw.of(kind, hashes);
    Optional<PlanOption> best = Optional.empty();
    for (double width : widths(kind)) {
      CollisionLaw law = CollisionLaw.of(kind, question.d(), width);
      for (int choice = 0; choice < ProbeLaw.choices(kind, hashes); choice++) {
        Chances near = new Chances(wanted, law, probing, hashes, width, choice);
        int tables = tables(near);
        if (tables > 0) {
          HashSpec spec =
              new HashSpec(kind, question.seed(), question.d(), tables, hashes, extra(kind), width);
          Chances all = new Chances(question.profile(), law, probing, hashes, width, choice);
          PlanOption option = option(spec, ProbeLaw.probes(choice), near.found(tables), all);
          if (best.isEmpty() || option.seconds() < best.get().seconds()) {
            best = Optional.of(option);
          }
        }
      }
    }
    return best;
  }

  private double[] widths(HashKind kind) {
    if (kind != HashKind.STABLE) {
      return new double[] {0};
    }
    double[] distances = wanted.distances();
    double[] pairs = wanted.pairs();
    double scale = 0;
    double below = 0;
    for (int i = 0; i < distances.length && below < WIDTH_QUANTILE; i++) {
      scale = distances[i];
      below += pairs[i];
    }
    if (scale == 0) {
      // Only equal rows are wanted: any width finds them, and a small one nothing else.
      scale = Math.max(Double.MIN_NORMAL, firstPositive() / 16);
    }
    double[] widths = new double[WIDTHS.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = WIDTHS[i] * scale;
    }
    return widths;
  }

  private double firstPositive() {
    for (double distance : question.profile().distances()) {
      if (distance > 0) {
        return distance;
      }
    }
    return 1;
  }

  /** The least number of tables that finds enough; 0 where the most allowed do not. */
  private int tables(Chances near) {
    if (near.found(MOST_TABLES) < target) {
      return 0;
    }
    int low = LEAST_TABLES - 1;
    int high = MOST_TABLES;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (near.found(middle) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private PlanOption option(HashSpec spec, int probes, double recall, Chances all) {
    double rows = question.leftRows();
    double queried = 1.0 + probes;
    double records = spec.tables() * rows * queried;
    if (question.sides() == JoinSides.TWO) {
      rows += question.rightRows();
      records += spec.tables() * (double) question.rightRows();
    }
    double collisions = spec.tables() * all.collisions(question.sides());
    double candidates = all.found(spec.tables());
    return new PlanOption(
        Optional.of(spec),
        probes,
        recall,
        records,
        records * costs.recordBytes(),
        collisions,
        candidates,
        rows * signatureOperations(spec) / costs.signatureRate(),
        records * costs.recordSeconds(),
        collisions * costs.collisionSeconds()
            + candidates
                * (costs.candidateSeconds() + 2 * question.nonZeros() / costs.distanceRate()));
  }

  private double signatureOperations(HashSpec spec) {
    if (spec.kind() != HashKind.POLYTOPE) {
      return 2 * question.nonZeros() * spec.functions();
    }
    double p = spec.padded();
    return 3 * p * (1 + Integer.numberOfTrailingZeros(spec.padded())) * spec.functions();
  }

  private PlanOption exact() {
    double pairs = question.exactPairs();
    boolean isDense =
        question.d().isPresent() && question.nonZeros() >= DENSE_SHARE * question.d().getAsLong();
    double seconds =
        isDense
            ? 2 * pairs * question.d().getAsLong() / costs.tileRate()
            : pairs
                * (costs.sparseSeconds()
                    + question.nonZeros() * costs.entrySeconds() / Products.COLUMNS);
    double rows =
        question.sides() == JoinSides.SELF
            ? question.leftRows()
            : (double) question.leftRows() + question.rightRows();
    return new PlanOption(
        Optional.empty(),
        0,
        1,
        rows,
        rows * question.nonZeros() * (isDense ? 4 : 12),
        pairs,
        pairs,
        0,
        rows * costs.recordSeconds(),
        seconds);
  }

  /** The chances that pairs of a profile meet in one table. */
  private static final class Chances {
    private final double[] pairs;
    private final double[] own;
    private final double[] any;

    Chances(
        DistanceProfile profile,
        CollisionLaw law,
        ProbeLaw probing,
        int hashes,
        double width,
        int choice) {
      double[] distances = profile.distances();
      pairs = profile.pairs();
      own = new double[pairs.length];
      any = new double[pairs.length];
      for (int i = 0; i < pairs.length; i++) {
        own[i] = StrictMath.pow(law.probability(distances[i]), hashes);
        double ratio =
            probing == null
                ? 1
                : probing.ratio(width > 0 ? distances[i] / width : distances[i], choice);
        any[i] = Math.min(1, own[i] * ratio);
      }
    }

    /** Expected number of pairs that meet in some table. */
    double found(int tables) {
      double sum = 0;
      for (int i = 0; i < pairs.length; i++) {
        sum += pairs[i] * Amplification.found(any[i], tables);
      }
      return sum;
    }

    /** Expected number of meetings in one table; of a self join, probes meet from both sides. */
    double collisions(JoinSides sides) {
      double sum = 0;
      for (int i = 0; i < pairs.length; i++) {
        double probed = any[i] - own[i];
        sum += pairs[i] * (own[i] + (sides == JoinSides.SELF ? 2 * probed : probed));
      }
      return sum;
    }
  }
}
