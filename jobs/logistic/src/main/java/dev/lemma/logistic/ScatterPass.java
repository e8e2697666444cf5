// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.math.logistic.ScatterPlan;
import dev.lemma.math.logistic.ScatterProducts;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** The pass that multiplies the scatter within the classes by several directions. */
final class ScatterPass extends LaterPass<double[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Shipped<ScatterPlan>> plan;

  ScatterPass(List<String> classes, int folds, String label, Broadcast<Shipped<ScatterPlan>> plan) {
    super(classes, folds, label);
    this.plan = plan;
  }

  @Override
  public double expectedBytes() {
    return (double) plan.value().value.directions().length * Double.BYTES;
  }

  @Override
  Sink<double[]> sink() {
    ScatterProducts products = new ScatterProducts(plan.value().value);
    SparseEntries entries = new SparseEntries();
    return new Sink<>() {
      @Override
      public void add(LabelledRow row) {
        FeatureBuffer x = row.features();
        if (x.isSparse()) {
          int[] columns = entries.of(x.sparse());
          products.add(
              row.fold(),
              row.label(),
              row.weight(),
              columns,
              x.sparse().values(),
              x.sparse().size());
        } else {
          products.add(row.fold(), row.label(), row.weight(), x.doubles());
        }
      }

      @Override
      public double[] finish() {
        return products.sums();
      }
    };
  }

  @Override
  double[] join(double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }
}
