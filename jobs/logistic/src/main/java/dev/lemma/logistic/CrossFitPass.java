// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.CrossFitAccumulator;
import dev.lemma.math.logistic.CrossFitPlan;
import dev.lemma.math.logistic.CrossFittedScores;
import dev.lemma.math.random.RowKey;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The pass that scores every row by the models made without its fold. */
final class CrossFitPass extends LaterPass<long[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<CrossFitPlan> plan;
  private final Kernel kernel;

  CrossFitPass(
      List<String> classes, int folds, String label, Broadcast<CrossFitPlan> plan, Kernel kernel) {
    super(classes, folds, label);
    this.plan = plan;
    this.kernel = kernel;
  }

  @Override
  Sink<long[]> sink() {
    CrossFitPlan models = plan.value();
    CrossFitAccumulator scores =
        switch (kernel) {
          case EXACT -> CrossFitAccumulator.exact(models);
          case FAST -> CrossFitAccumulator.fast(models, BlasGemm.ofMachine());
        };
    SparseEntries entries = new SparseEntries();
    return new Sink<>() {
      @Override
      public void add(LabelledRow row) {
        RowKey key = new RowKey(row.keyFirst(), row.keySecond());
        FeatureBuffer x = row.features();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          scores.add(
              key,
              row.fold(),
              row.label(),
              row.weight(),
              columns,
              x.sparse().values(),
              x.sparse().size());
        } else {
          scores.add(key, row.fold(), row.label(), row.weight(), x.doubles(), 0);
        }
      }

      @Override
      public long[] finish() {
        return scores.finish().toLongs();
      }
    };
  }

  @Override
  long[] join(long[] left, long[] right) {
    CrossFittedScores both = CrossFittedScores.of(left);
    both.merge(CrossFittedScores.of(right));
    return both.toLongs();
  }
}
