// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.ClassMoments;
import dev.lemma.math.logistic.CrossFitPlan;
import dev.lemma.math.logistic.CrossFittedScores;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.InfluencePlan;
import dev.lemma.math.logistic.InfluenceSums;
import dev.lemma.math.logistic.InfluencedScores;
import dev.lemma.math.logistic.LadderPasses;
import dev.lemma.math.logistic.LikelihoodSums;
import dev.lemma.math.logistic.PassPlan;
import dev.lemma.math.logistic.ScatterPasses;
import dev.lemma.math.logistic.ScatterPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The passes of a ladder, or of conjugate gradients, over the rows of a {@link Scan}: each call
 * reads every row once (or, with {@code kernel = exact}, its copy in the leaves). Models travel as
 * one broadcast, which is given back when the pass is over; sums are merged on the executors.
 *
 * <p>A pass over other rows than those of the moments would go unnoticed in the numbers, so rows
 * are counted by fold and compared.
 */
final class SparkPasses implements LadderPasses, ScatterPasses {
  private final Scan scan;
  private final List<String> classes;
  private final long[] rows;
  private final long memory;
  private final Phases phases;
  private final Consumer<RowCounts> settle;
  private int made;
  private long read;

  /**
   * @param scan rows with keys and folds
   * @param classes labels of the classes, as rows spell them
   * @param rows number of rows of positive weight in each fold
   * @param memory most bytes that models and sums of a pass may take
   * @param phases shows the passes
   * @param settle is told the counts of rows of the first call, and may refuse them
   */
  SparkPasses(
      Scan scan,
      List<String> classes,
      long[] rows,
      long memory,
      Phases phases,
      Consumer<RowCounts> settle) {
    this.scan = scan;
    this.classes = List.copyOf(classes);
    this.rows = rows.clone();
    this.memory = memory;
    this.phases = phases;
    this.settle = settle;
  }

  /** The number of rows in each fold. */
  static long[] rows(FoldMoments moments) {
    return moments.folds().stream().mapToLong(ClassMoments::rows).toArray();
  }

  /** Passes made so far. */
  int made() {
    return made;
  }

  /** Rows read so far, all passes together. */
  long read() {
    return read;
  }

  @Override
  public LikelihoodSums run(PassPlan plan) {
    double models = 0;
    for (var probe : plan.probes()) {
      models += probe.base().length + probe.direction().length;
    }
    require(models * Double.BYTES, "models", (double) plan.length() * Double.BYTES, "derivatives");
    double[] sums =
        take(
            "losses and derivatives",
            () -> {
              Broadcast<Shipped<PassPlan>> shared = spark().broadcast(new Shipped<>(plan));
              try {
                return scan.run(
                    new LikelihoodPass(
                        classes, scan.folds(), scan.rows().labelKey(), shared, scan.kernel()));
              } finally {
                shared.destroy();
              }
            });
    return LikelihoodSums.of(plan, sums);
  }

  @Override
  public CrossFittedScores crossFit(CrossFitPlan plan) {
    return crossFit(plan, List.of()).scores();
  }

  @Override
  public InfluencedScores crossFit(CrossFitPlan plan, List<InfluencePlan> influences) {
    double models = 0;
    for (double[] fold : plan.parameters()) {
      models += fold.length;
    }
    double sums = influences.stream().mapToDouble(InfluenceSums::length).sum();
    require(models * Double.BYTES, "candidate models", sums * Double.BYTES, "influences of rows");
    CrossFitState found =
        take(
            "scores of candidates",
            () -> {
              Broadcast<Shipped<CrossFitPlan>> shared = spark().broadcast(new Shipped<>(plan));
              Broadcast<Shipped<List<InfluencePlan>>> summed =
                  spark().broadcast(new Shipped<>(List.copyOf(influences)));
              try {
                return scan.run(
                    new CrossFitPass(
                        classes,
                        scan.folds(),
                        scan.rows().labelKey(),
                        shared,
                        summed,
                        scan.kernel()));
              } finally {
                shared.destroy();
                summed.destroy();
              }
            });
    List<InfluenceSums> parts = new ArrayList<>();
    for (int i = 0; i < influences.size(); i++) {
      parts.add(InfluenceSums.of(influences.get(i), found.influences[i]));
    }
    return new InfluencedScores(CrossFittedScores.of(found.scores), parts);
  }

  @Override
  public double[] multiply(ScatterPlan plan) {
    double bytes = (double) plan.directions().length * Double.BYTES;
    require(bytes, "directions", bytes, "products");
    return take(
        "products with the covariance",
        () -> {
          Broadcast<Shipped<ScatterPlan>> shared = spark().broadcast(new Shipped<>(plan));
          try {
            return scan.run(new ScatterPass(classes, scan.folds(), scan.rows().labelKey(), shared));
          } finally {
            shared.destroy();
          }
        });
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(scan.rows().rows().sparkSession().sparkContext());
  }

  /** Takes a pass, and then makes sure, between phases, that its rows are those of the moments. */
  private <S extends Serializable> S take(String what, Callable<ScanResult<PassState<S>>> pass) {
    ScanResult<PassState<S>> result = phases.phase("pass " + (made + 2) + ": " + what, pass);
    if (made == 0) {
      settle.accept(result.counts());
    }
    made++;
    read += result.counts().rows();
    for (int f = 0; f < rows.length; f++) {
      long found = result.value().rows[f];
      if (found != rows[f]) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                "input",
                "these are not the rows of the statistics",
                found + " rows of positive weight in fold " + f,
                rows[f] + " rows",
                "give the rows, ids, label and weights that the statistics were made from, and"
                    + " keep the input as it is during the fit"));
      }
    }
    return result.value().sums;
  }

  /** Refuses what would not fit, before anything is shipped. */
  private void require(double shipped, String what, double summed, String sums) {
    if (shipped <= memory && summed <= memory) {
      return;
    }
    boolean tooManyModels = shipped > memory;
    throw new LemmaException(
        ExitCode.INPUT,
        new Problem(
            "memory",
            "pass " + (made + 2) + " does not fit",
            ByteSize.describe(tooManyModels ? shipped : summed)
                + " of "
                + (tooManyModels ? what : sums),
            "at most memory = " + ByteSize.describe(memory),
            "raise memory, lower folds, make fewer passes, or project the features first"));
  }
}
