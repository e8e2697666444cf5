// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import dev.lemma.projection.Specification;
import dev.lemma.projection.Stages;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Random features that are settled: adds a column of k values to each row, in one narrow step
 * without a shuffle, on batch and streaming data alike. What it ships to executors is its {@link
 * FeatureSpecification}; they make the frequencies.
 *
 * <p>A row's features depend on the row and the specification alone: the same bits for every
 * partitioning, for sparse and dense vectors, alone and among others.
 */
public final class RandomFeaturesModel extends Model<RandomFeaturesModel>
    implements FeatureParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final FeatureParamSet own;
  private final transient FeatureSpecification specification;

  RandomFeaturesModel(String uid, FeatureSpecification specification) {
    this.uid = uid;
    this.own = new FeatureParamSet(this);
    own.setDefaults(this);
    this.specification = specification;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public FeatureParamSet own() {
    return own;
  }

  /** All that decides the features of a row. */
  public FeatureSpecification specification() {
    return specification;
  }

  /** Sets the parameters that fitting settled to what it settled. */
  RandomFeaturesModel settle() {
    FeatureSpec map = specification.map();
    set(kernelFunction(), KernelChoice.of(map.kernel()).key());
    if (map.kernel() instanceof KernelFunction.Matern matern) {
      set(smoothness(), matern.smoothness());
    }
    set(bandwidth(), map.kernel().bandwidth());
    set(k(), map.k());
    set(d(), (long) map.d());
    set(frequencies(), Specification.key(map.frequencies()));
    set(norms(), Specification.key(map.norms()));
    set(seed(), map.seed());
    set(precision(), Specification.key(specification.precision()));
    return this;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Dataset<Row> rows = dataset.toDF();
    Features columns =
        Stages.features(
            rows, getInputCol(), OptionalLong.of(specification.map().d()), Optional.empty());
    RowFeatures features =
        new RowFeatures(
            specification,
            columns,
            RowReader.of(columns, specification.precision()),
            OutputType.parse(getOutputType()),
            getHandleInvalid().equals("error") ? OnBadRow.THROW : OnBadRow.NULL);
    // Two columns may have one name.
    Dataset<Row> mapped = features.append(rows, new Column[] {functions.col("*")}, getOutputCol());
    return getHandleInvalid().equals("skip")
        ? mapped.filter(ColumnNames.column(getOutputCol()).isNotNull())
        : mapped;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return outputSchema(this, schema);
  }

  /** The schema with the output column added, for both stages. */
  static StructType outputSchema(FeatureParams stage, StructType schema) {
    String out = stage.getOutputCol();
    Stages.requireColumns(schema, stage.getInputCol(), Stages.NUMBERS_INPUT, out);
    OutputType type = OutputType.parse(stage.getOutputType());
    Metadata metadata = Metadata.empty();
    Precision precision = Specification.constant(Precision.class, stage.getPrecision());
    if (stage instanceof RandomFeaturesModel model) {
      // What fitting settled holds, whatever has been set since.
      metadata = RowFeatures.metadata(model.specification, out, type);
      precision = model.specification.precision();
    }
    boolean nullable = !stage.getHandleInvalid().equals("error");
    return schema.add(new StructField(out, type.sqlType(precision), nullable, metadata));
  }

  @Override
  public RandomFeaturesModel copy(ParamMap extra) {
    RandomFeaturesModel copy = new RandomFeaturesModel(uid, specification);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new FeatureModelFiles.Writer(this);
  }

  /** Reader of saved models. */
  public static MLReader<RandomFeaturesModel> read() {
    return new FeatureModelFiles.Reader();
  }

  /**
   * Loads a saved model.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if its specification is of a version that
   *     this one does not know
   */
  public static RandomFeaturesModel load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors or arrays of numbers. */
  public RandomFeaturesModel setInputCol(String value) {
    return (RandomFeaturesModel) set(inputCol(), value);
  }

  /** Column that the features are put into. */
  public RandomFeaturesModel setOutputCol(String value) {
    return (RandomFeaturesModel) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}: the type of the output column. */
  public RandomFeaturesModel setOutputType(String value) {
    return (RandomFeaturesModel) set(outputType(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that have no features. */
  public RandomFeaturesModel setHandleInvalid(String value) {
    return (RandomFeaturesModel) set(handleInvalid(), value);
  }

  @Override
  public String toString() {
    FeatureSpec map = specification.map();
    return "RandomFeaturesModel: uid="
        + uid
        + ", kernelFunction="
        + KernelChoice.of(map.kernel()).key()
        + ", bandwidth="
        + map.kernel().bandwidth()
        + ", k="
        + map.k()
        + ", seed="
        + map.seed();
  }
}
