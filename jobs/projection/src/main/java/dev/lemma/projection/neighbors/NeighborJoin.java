// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.config.BadRows;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.FeatureColumns;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.data.RowScreen;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Keeps rows, among which the model finds the nearest of each query.
 *
 * <p>{@code new NeighborJoin().setInputCol("x").fit(rows).transform(queries)} is all that is
 * needed, where both have a column {@code id}. Fitting checks and counts the rows in one pass and
 * ends with the first bad ones; no hash is chosen before queries are known. Texts are compared by
 * the logarithms of their words' counts.
 */
public final class NeighborJoin extends Estimator<NeighborJoinModel>
    implements NeighborParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** How the stage reads texts. */
  static final TextSpec TEXT = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.LOG, RowNorm.NONE);

  private final String uid;
  private final NeighborParamSet own;

  /** A stage with a random name. */
  public NeighborJoin() {
    this(Identifiable$.MODULE$.randomUID("neighborJoin"));
  }

  /** A stage so named; Spark's loader calls this. */
  public NeighborJoin(String uid) {
    this.uid = uid;
    this.own = new NeighborParamSet(this);
    own.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public NeighborParamSet own() {
    return own;
  }

  /**
   * Keeps the rows.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if a column is missing or of another type, or
   *     there are bad rows
   */
  @Override
  public NeighborJoinModel fit(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    NeighborInput input = input(this, rows, OptionalLong.empty());
    RowReader reader = input.reader();
    RowCheck checked = checked(input, reader);
    NeighborJoinModel model =
        new NeighborJoinModel(
            uid,
            new NeighborJoinModel.Kept(
                input.packed(reader, Regions.whole()),
                input.dimension(),
                input.features().dimension().orElse(0),
                checked.counts().accepted(),
                checked.bytes()));
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  /** The rows of a table as the stage reads them. */
  static NeighborInput input(NeighborParams stage, Dataset<Row> rows, OptionalLong d) {
    ColumnsConfig columns =
        new ColumnsConfig(
            Optional.of(stage.getIdCol()),
            List.of(stage.getInputCol()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return NeighborInput.of(
        rows, FeatureColumns.resolve(rows, columns, d, Optional.of(TEXT)), stage.getIdCol());
  }

  /** Counts the rows of a table, none of which may be bad. */
  static RowCheck checked(NeighborInput input, RowReader reader) {
    RowCheck checked = input.check(reader);
    RowScreen.of(input.rows(), input.features(), reader, Optional.of(input.id()))
        .settle(checked.counts(), BadRows.FAIL, Optional.empty());
    return checked;
  }

  /** The schema with the column of neighbours; the ids' type is that of the id column. */
  static StructType output(NeighborParams stage, StructType schema) {
    StructType entry =
        new StructType()
            .add("id", schema.apply(stage.getIdCol()).dataType(), true)
            .add("distance", DataTypes.DoubleType, false);
    return schema.add(
        new StructField(
            stage.getOutputCol(), DataTypes.createArrayType(entry), true, Metadata.empty()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return output(this, schema);
  }

  @Override
  public NeighborJoin copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reader of a saved stage. */
  public static MLReader<NeighborJoin> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved stage. */
  public static NeighborJoin load(String path) throws IOException {
    return read().load(path);
  }

  /** Column of vectors, arrays of numbers, or text. */
  public NeighborJoin setInputCol(String value) {
    return (NeighborJoin) set(inputCol(), value);
  }

  /** Column that names rows, in the rows and in queries. */
  public NeighborJoin setIdCol(String value) {
    return (NeighborJoin) set(idCol(), value);
  }

  /** Column of the neighbours: an array of id and distance. */
  public NeighborJoin setOutputCol(String value) {
    return (NeighborJoin) set(outputCol(), value);
  }

  /** Most neighbours of a query. */
  public NeighborJoin setK(int value) {
    return (NeighborJoin) set(k(), value);
  }

  /** Largest distance of a neighbour; 0 sets no limit but k. */
  public NeighborJoin setRadius(double value) {
    return (NeighborJoin) set(radius(), value);
  }

  /** {@code cosine} or {@code euclidean}. */
  public NeighborJoin setDistance(String value) {
    return (NeighborJoin) set(distance(), value);
  }

  /** {@code auto}, {@code exact} or {@code lsh}. */
  public NeighborJoin setMethod(String value) {
    return (NeighborJoin) set(method(), value);
  }

  /** Share of the true neighbours that hashes are to find, in (0, 1). */
  public NeighborJoin setRecall(double value) {
    return (NeighborJoin) set(recall(), value);
  }

  /** Most pairs that may be compared. */
  public NeighborJoin setBudget(long value) {
    return (NeighborJoin) set(budget(), value);
  }

  /** Key of the hash functions. */
  public NeighborJoin setSeed(long value) {
    return (NeighborJoin) set(seed(), value);
  }
}
