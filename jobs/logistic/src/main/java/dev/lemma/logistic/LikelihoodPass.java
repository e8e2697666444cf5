// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.LikelihoodAccumulator;
import dev.lemma.math.logistic.LikelihoodSums;
import dev.lemma.math.logistic.PassPlan;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The pass that sums losses and derivatives of several models. */
final class LikelihoodPass extends LaterPass<double[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Shipped<PassPlan>> plan;
  private final Kernel kernel;

  LikelihoodPass(
      List<String> classes,
      int folds,
      String label,
      Broadcast<Shipped<PassPlan>> plan,
      Kernel kernel) {
    super(classes, folds, label);
    this.plan = plan;
    this.kernel = kernel;
  }

  @Override
  public double expectedBytes() {
    return (double) plan.value().value.length() * Double.BYTES;
  }

  @Override
  Sink<double[]> sink() {
    PassPlan models = plan.value().value;
    LikelihoodAccumulator sums =
        switch (kernel) {
          case EXACT -> LikelihoodAccumulator.exact(models);
          case FAST -> LikelihoodAccumulator.fast(models, BlasGemm.ofMachine());
        };
    SparseEntries entries = new SparseEntries();
    return new Sink<>() {
      @Override
      public void add(LabelledRow row) {
        FeatureBuffer x = row.features();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          sums.add(
              row.fold(),
              row.label(),
              row.weight(),
              columns,
              x.sparse().values(),
              x.sparse().size());
        } else {
          sums.add(row.fold(), row.label(), row.weight(), x.doubles(), 0);
        }
      }

      @Override
      public double[] finish() {
        return sums.finish().state();
      }
    };
  }

  @Override
  double[] join(double[] left, double[] right) {
    PassPlan models = plan.value().value;
    return LikelihoodSums.of(models, left).merge(LikelihoodSums.of(models, right)).state();
  }
}
