// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.Features;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.DocumentFrequencies;
import dev.lemma.math.text.TextSpec;
import dev.lemma.projection.RowProjection.OnBadRow;
import dev.lemma.projection.RowProjection.OutputType;
import dev.lemma.projection.RowProjection.Way;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.apache.spark.sql.types.StructType;

/**
 * A random projection that is settled: adds a column of k values to each row, in one narrow step
 * without a shuffle, on batch and streaming data alike. What it ships to executors is its {@link
 * Specification}; they make the entries of the matrix that they need.
 *
 * <p>With {@code kernel = exact} a row's values depend on the row and the specification alone: the
 * same bits for every partitioning, for sparse and dense vectors, alone and among others. Rows of
 * zeros give zeros. Cost and memory are those of the family's class in {@code
 * dev.lemma.math.projection}.
 */
public final class RandomProjectionModel extends Model<RandomProjectionModel>
    implements ProjectionParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet own;
  private final transient Settled settled;

  RandomProjectionModel(String uid, Settled settled) {
    this.uid = uid;
    this.own = new ParamSet(this);
    own.setDefaults(this);
    this.settled = settled;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public ParamSet own() {
    return own;
  }

  /** All that was settled. */
  Settled settled() {
    return settled;
  }

  /** All that decides where a row lands. */
  public Specification specification() {
    return settled.specification();
  }

  /** Document frequencies that tf-idf weighs by; empty without tf-idf. */
  public Optional<DocumentFrequencies> frequencies() {
    return settled.frequencies();
  }

  /** What fitting found worth saying of its choice, or empty; not saved. */
  public String note() {
    return settled.note();
  }

  /** Sets the parameters that fitting settled to what it settled. */
  RandomProjectionModel settle() {
    ProjectionSpec matrix = specification().matrix();
    set(k(), matrix.k());
    set(d(), matrix.d().orElse(0));
    set(family(), matrix.family().key());
    set(seed(), matrix.seed());
    set(precision(), Specification.key(specification().precision()));
    if (matrix.nonzeros() > 0) {
      set(nonzeros(), matrix.nonzeros());
    }
    if (matrix.density() > 0) {
      set(density(), matrix.density());
    }
    specification().text().ifPresent(this::settle);
    return this;
  }

  private void settle(TextSpec text) {
    set(textUnit(), Specification.key(text.unit()));
    set(minGram(), text.minGram());
    set(maxGram(), text.maxGram());
    set(weighting(), Specification.key(text.weighting()));
    set(rowNorm(), Specification.key(text.norm()));
  }

  /** Column of vectors, arrays of numbers, or text. */
  public RandomProjectionModel setInputCol(String value) {
    return (RandomProjectionModel) set(inputCol(), value);
  }

  /** Column that the projection is put into. */
  public RandomProjectionModel setOutputCol(String value) {
    return (RandomProjectionModel) set(outputCol(), value);
  }

  /** {@code vector} or {@code array}. */
  public RandomProjectionModel setOutputType(String value) {
    return (RandomProjectionModel) set(outputType(), value);
  }

  /** {@code exact} or {@code fast}: how sums are formed. */
  public RandomProjectionModel setKernel(String value) {
    return (RandomProjectionModel) set(kernel(), value);
  }

  /** {@code error}, {@code skip} or {@code keep}. */
  public RandomProjectionModel setHandleInvalid(String value) {
    return (RandomProjectionModel) set(handleInvalid(), value);
  }

  /**
   * The way back: a stage that takes a projected row y to R'y, d values whose expectation over
   * random matrices is the row that y was made of. It reads this model's output column.
   *
   * @throws IllegalStateException if d is open (text), where R'y would have 2^64 entries
   */
  public RandomProjectionModel backProjection(String outputCol) {
    if (specification().matrix().d().isEmpty()) {
      throw new IllegalStateException(
          "back-projection needs a known input dimension; this model's feature space is open");
    }
    RandomProjectionModel back =
        copyValues(new RandomProjectionModel(uid + "_back", settled), ParamMap.empty());
    back.set(back.direction(), "back-project");
    return back.setInputCol(getOutputCol()).setOutputCol(outputCol);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    Dataset<Row> rows = dataset.toDF();
    Features features = features(rows);
    OutputType type = OutputType.parse(getOutputType());
    boolean stops = getHandleInvalid().equals("error");
    RowProjection projection =
        new RowProjection(
            specification(),
            features,
            settled.reader(rows.sparkSession(), features),
            type,
            isBack() ? Way.BACK : Way.FORTH,
            stops ? OnBadRow.THROW : OnBadRow.NULL);
    String name = getOutputCol();
    Metadata metadata = RowProjection.metadata(specification(), name, type, outputDimension());
    Kernel kernel = projection.effective(Specification.constant(Kernel.class, getKernel()));
    Column[] all =
        switch (kernel) {
          // Two columns may have one name.
          case EXACT -> new Column[] {functions.col("*")};
          case FAST ->
              Arrays.stream(rows.columns()).map(ColumnNames::column).toArray(Column[]::new);
        };
    Dataset<Row> projected = projection.append(rows, all, name, metadata, kernel);
    return getHandleInvalid().equals("skip")
        ? projected.filter(ColumnNames.column(name).isNotNull())
        : projected;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return Stages.outputSchema(
        this,
        schema,
        OptionalInt.of(outputDimension()),
        specification().text().isPresent() && !isBack() ? Stages.TEXT_INPUT : Stages.NUMBERS_INPUT);
  }

  /** The input column as this model reads it. */
  private Features features(Dataset<Row> rows) {
    ProjectionSpec matrix = specification().matrix();
    return Stages.features(
        rows,
        getInputCol(),
        isBack() ? OptionalLong.of(matrix.k()) : matrix.d(),
        specification().text());
  }

  /** Length of the output column's rows: k, or d on the way back. */
  int outputDimension() {
    return isBack()
        ? Math.toIntExact(specification().matrix().d().getAsLong())
        : specification().matrix().k();
  }

  boolean isBack() {
    return getDirection().equals("back-project");
  }

  @Override
  public RandomProjectionModel copy(ParamMap extra) {
    RandomProjectionModel copy = new RandomProjectionModel(uid, settled);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this);
  }

  /** Reader of saved models. */
  public static MLReader<RandomProjectionModel> read() {
    return new ModelFiles.Reader();
  }

  /**
   * Loads a saved model.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if its specification is of a version that
   *     this one does not know
   */
  public static RandomProjectionModel load(String path) throws IOException {
    return read().load(path);
  }

  @Override
  public String toString() {
    ProjectionSpec matrix = specification().matrix();
    return "RandomProjectionModel: uid="
        + uid
        + ", family="
        + matrix.family().key()
        + ", k="
        + matrix.k()
        + ", seed="
        + matrix.seed();
  }
}
