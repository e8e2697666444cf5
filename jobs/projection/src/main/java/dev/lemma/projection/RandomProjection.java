// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.Features;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.DistanceScale;
import dev.lemma.math.projection.Guarantee;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
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
 * Random projection of vectors, arrays or text into k dimensions such that distances are kept
 * within eps.
 *
 * <p>{@code new
 * RandomProjection().setInputCol("features").setOutputCol("projected").fit(data).transform(data)}
 * is all that is needed. Fitting draws no random matrix: it settles k (from the guarantee and,
 * unless the guarantee speaks of a share of pairs, the number of rows), the input dimension d and
 * the family. It reads the data only where that is needed, once for each: to count rows for a
 * guarantee that needs their number, document frequencies for tf-idf, the vocabulary of texts for
 * the density of very-sparse; and a first row where nothing else tells d.
 *
 * <p>Defaults: 99 % of pairs within eps = 0.2 of their squared distance, which is k = 334 whatever
 * the number of rows.
 *
 * <p>Source: W. B. Johnson and J. Lindenstrauss (1984), doi:10.1090/conm/026/737400; the laws that
 * size k are those of {@code dev.lemma.math.projection.JlBounds}.
 */
public final class RandomProjection extends Estimator<RandomProjectionModel>
    implements ProjectionParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet own;

  /** A stage with a random name. */
  public RandomProjection() {
    this(Identifiable$.MODULE$.randomUID("randomProjection"));
  }

  /** A stage so named; Spark's loader calls this. */
  public RandomProjection(String uid) {
    this.uid = uid;
    this.own = new ParamSet(this);
    own.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ParamSet own() {
    return own;
  }

  /**
   * Settles k, d and the family for the data.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if the column is missing or of another type,
   *     if the data's dimension leaves no room for k, or if there is no row to learn the dimension
   *     from
   */
  @Override
  public RandomProjectionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Dataset<Row> rows = dataset.toDF();
    Features features =
        Stages.features(rows, getInputCol(), Stages.optional(getD()), Optional.of(textSpec()));
    Precision precision = Specification.constant(Precision.class, getPrecision());
    RandomProjectionModel model =
        new RandomProjectionModel(uid, Settled.of(wish(), features, rows, precision));
    copyValues(model, ParamMap.empty());
    model.settle();
    return model.setParent(this);
  }

  private Fitting.Wish wish() {
    return new Fitting.Wish(
        this::guarantee,
        getEps(),
        getDelta(),
        Specification.constant(DistanceScale.class, getDistance()),
        getK() > 0 ? OptionalInt.of(getK()) : OptionalInt.empty(),
        Specification.constant(FamilyChoice.class, getFamily()),
        getNonzeros(),
        getDensity(),
        getSeed());
  }

  private Guarantee guarantee(LongSupplier counted) {
    return Specification.constant(GuaranteeKind.class, getGuarantee())
        .of(getShare(), getQueries(), () -> getRows() > 0 ? getRows() : counted.getAsLong());
  }

  private TextSpec textSpec() {
    return new TextSpec(
        Specification.constant(TextUnit.class, getTextUnit()),
        getMinGram(),
        getMaxGram(),
        Specification.constant(Weighting.class, getWeighting()),
        Specification.constant(RowNorm.class, getRowNorm()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Stages.outputSchema(this, schema, OptionalInt.empty(), Stages.ANY_INPUT);
  }

  @Override
  public RandomProjection copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reader of a saved stage. */
  public static MLReader<RandomProjection> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved stage. */
  public static RandomProjection load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors, arrays of numbers, or text. */
  public RandomProjection setInputCol(String value) {
    return (RandomProjection) set(inputCol(), value);
  }

  /** Column that the projection is put into. */
  public RandomProjection setOutputCol(String value) {
    return (RandomProjection) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}: the type of the output column. */
  public RandomProjection setOutputType(String value) {
    return (RandomProjection) set(outputType(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that cannot be projected. */
  public RandomProjection setHandleInvalid(String value) {
    return (RandomProjection) set(handleInvalid(), value);
  }

  /** Output dimension; 0 in the estimator takes the smallest that keeps the guarantee. */
  public RandomProjection setK(int value) {
    return (RandomProjection) set(k(), value);
  }

  /** Input dimension; 0 takes it from the column. */
  public RandomProjection setD(long value) {
    return (RandomProjection) set(d(), value);
  }

  /** Law of the random matrix. */
  public RandomProjection setFamily(String value) {
    return (RandomProjection) set(family(), value);
  }

  /** Non-zero entries for each feature (sparse-sign). */
  public RandomProjection setNonzeros(int value) {
    return (RandomProjection) set(nonzeros(), value);
  }

  /** Share of non-zero entries (very-sparse). */
  public RandomProjection setDensity(double value) {
    return (RandomProjection) set(density(), value);
  }

  /** Key of the random matrix. */
  public RandomProjection setSeed(long value) {
    return (RandomProjection) set(seed(), value);
  }

  /** {@code float} or {@code double}: type of the arithmetic. */
  public RandomProjection setPrecision(String value) {
    return (RandomProjection) set(precision(), value);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  public RandomProjection setKernel(String value) {
    return (RandomProjection) set(kernel(), value);
  }

  /** What holds within eps. */
  public RandomProjection setGuarantee(String value) {
    return (RandomProjection) set(guarantee(), value);
  }

  /** Tolerated relative change of squared distances, in (0, 1). */
  public RandomProjection setEps(double value) {
    return (RandomProjection) set(eps(), value);
  }

  /** {@code squared} or {@code unsquared}: the distances that eps speaks of. */
  public RandomProjection setDistance(String value) {
    return (RandomProjection) set(distance(), value);
  }

  /** Probability that the guarantee fails, in (0, 1). */
  public RandomProjection setDelta(double value) {
    return (RandomProjection) set(delta(), value);
  }

  /** Expected share of pairs within eps, in (0, 1). */
  public RandomProjection setShare(double value) {
    return (RandomProjection) set(share(), value);
  }

  /** Number of rows that the guarantee speaks of; 0 counts the data. */
  public RandomProjection setRows(long value) {
    return (RandomProjection) set(rows(), value);
  }

  /** Number of query rows. */
  public RandomProjection setQueries(long value) {
    return (RandomProjection) set(queries(), value);
  }

  /** {@code words} or {@code characters}. */
  public RandomProjection setTextUnit(String value) {
    return (RandomProjection) set(textUnit(), value);
  }

  /** Shortest n-gram. */
  public RandomProjection setMinGram(int value) {
    return (RandomProjection) set(minGram(), value);
  }

  /** Longest n-gram. */
  public RandomProjection setMaxGram(int value) {
    return (RandomProjection) set(maxGram(), value);
  }

  /** {@code count}, {@code log} or {@code tf-idf}. */
  public RandomProjection setWeighting(String value) {
    return (RandomProjection) set(weighting(), value);
  }

  /** {@code none} or {@code l2}. */
  public RandomProjection setRowNorm(String value) {
    return (RandomProjection) set(rowNorm(), value);
  }
}
