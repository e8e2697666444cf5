// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.LinearModel;
import dev.lemma.math.logistic.LogLoss;
import dev.lemma.math.logistic.Softmax;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.shared.HasWeightCol;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A logistic model of K classes: adds raw scores, probabilities and a prediction to each row, in
 * one narrow step, on batch and streaming data alike. A row's values depend on the row and the
 * model alone, and are the same bits for sparse and dense vectors.
 *
 * <p>Raw scores are those of Spark's own model: -z and z for two classes with the logit z of class
 * 1, else the K scores in the sum-to-zero gauge. The prediction column names the classes in its
 * metadata, so that {@code IndexToString} finds them.
 */
public final class AnalyticLogisticRegressionModel
    extends ProbabilisticClassificationModel<Vector, AnalyticLogisticRegressionModel>
    implements AnalyticParams, HasWeightCol, MLWritable {
  private static final long serialVersionUID = 1L;

  // Set at the first call of uid(), which is made before fields are initialised.
  private String uid;
  private Param<String> weightCol;
  private final AnalyticParamSet own;
  private final Scorer scorer;
  private final transient ModelSpecification specification;
  private final transient Optional<FitSummary> summary;

  AnalyticLogisticRegressionModel(
      String uid, ModelSpecification specification, Optional<FitSummary> summary) {
    this(UidHandoff.of(uid), specification, summary);
  }

  private AnalyticLogisticRegressionModel(
      UidHandoff name, ModelSpecification specification, Optional<FitSummary> summary) {
    HasWeightCol.$init$(this);
    own = new AnalyticParamSet(this);
    own.setDefaults(this);
    this.specification = specification;
    this.summary = summary;
    scorer = Scorer.of(specification.model());
  }

  @Override
  public String uid() {
    if (uid == null) {
      uid = UidHandoff.take();
    }
    return uid;
  }

  @Override
  public AnalyticParamSet own() {
    return own;
  }

  @Override
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Called by Spark's trait of the weight column. */
  @Override
  @SuppressWarnings("checkstyle:MethodName")
  public void org$apache$spark$ml$param$shared$HasWeightCol$_setter_$weightCol_$eq(
      Param<String> param) {
    weightCol = param;
  }

  /** All that decides how a row is scored. */
  public ModelSpecification specification() {
    return specification;
  }

  /** Whether the model knows how it was fitted. */
  public boolean hasSummary() {
    return summary.isPresent();
  }

  /**
   * What the fit said of itself: coefficients with errors, diagnosis, passes.
   *
   * @throws NoSuchElementException without {@link #hasSummary}
   */
  public FitSummary summary() {
    return summary.orElseThrow(
        () -> new NoSuchElementException("model " + uid() + " was stored without a summary"));
  }

  Optional<FitSummary> storedSummary() {
    return summary;
  }

  /**
   * The coefficients as a table: {@code class}, {@code feature} (null for the intercept), {@code
   * value}, {@code error}, {@code z}, {@code p}, {@code lower}, {@code upper} at 95 %. For two
   * classes the logit of class 1, for more the score of each class.
   *
   * @throws NoSuchElementException without {@link #hasSummary}
   */
  public Dataset<Row> coefficientTable(org.apache.spark.sql.SparkSession spark) {
    return CoefficientTable.of(spark, specification, summary());
  }

  @Override
  public int numClasses() {
    return scorer.classes();
  }

  @Override
  public int numFeatures() {
    return scorer.features();
  }

  @Override
  public Vector predictRaw(Vector features) {
    double[] scores = new double[scorer.classes()];
    if (features instanceof SparseVector sparse) {
      if (sparse.size() != scorer.features()) {
        throw scorer.wrongLength(sparse.size());
      }
      scorer.scores(sparse.indices(), sparse.values(), scores);
    } else {
      scorer.scores(features.toArray(), scores);
    }
    if (scores.length == 2) {
      scores[0] *= 2;
      scores[1] *= 2;
    }
    return new DenseVector(scores);
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    double[] values = ((DenseVector) raw).values();
    if (values.length == 2) {
      double logit = values[1];
      values[0] = LogLoss.probability(-logit);
      values[1] = LogLoss.probability(logit);
    } else {
      Softmax.inPlace(values, values.length);
    }
    return raw;
  }

  /** Spark's trait and class both have this method; javac wants to be told which. */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public scala.Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> scored = super.transform(dataset);
    String prediction = getPredictionCol();
    return prediction.isEmpty() ? scored : scored.withMetadata(prediction, predictionMetadata());
  }

  /**
   * The schema with raw scores, probabilities and prediction.
   *
   * @throws LemmaException (code 3) if the feature column is known to have another length
   */
  @Override
  public StructType transformSchema(StructType schema) {
    StructType out = super.transformSchema(schema);
    checkLength(schema);
    String prediction = getPredictionCol();
    if (prediction.isEmpty()) {
      return out;
    }
    StructField[] fields = out.fields();
    for (int i = 0; i < fields.length; i++) {
      StructField field = fields[i];
      if (field.name().equals(prediction)) {
        fields[i] =
            new StructField(field.name(), field.dataType(), field.nullable(), predictionMetadata());
      }
    }
    return new StructType(fields);
  }

  private void checkLength(StructType schema) {
    StructField field = schema.apply(getFeaturesCol());
    if (field.dataType() instanceof VectorUDT) {
      int size = AttributeGroup.fromStructField(field).size();
      if (size >= 0 && size != numFeatures()) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                "featuresCol = " + getFeaturesCol(),
                "the vectors have another length than the model's",
                size + " features",
                numFeatures() + " features",
                "give the columns that the model was fitted on"));
      }
    }
  }

  private Metadata predictionMetadata() {
    return NominalAttribute.defaultAttr()
        .withName(getPredictionCol())
        .withValues(specification.classes().toArray(String[]::new))
        .toMetadata();
  }

  /**
   * Spark's own logistic model with the same coefficients, columns and thresholds: raw scores,
   * probabilities and predictions agree up to rounding. It has no training summary.
   */
  public LogisticRegressionModel toSpark() {
    LinearModel model = specification.model();
    LogisticRegressionModel made;
    if (numClasses() == 2) {
      made =
          new LogisticRegressionModel(
              uid() + "_spark", Vectors.dense(model.logitSlope(1, 0)), model.logitIntercept(1, 0));
    } else {
      made =
          new LogisticRegressionModel(
              uid() + "_spark",
              new DenseMatrix(numClasses(), numFeatures(), model.coefficients(), true),
              Vectors.dense(model.intercepts()),
              numClasses(),
              true);
    }
    made.setFeaturesCol(getFeaturesCol());
    made.setPredictionCol(getPredictionCol());
    made.setProbabilityCol(getProbabilityCol());
    made.setRawPredictionCol(getRawPredictionCol());
    if (isSet(thresholds())) {
      made.setThresholds(getThresholds().clone());
    }
    return made;
  }

  @Override
  public AnalyticLogisticRegressionModel copy(ParamMap extra) {
    AnalyticLogisticRegressionModel copy =
        new AnalyticLogisticRegressionModel(uid(), specification, summary);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this);
  }

  /** Reader of saved models. */
  public static MLReader<AnalyticLogisticRegressionModel> read() {
    return new ModelFiles.Reader();
  }

  /**
   * Loads a saved model.
   *
   * @throws LemmaException (code 3) if its files are of a version that this one does not know, or
   *     are not what was saved
   */
  public static AnalyticLogisticRegressionModel load(String path) throws IOException {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "AnalyticLogisticRegressionModel: uid="
        + uid()
        + ", numClasses="
        + numClasses()
        + ", numFeatures="
        + numFeatures();
  }
}
