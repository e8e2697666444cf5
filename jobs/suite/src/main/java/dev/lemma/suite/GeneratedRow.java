// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.math.linalg.Precision;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.synthetic.DenseClusters;
import dev.lemma.math.synthetic.GaussianClasses;
import dev.lemma.math.synthetic.LowRank;
import dev.lemma.math.synthetic.SparseZipf;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/**
 * Makes the features and the label of a row out of its number, inside Spark's plan. Ships its
 * configuration; each task settles means or directions for itself.
 */
public final class GeneratedRow implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final VectorUDT VECTOR = new VectorUDT();

  private final GenerateConfig.Kind data;
  private final GenerateConfig.FeatureType type;
  private final Precision precision;
  private final long seed;
  private final int[] shape;
  private final double[] law;
  private transient GaussianClasses classes;
  private transient LowRank lowRank;
  private transient SparseZipf zipf;
  private transient DenseClusters clusters;
  private transient double[] dense;
  private transient SparseRow sparse;

  GeneratedRow(GenerateConfig config) {
    data = config.data();
    type = config.type();
    precision = config.run().precision();
    seed = config.run().seed();
    shape =
        new int[] {
          config.features(),
          config.classes(),
          config.rank(),
          config.draws(),
          config.power(),
          config.groupSize(),
          config.clusterGroups()
        };
    law =
        new double[] {
          config.separation(), config.condition(), config.decay(), config.noise(), config.spread()
        };
    settle();
  }

  private void settle() {
    switch (data) {
      case GAUSSIAN_CLASSES ->
          classes = new GaussianClasses(seed, shape[0], shape[1], law[0], law[1]);
      case LOW_RANK -> lowRank = new LowRank(seed, shape[0], shape[2], law[2], law[3]);
      case SPARSE_ZIPF -> zipf = new SparseZipf(seed, shape[0], shape[3], shape[4]);
      case DENSE_CLUSTERS ->
          clusters = new DenseClusters(seed, shape[0], shape[5], shape[6], law[4], law[3]);
    }
    dense = new double[data == GenerateConfig.Kind.SPARSE_ZIPF ? 0 : shape[0]];
    sparse = new SparseRow();
  }

  /** The class or the group of a row. */
  public int label(long row) {
    if (dense == null) {
      settle();
    }
    return clusters == null ? classes.label(row) : (int) clusters.group(row);
  }

  /** The features of a row as Spark holds a vector or an array inside. */
  public Object features(long row) {
    if (dense == null) {
      settle();
    }
    switch (data) {
      case GAUSSIAN_CLASSES -> classes.row(row, dense);
      case LOW_RANK -> lowRank.row(row, dense);
      case SPARSE_ZIPF -> zipf.row(row, sparse);
      case DENSE_CLUSTERS -> clusters.row(row, dense);
    }
    if (data == GenerateConfig.Kind.SPARSE_ZIPF) {
      int[] indices = new int[sparse.size()];
      for (int e = 0; e < indices.length; e++) {
        indices[e] = (int) sparse.ids()[e];
      }
      double[] values = Arrays.copyOf(sparse.values(), sparse.size());
      return VECTOR.serialize(new SparseVector(shape[0], indices, values));
    }
    if (type == GenerateConfig.FeatureType.VECTOR) {
      return VECTOR.serialize(new DenseVector(dense.clone()));
    }
    if (precision == Precision.DOUBLE) {
      return UnsafeArrayData.fromPrimitiveArray(dense);
    }
    float[] floats = new float[dense.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) dense[j];
    }
    return UnsafeArrayData.fromPrimitiveArray(floats);
  }

  /** What is known of the generated rows, for the manifest. */
  GaussianClasses classes() {
    return classes;
  }

  /** What is known of the generated rows, for the manifest. */
  LowRank lowRank() {
    return lowRank;
  }

  /** What is known of the generated rows, for the manifest. */
  DenseClusters clusters() {
    return clusters;
  }
}
