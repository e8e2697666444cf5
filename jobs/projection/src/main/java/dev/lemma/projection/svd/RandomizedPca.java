// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.RandomizedSvd;
import dev.lemma.math.lowrank.RankTarget;
import dev.lemma.math.lowrank.SvdFactors;
import dev.lemma.math.lowrank.SvdMode;
import dev.lemma.math.lowrank.SvdSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Principal components, or with {@code center = false} the leading singular vectors, of dense or
 * sparse vectors and arrays, in a few reads and without any matrix of d x d numbers.
 *
 * <p>{@code new RandomizedPca().setInputCol("features").setOutputCol("scores").setK(20).fit(data)}.
 * Fitting reads the rows {@code reads} times (3), with {@code kernel = exact} once; the driver
 * holds some 48 d (k + oversampling) bytes. Rows are centred by corrections of sums: sparse rows
 * stay sparse. A matrix of lower rank gives fewer components.
 *
 * <p>Sources: see {@code dev.lemma.math.lowrank}.
 */
public final class RandomizedPca extends Estimator<RandomizedPcaModel>
    implements PcaParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final PcaParamSet own;

  /** A stage with a random name. */
  public RandomizedPca() {
    this(Identifiable$.MODULE$.randomUID("randomizedPca"));
  }

  /** A stage so named; Spark's loader calls this. */
  public RandomizedPca(String uid) {
    this.uid = uid;
    this.own = new PcaParamSet(this);
    own.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PcaParamSet own() {
    return own;
  }

  /**
   * Finds the components.
   *
   * @throws LemmaException (code 3) if the column is missing or of another type, k exceeds its
   *     length, the matrices that are held whole exceed the heap of the driver or of an executor, a
   *     row cannot be used and {@code handleInvalid} is {@code error}, or there is nothing to
   *     decompose
   */
  @Override
  public RandomizedPcaModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    MatrixRows matrix = MatrixRows.of(dataset.toDF(), getInputCol());
    if (getK() > matrix.dimension()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "k",
              "a matrix has no more components than columns",
              Integer.toString(getK()),
              "at most d = " + matrix.dimension(),
              "lower k"));
    }
    HeldWhole.require(matrix.dimension(), settings(), dataset.sparkSession().sparkContext());
    Kernel kernel = getKernel().equals("exact") ? Kernel.EXACT : Kernel.FAST;
    try (RowScan scan = new RowScan(matrix, kernel, new Watcher(matrix, getHandleInvalid()))) {
      SvdFactors factors =
          Undecomposable.require(
              RandomizedSvd.of(scan, matrix.dimension(), settings()),
              SvdFactors.class,
              matrix.features().columns(),
              preparation());
      RandomizedPcaModel model =
          new RandomizedPcaModel(uid, PcaModelData.of(factors, preparation()));
      return copyValues(model.setParent(this), ParamMap.empty());
    }
  }

  private Preparation preparation() {
    if (getScale() && !getCenter()) {
      throw new LemmaException(
          ExitCode.USAGE, Problem.of("scale", "scaling is about the mean", "set center to true"));
    }
    return getScale()
        ? Preparation.STANDARDIZED
        : getCenter() ? Preparation.CENTERED : Preparation.RAW;
  }

  private SvdSettings settings() {
    return new SvdSettings(
        new RankTarget.Fixed(getK()),
        getOversampling(),
        getReads(),
        preparation(),
        getMode().equals("power") ? SvdMode.POWER : SvdMode.TWO_SIDED,
        getSeed());
  }

  /** Refuses bad rows where they are to end the fit. */
  private record Watcher(MatrixRows matrix, String handleInvalid) implements PassLog.Watcher {
    @Override
    public <T> T phase(String name, Callable<T> work) {
      return PassLog.SILENT.phase(name, work);
    }

    @Override
    public void settle(RowCounts counts) {
      if (handleInvalid.equals("error")) {
        matrix.screen().settle(counts, BadRows.FAIL, Optional.empty());
      }
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return PcaSchema.of(this, schema);
  }

  @Override
  public RandomizedPca copy(ParamMap extra) {
    return (RandomizedPca) defaultCopy(extra);
  }

  /** Reader of saved stages. */
  public static MLReader<RandomizedPca> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved stage. */
  public static RandomizedPca load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors or arrays of numbers. */
  public RandomizedPca setInputCol(String value) {
    return (RandomizedPca) set(inputCol(), value);
  }

  /** Column that the scores are put into. */
  public RandomizedPca setOutputCol(String value) {
    return (RandomizedPca) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}: the type of the output column. */
  public RandomizedPca setOutputType(String value) {
    return (RandomizedPca) set(outputType(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}: what becomes of rows that cannot be used. */
  public RandomizedPca setHandleInvalid(String value) {
    return (RandomizedPca) set(handleInvalid(), value);
  }

  /** Number of components. */
  public RandomizedPca setK(int value) {
    return (RandomizedPca) set(k(), value);
  }

  /** Columns that are looked for beyond k. */
  public RandomizedPca setOversampling(int value) {
    return (RandomizedPca) set(oversampling(), value);
  }

  /** How often fitting reads the rows. */
  public RandomizedPca setReads(int value) {
    return (RandomizedPca) set(reads(), value);
  }

  /** {@code power} or {@code two-sided}. */
  public RandomizedPca setMode(String value) {
    return (RandomizedPca) set(mode(), value);
  }

  /** Whether the mean of each column is subtracted. */
  public RandomizedPca setCenter(boolean value) {
    return (RandomizedPca) set(center(), value);
  }

  /** Whether each column is divided by its standard deviation. */
  public RandomizedPca setScale(boolean value) {
    return (RandomizedPca) set(scale(), value);
  }

  /** Key of the start matrix. */
  public RandomizedPca setSeed(long value) {
    return (RandomizedPca) set(seed(), value);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  public RandomizedPca setKernel(String value) {
    return (RandomizedPca) set(kernel(), value);
  }
}
