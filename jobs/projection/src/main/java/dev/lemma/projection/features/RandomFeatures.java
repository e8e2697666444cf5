// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.features;

import dev.lemma.kit.data.Features;
import dev.lemma.math.linalg.Precision;
import dev.lemma.projection.Specification;
import dev.lemma.projection.Stages;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Random features of vectors or arrays: k numbers z(x) a row with z(x)'z(y) close to a kernel of x
 * and y, so that a linear stage behind it is a kernel method.
 *
 * <p>{@code new
 * RandomFeatures().setInputCol("features").setOutputCol("random").fit(data).transform(data)} is all
 * that is needed: 2,048 features of the Gaussian kernel, whose bandwidth is the median distance of
 * 1,000 sampled pairs. Fitting draws no frequencies. It reads the data only to count rows and to
 * sample pairs for that median, not at all where the bandwidth is given; and a first row where
 * nothing else tells d.
 *
 * <p>Source: A. Rahimi and B. Recht, <em>Random Features for Large-Scale Kernel Machines</em>, NIPS
 * 2007; see {@code dev.lemma.math.features}.
 */
public final class RandomFeatures extends Estimator<RandomFeaturesModel>
    implements FeatureParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final FeatureParamSet own;

  /** A stage with a random name. */
  public RandomFeatures() {
    this(Identifiable$.MODULE$.randomUID("randomFeatures"));
  }

  /** A stage so named; Spark's loader calls this. */
  public RandomFeatures(String uid) {
    this.uid = uid;
    this.own = new FeatureParamSet(this);
    own.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public FeatureParamSet own() {
    return own;
  }

  /**
   * Settles d, the bandwidth and the design of frequencies for the data.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if the column is missing or of another type,
   *     if there is no row to learn d from, or no two sampled rows differ where their median
   *     distance is wanted
   * @throws IllegalArgumentException if k is odd, or the Laplacian kernel is asked for other than
   *     iid frequencies with independent norms
   */
  @Override
  public RandomFeaturesModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Dataset<Row> rows = dataset.toDF();
    Features columns =
        Stages.features(rows, getInputCol(), Stages.optional(getD()), Optional.empty());
    Precision precision = Specification.constant(Precision.class, getPrecision());
    SettledFeatures settled =
        SettledFeatures.of(wish(), columns, rows, Optional.empty(), precision);
    RandomFeaturesModel model = new RandomFeaturesModel(uid, settled.specification());
    copyValues(model, ParamMap.empty());
    model.settle();
    return model.setParent(this);
  }

  private FeatureWish wish() {
    return new FeatureWish(
        Specification.constant(KernelChoice.class, getKernelFunction()),
        getSmoothness(),
        getBandwidth() > 0 ? OptionalDouble.of(getBandwidth()) : OptionalDouble.empty(),
        getK(),
        Specification.constant(FrequencyChoice.class, getFrequencies()),
        Specification.constant(NormChoice.class, getNorms()),
        getSeed());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return RandomFeaturesModel.outputSchema(this, schema);
  }

  @Override
  public RandomFeatures copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reader of a saved stage. */
  public static MLReader<RandomFeatures> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved stage. */
  public static RandomFeatures load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors or arrays of numbers. */
  public RandomFeatures setInputCol(String value) {
    return (RandomFeatures) set(inputCol(), value);
  }

  /** Column that the features are put into. */
  public RandomFeatures setOutputCol(String value) {
    return (RandomFeatures) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}: the type of the output column. */
  public RandomFeatures setOutputType(String value) {
    return (RandomFeatures) set(outputType(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that have no features. */
  public RandomFeatures setHandleInvalid(String value) {
    return (RandomFeatures) set(handleInvalid(), value);
  }

  /** {@code gaussian}, {@code laplacian}, {@code matern} or {@code softmax}. */
  public RandomFeatures setKernelFunction(String value) {
    return (RandomFeatures) set(kernelFunction(), value);
  }

  /** Smoothness nu of the Matern kernel: 0.5, 1.5, ... 10.5. */
  public RandomFeatures setSmoothness(double value) {
    return (RandomFeatures) set(smoothness(), value);
  }

  /** Length that rows are divided by; 0 in the estimator takes the median distance. */
  public RandomFeatures setBandwidth(double value) {
    return (RandomFeatures) set(bandwidth(), value);
  }

  /** Number of features, even. */
  public RandomFeatures setK(int value) {
    return (RandomFeatures) set(k(), value);
  }

  /** Length of a row; 0 takes it from the column. */
  public RandomFeatures setD(long value) {
    return (RandomFeatures) set(d(), value);
  }

  /** {@code auto}, {@code iid}, {@code orthogonal} or {@code hadamard}. */
  public RandomFeatures setFrequencies(String value) {
    return (RandomFeatures) set(frequencies(), value);
  }

  /** {@code auto}, {@code independent}, {@code stratified} or {@code quantiles}. */
  public RandomFeatures setNorms(String value) {
    return (RandomFeatures) set(norms(), value);
  }

  /** Key of the frequencies and of the sample that the median is taken of. */
  public RandomFeatures setSeed(long value) {
    return (RandomFeatures) set(seed(), value);
  }

  /** {@code float} or {@code double}: type of the arithmetic. */
  public RandomFeatures setPrecision(String value) {
    return (RandomFeatures) set(precision(), value);
  }
}
