// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;

import dev.lemma.kit.data.PlanCall;
import dev.lemma.math.synthetic.GaussianClasses;
import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;

/**
 * Two correlated Gaussian classes in Parquet, columns id, label and features: the rows that the job
 * {@code generate} makes with the same numbers. Generated code calls it.
 */
public final class GaussianTable implements Serializable {
  /** Condition number of the covariance. */
  static final double CONDITION = 1e4;

  /** The classes overlap: the best classifier errs on a quarter of the rows. */
  static final double SEPARATION = 1;

  private static final long serialVersionUID = 1L;
  private static final long ROWS_A_FILE = 50_000;
  private static final int CLASSES = 2;
  private static final VectorUDT VECTOR = new VectorUDT();

  private final int features;
  private transient GaussianClasses classes;

  private GaussianTable(int features) {
    this.features = features;
  }

  static void write(SparkSession spark, long rows, int features, String path) {
    GaussianTable table = new GaussianTable(features);
    spark
        .range(0, rows, 1, (int) ((rows + ROWS_A_FILE - 1) / ROWS_A_FILE))
        .select(
            col("id"),
            PlanCall.of(table, "label", DataTypes.IntegerType)
                .once()
                .neverNull()
                .on(col("id"))
                .as("label"),
            PlanCall.of(table, "features", VECTOR).once().neverNull().on(col("id")).as("features"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(path);
  }

  /** The class of a row. */
  public int label(long row) {
    return classes().label(row);
  }

  /** The features of a row as Spark holds a vector inside. */
  public InternalRow features(long row) {
    double[] values = new double[features];
    classes().row(row, values);
    return VECTOR.serialize(new DenseVector(values));
  }

  private GaussianClasses classes() {
    if (classes == null) {
      classes = new GaussianClasses(0, features, CLASSES, SEPARATION, CONDITION);
    }
    return classes;
  }
}
