// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;

/**
 * Random projection of texts as it is written today with what Spark has: words hashed to 2^18
 * features, a Gaussian matrix broadcast to the executors (1 GB for k = 512), MLlib's own
 * multiplication in a function of the user's.
 */
final class UsualWay implements AutoCloseable {
  /** Number of features, HashingTF's own default. */
  static final int FEATURES = 1 << 18;

  private final RegexTokenizer tokenizer =
      new RegexTokenizer().setInputCol("gloss").setOutputCol("words").setPattern("[^a-z0-9]+");
  private final HashingTF hashing =
      new HashingTF().setInputCol("words").setOutputCol("features").setNumFeatures(FEATURES);
  private final Broadcast<Matrix> matrix;
  private final UserDefinedFunction multiply;

  UsualWay(SparkSession spark, int k) {
    Broadcast<Matrix> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(gaussian(k));
    this.matrix = shared;
    this.multiply =
        udf((UDF1<Vector, Vector>) x -> shared.value().multiply(x), SQLDataTypes.VectorType());
  }

  /** Adds the columns words, features and projected. */
  Dataset<Row> transform(Dataset<Row> rows) {
    return features(rows).withColumn("projected", projected());
  }

  /** Adds the columns words and features. */
  Dataset<Row> features(Dataset<Row> rows) {
    return hashing.transform(tokenizer.transform(rows));
  }

  private Column projected() {
    return multiply.apply(col("features"));
  }

  /** A k x 2^18 matrix of N(0, 1/k), column after column. */
  private static Matrix gaussian(int k) {
    double[] values = new double[k * FEATURES];
    double scale = 1 / Math.sqrt(k);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * random.nextGaussian();
    }
    return new DenseMatrix(k, FEATURES, values);
  }

  @Override
  public void close() {
    matrix.destroy();
  }
}
