// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import dev.lemma.kit.data.ColumnNames;
import dev.lemma.kit.data.RowReader;
import dev.lemma.math.neighbors.JoinSides;
import dev.lemma.math.neighbors.Metric;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that are searched: adds the nearest of them to each query. The search runs when {@link
 * #transform} is called, on the method that its solver finds cheaper; what it returns is lazy only
 * in putting the result to the queries' columns. Queries with equal ids share the neighbours of all
 * of them, so ids should differ.
 */
public final class NeighborJoinModel extends Model<NeighborJoinModel>
    implements NeighborParams, MLWritable {
  private static final long serialVersionUID = 1L;
  private static final String QUERY = "_lemma_query";

  /**
   * The rows that are searched.
   *
   * @param packed their ids and packed features
   * @param dense d where rows are packed dense, 0 where sparse
   * @param d number of features, 0 for texts
   * @param rows their number
   * @param bytes of the packed features
   */
  record Kept(Dataset<Row> packed, int dense, long d, long rows, long bytes) {}

  private final String uid;
  private final NeighborParamSet own;
  private final transient Kept kept;

  NeighborJoinModel(String uid, Kept kept) {
    this.uid = uid;
    this.own = new NeighborParamSet(this);
    own.setDefaults(this);
    this.kept = kept;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public NeighborParamSet own() {
    return own;
  }

  /** Number of rows that are searched. */
  public long rows() {
    return kept.rows();
  }

  /**
   * Finds the nearest rows of each query.
   *
   * @throws dev.lemma.kit.run.LemmaException (code 3) if a column is missing or of another type, a
   *     query is bad, or more pairs than the budget would be compared
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> asking = dataset.toDF();
    NeighborInput input = NeighborJoin.input(this, asking, known());
    RowReader reader = input.reader();
    PointSet queries = input.points(reader, NeighborJoin.checked(input, reader));
    PointSet data = PointSet.of(kept.packed(), kept.dense(), kept.rows(), kept.bytes());
    Search search =
        new Search(
            NeighborTask.TOP_K,
            Metric.parse(getDistance()),
            JoinSides.TWO,
            getK(),
            getRadius() > 0 ? getRadius() : Double.POSITIVE_INFINITY);
    Choice choice = Choice.of(join(), getSeed(), search, queries, data, asking.sparkSession());
    choice.refuseAbove(getBudget());
    Found found = choice.find(search, queries, data, getBudget());
    Dataset<Row> lists =
        new Results(asking.sparkSession(), search, queries, data)
            .of(found, new Components(Components.ONE_TASK))
            .filter(col(Results.DISTANCE).leq(search.radius()))
            .groupBy(col(Results.ID).as(QUERY))
            .agg(
                sort_array(
                        collect_list(
                            struct(
                                col(Results.DISTANCE), col(Results.RANK), col(Results.NEIGHBOR))))
                    .as("found"))
            .withColumn(
                getOutputCol(),
                expr(
                    "transform(found, e -> named_struct('id', e.neighbor, 'distance', e.distance))"))
            .drop("found");
    return asking
        .join(lists, ColumnNames.column(getIdCol()).equalTo(col(QUERY)), "left")
        .drop(QUERY)
        .withColumn(
            getOutputCol(),
            coalesce(
                ColumnNames.column(getOutputCol()),
                array().cast(lists.schema().apply(getOutputCol()).dataType())));
  }

  private OptionalLong known() {
    return kept.d() > 0 ? OptionalLong.of(kept.d()) : OptionalLong.empty();
  }

  private JoinConfig join() {
    return new JoinConfig(
        NeighborTask.TOP_K,
        getK(),
        OptionalDouble.empty(),
        Metric.parse(getDistance()),
        NeighborMethod.valueOf(getMethod().toUpperCase(Locale.ROOT)),
        getRecall(),
        OptionalDouble.empty(),
        getBudget(),
        OptionalLong.empty());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return NeighborJoin.output(this, schema);
  }

  @Override
  public NeighborJoinModel copy(ParamMap extra) {
    return copyValues(new NeighborJoinModel(uid, kept), extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Reader of saved models. */
  public static MLReader<NeighborJoinModel> read() {
    return new Reader();
  }

  /** Loads a saved model. */
  public static NeighborJoinModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final NeighborJoinModel model;

    Writer(NeighborJoinModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      model.kept.packed().write().parquet(path + "/rows");
      sparkSession()
          .range(1)
          .selectExpr(
              model.kept.dense() + " as dense",
              model.kept.d() + "L as d",
              model.kept.rows() + "L as rows",
              model.kept.bytes() + "L as bytes")
          .coalesce(1)
          .write()
          .json(path + "/sizes");
    }
  }

  private static final class Reader extends MLReader<NeighborJoinModel> {
    @Override
    public NeighborJoinModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), NeighborJoinModel.class.getName());
      Row sizes = sparkSession().read().json(path + "/sizes").head();
      NeighborJoinModel model =
          new NeighborJoinModel(
              metadata.uid(),
              new Kept(
                  sparkSession().read().parquet(path + "/rows"),
                  (int) sizes.<Long>getAs("dense").longValue(),
                  sizes.<Long>getAs("d"),
                  sizes.<Long>getAs("rows"),
                  sizes.<Long>getAs("bytes")));
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    }
  }

  /** Column of vectors, arrays of numbers, or text. */
  public NeighborJoinModel setInputCol(String value) {
    return (NeighborJoinModel) set(inputCol(), value);
  }

  /** Column that names rows, in the rows and in queries. */
  public NeighborJoinModel setIdCol(String value) {
    return (NeighborJoinModel) set(idCol(), value);
  }

  /** Column of the neighbours: an array of id and distance. */
  public NeighborJoinModel setOutputCol(String value) {
    return (NeighborJoinModel) set(outputCol(), value);
  }

  /** Most neighbours of a query. */
  public NeighborJoinModel setK(int value) {
    return (NeighborJoinModel) set(k(), value);
  }

  /** Largest distance of a neighbour; 0 sets no limit but k. */
  public NeighborJoinModel setRadius(double value) {
    return (NeighborJoinModel) set(radius(), value);
  }

  /** {@code auto}, {@code exact} or {@code lsh}. */
  public NeighborJoinModel setMethod(String value) {
    return (NeighborJoinModel) set(method(), value);
  }

  /** Share of the true neighbours that hashes are to find, in (0, 1). */
  public NeighborJoinModel setRecall(double value) {
    return (NeighborJoinModel) set(recall(), value);
  }

  /** Most pairs that may be compared. */
  public NeighborJoinModel setBudget(long value) {
    return (NeighborJoinModel) set(budget(), value);
  }

  /** Key of the hash functions. */
  public NeighborJoinModel setSeed(long value) {
    return (NeighborJoinModel) set(seed(), value);
  }
}
