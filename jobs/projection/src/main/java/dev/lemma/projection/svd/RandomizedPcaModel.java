// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.math.lowrank.Preparation;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Principal components: a row x becomes the k scores (x - mean) diag(factors) V, its prepared form
 * times the right singular vectors. Made by {@link RandomizedPca}.
 *
 * <p>Scores follow from the row alone, the same bits for every partitioning and for sparse and
 * dense vectors. 2 z k operations for a row of z non-zero values; 8 d k bytes, broadcast once a
 * transform.
 */
public final class RandomizedPcaModel extends Model<RandomizedPcaModel>
    implements PcaParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final PcaParamSet own;
  private final transient PcaModelData data;

  RandomizedPcaModel(String uid, PcaModelData data) {
    this.uid = uid;
    this.own = new PcaParamSet(this);
    own.setDefaults(this);
    this.data = data;
    set(k(), data.k());
    set(center(), data.preparation() != Preparation.RAW);
    set(scale(), data.preparation() == Preparation.STANDARDIZED);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PcaParamSet own() {
    return own;
  }

  PcaModelData data() {
    return data;
  }

  /** Singular values of the prepared matrix, descending. */
  public double[] singularValues() {
    return data.values().clone();
  }

  /** Variances of the scores over the rows of the fit: squared singular values over m - 1. */
  public double[] explainedVariance() {
    double[] variance = data.values().clone();
    for (int r = 0; r < variance.length; r++) {
      variance[r] = variance[r] * variance[r] / Math.max(1, data.rows() - 1);
    }
    return variance;
  }

  /** Shares of the total variance (without centring: of the sum of squares). */
  public double[] explainedShares() {
    return data.shares().clone();
  }

  /** Means of the columns, d numbers; none where they are not centred. */
  public double[] means() {
    return data.means().clone();
  }

  /** The d x k matrix that a centred row is multiplied by. */
  public DenseMatrix loadings() {
    int n = data.dimension();
    double[] values = new double[Math.multiplyExact(n, data.k())];
    for (int j = 0; j < n; j++) {
      for (int r = 0; r < data.k(); r++) {
        values[r * n + j] = data.loadings()[j][r];
      }
    }
    return new DenseMatrix(n, data.k(), values);
  }

  /**
   * The same components as Spark's own model. It never centres, neither in fitting nor here: its
   * scores of a row are those of this model plus {@link #offset}, the same for every row.
   */
  public PCAModel toSpark() {
    PCAModel model = new PCAModel(uid + "_spark", loadings(), new DenseVector(explainedShares()));
    model.setInputCol(getInputCol());
    model.setOutputCol(getOutputCol());
    model.set(model.k(), data.k());
    return model;
  }

  /** The scores that centring takes away: mean' diag(factors) V, k numbers. */
  public double[] offset() {
    return Loadings.scores(data.loadings(), data.means()).shift;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    Dataset<Row> rows = dataset.toDF();
    MatrixRows matrix = MatrixRows.of(rows, getInputCol(), OptionalLong.of(data.dimension()));
    Broadcast<Loadings> shared =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
            .broadcast(Loadings.scores(data.loadings(), data.means()));
    boolean stops = getHandleInvalid().equals("error");
    PlanCall call =
        PlanCall.of(
                new ScoreFunction(matrix.reader(), shared, getOutputType().equals("vector"), stops),
                "score",
                PcaSchema.outputType(this))
            .once();
    String name = getOutputCol();
    Dataset<Row> scored =
        rows.select(
            functions.col("*"),
            (stops ? call.neverNull() : call)
                .on(matrix.features().value())
                .as(name, schema.apply(name).metadata()));
    return getHandleInvalid().equals("skip")
        ? scored.filter(ColumnNames.column(name).isNotNull())
        : scored;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return PcaSchema.of(this, schema);
  }

  @Override
  public RandomizedPcaModel copy(ParamMap extra) {
    RandomizedPcaModel copy = new RandomizedPcaModel(uid, data);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new PcaModelFiles.Writer(this);
  }

  /** Reader of saved models. */
  public static MLReader<RandomizedPcaModel> read() {
    return new PcaModelFiles.Reader();
  }

  /** Loads a saved model. */
  public static RandomizedPcaModel load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors or arrays of numbers. */
  public RandomizedPcaModel setInputCol(String value) {
    return (RandomizedPcaModel) set(inputCol(), value);
  }

  /** Column that the scores are put into. */
  public RandomizedPcaModel setOutputCol(String value) {
    return (RandomizedPcaModel) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}. */
  public RandomizedPcaModel setOutputType(String value) {
    return (RandomizedPcaModel) set(outputType(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}. */
  public RandomizedPcaModel setHandleInvalid(String value) {
    return (RandomizedPcaModel) set(handleInvalid(), value);
  }

  @Override
  public String toString() {
    return "RandomizedPcaModel: uid=" + uid + ", d=" + data.dimension() + ", k=" + data.k();
  }
}
