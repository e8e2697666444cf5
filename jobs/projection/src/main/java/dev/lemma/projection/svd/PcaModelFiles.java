// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.io.SlicedTable;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.lowrank.Preparation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A model on disk: Spark ML's {@code metadata/}, and beside it two Parquet tables, {@code values}
 * (one row) and {@code loadings} (a row for each feature).
 */
final class PcaModelFiles {
  private static final int VERSION = 1;

  private static final StructType VALUES =
      new StructType()
          .add("version", DataTypes.IntegerType, false)
          .add("preparation", DataTypes.StringType, false)
          .add("rows", DataTypes.LongType, false)
          .add("dimension", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("shares", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  /** Of the table of loadings. */
  static final StructType LOADINGS =
      new StructType()
          .add("feature", DataTypes.IntegerType, false)
          .add("mean", DataTypes.DoubleType, true)
          .add("loadings", DataTypes.createArrayType(DataTypes.DoubleType, false), false);

  private PcaModelFiles() {}

  static final class Writer extends MLWriter {
    private final RandomizedPcaModel model;

    Writer(RandomizedPcaModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      PcaModelData data = model.data();
      List<Row> loadings = new ArrayList<>();
      for (int j = 0; j < data.dimension(); j++) {
        Double mean = data.means().length == 0 ? null : (Double) data.means()[j];
        loadings.add(RowFactory.create(j, mean, data.loadings()[j]));
      }
      write(path, model, SlicedTable.of(sparkSession(), loadings, LOADINGS));
    }
  }

  /** A model whose loadings come from anywhere. */
  private static final class OtherWriter extends MLWriter {
    private final RandomizedPcaModel model;
    private final Dataset<Row> loadings;

    OtherWriter(RandomizedPcaModel model, Dataset<Row> loadings) {
      this.model = model;
      this.loadings = loadings;
    }

    @Override
    public void saveImpl(String path) {
      write(path, model, loadings);
    }
  }

  private static void write(String path, RandomizedPcaModel model, Dataset<Row> loadings) {
    SparkSession spark = loadings.sparkSession();
    DefaultParamsWriter.saveMetadata(model, path, spark);
    PcaModelData data = model.data();
    Row values =
        RowFactory.create(
            VERSION,
            data.preparation().name(),
            data.rows(),
            data.dimension(),
            data.values(),
            data.shares());
    spark
        .createDataFrame(List.of(values), VALUES)
        .coalesce(1)
        .write()
        .parquet(new Path(path, "values").toString());
    loadings.write().parquet(new Path(path, "loadings").toString());
  }

  /** Stores the model of a run, with the loadings that the driver holds. */
  static void save(Run run, MatrixRows matrix, PcaModelData data) {
    save(run, named(matrix, data).write());
  }

  /** Stores the model of a run, with loadings from anywhere. */
  static void save(Run run, MatrixRows matrix, PcaModelData data, Dataset<Row> loadings) {
    save(run, new OtherWriter(named(matrix, data), loadings));
  }

  private static RandomizedPcaModel named(MatrixRows matrix, PcaModelData data) {
    RandomizedPcaModel model = new RandomizedPcaModel("randomizedPca_svd", data);
    if (matrix.features().columns().size() == 1) {
      model.setInputCol(matrix.features().columns().get(0));
    }
    model.setOutputCol(SvdInput.SCORES);
    return model;
  }

  private static void save(Run run, MLWriter writer) {
    try {
      writer.overwrite().save(run.publication().modelPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static final class Reader extends MLReader<RandomizedPcaModel> {
    @Override
    public RandomizedPcaModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), RandomizedPcaModel.class.getName());
      Row values =
          sparkSession().read().schema(VALUES).parquet(new Path(path, "values").toString()).head();
      if (values.getInt(0) != VERSION) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                path,
                "the model is of a version that this one does not know",
                Integer.toString(values.getInt(0)),
                Integer.toString(VERSION),
                "read it with the version that wrote it, or fit it again"));
      }
      int n = values.getInt(3);
      Preparation preparation = Preparation.valueOf(values.getString(1));
      double[][] loadings = new double[n][];
      double[] means = new double[preparation == Preparation.RAW ? 0 : n];
      for (Row row :
          sparkSession()
              .read()
              .schema(LOADINGS)
              .parquet(new Path(path, "loadings").toString())
              .collectAsList()) {
        loadings[row.getInt(0)] = doubles(row, 2);
        if (means.length > 0) {
          means[row.getInt(0)] = row.getDouble(1);
        }
      }
      RandomizedPcaModel model =
          new RandomizedPcaModel(
              metadata.uid(),
              new PcaModelData(
                  doubles(values, 4),
                  doubles(values, 5),
                  loadings,
                  means,
                  values.getLong(2),
                  preparation));
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    }
  }

  private static double[] doubles(Row row, int at) {
    return row.<Double>getList(at).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
