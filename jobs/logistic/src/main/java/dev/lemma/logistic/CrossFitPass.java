// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.CrossFitAccumulator;
import dev.lemma.math.logistic.CrossFitPlan;
import dev.lemma.math.logistic.CrossFittedScores;
import dev.lemma.math.logistic.InfluencePlan;
import dev.lemma.math.logistic.InfluenceSums;
import dev.lemma.math.random.RowKey;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass that scores every row by the models made without its fold, and sums what it does to
 * coefficients where that is asked for.
 */
final class CrossFitPass extends LaterPass<CrossFitState> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Shipped<CrossFitPlan>> plan;
  private final Broadcast<Shipped<List<InfluencePlan>>> influences;
  private final Kernel kernel;

  CrossFitPass(
      List<String> classes,
      int folds,
      String label,
      Broadcast<Shipped<CrossFitPlan>> plan,
      Broadcast<Shipped<List<InfluencePlan>>> influences,
      Kernel kernel) {
    super(classes, folds, label);
    this.plan = plan;
    this.influences = influences;
    this.kernel = kernel;
  }

  @Override
  public double expectedBytes() {
    double sums = influences.value().value.stream().mapToDouble(InfluenceSums::length).sum();
    return sums * Double.BYTES;
  }

  @Override
  Sink<CrossFitState> sink() {
    CrossFitPlan models = plan.value().value;
    CrossFitAccumulator scores =
        switch (kernel) {
          case EXACT -> CrossFitAccumulator.exact(models);
          case FAST -> CrossFitAccumulator.fast(models, BlasGemm.ofMachine());
        };
    List<InfluenceSums> sums = influences.value().value.stream().map(InfluenceSums::empty).toList();
    SparseEntries entries = new SparseEntries();
    return new Sink<>() {
      @Override
      public void add(LabelledRow row) {
        RowKey key = new RowKey(row.keyFirst(), row.keySecond());
        FeatureBuffer x = row.features();
        int label = row.label();
        double weight = row.weight();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          double[] values = x.sparse().values();
          int size = x.sparse().size();
          scores.add(key, row.fold(), label, weight, columns, values, size);
          for (int i = 0; i < sums.size(); i++) {
            sums.get(i).add(label, weight, columns, values, size);
          }
        } else {
          scores.add(key, row.fold(), label, weight, x.doubles(), 0);
          for (int i = 0; i < sums.size(); i++) {
            sums.get(i).add(label, weight, x.doubles(), 0);
          }
        }
      }

      @Override
      public CrossFitState finish() {
        return new CrossFitState(
            scores.finish().toLongs(),
            sums.stream().map(InfluenceSums::state).toArray(double[][]::new));
      }
    };
  }

  @Override
  CrossFitState join(CrossFitState left, CrossFitState right) {
    CrossFittedScores both = CrossFittedScores.of(left.scores);
    both.merge(CrossFittedScores.of(right.scores));
    for (int i = 0; i < left.influences.length; i++) {
      for (int j = 0; j < left.influences[i].length; j++) {
        left.influences[i][j] += right.influences[i][j];
      }
    }
    return new CrossFitState(both.toLongs(), left.influences);
  }
}
