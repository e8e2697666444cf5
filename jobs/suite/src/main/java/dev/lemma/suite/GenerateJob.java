// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.kit.data.PlanCall;
import dev.lemma.kit.run.Bits;
import dev.lemma.kit.run.Fact;
import dev.lemma.kit.run.Job;
import dev.lemma.kit.run.Run;
import dev.lemma.math.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Synthetic data with known truth: row n is the same on every cluster, however many rows are made.
 */
public final class GenerateJob implements Job<GenerateConfig> {
  /** Share of the pairs of a group of near neighbours within the radius that is recommended. */
  private static final double NEAR_SHARE = 0.9999;

  /** Rows that one Spark partition makes, where the number of files is not configured. */
  private static final long ROWS_A_PARTITION = 250_000;

  /** For {@link java.util.ServiceLoader}. */
  public GenerateJob() {}

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "synthetic data with known truth: classes, low rank, sparse counts, near neighbours";
  }

  @Override
  public Class<GenerateConfig> configuration() {
    return GenerateConfig.class;
  }

  @Override
  public Optional<OutputConfig> output(GenerateConfig config) {
    return Optional.of(config.output());
  }

  @Override
  public RunConfig settings(GenerateConfig config) {
    return config.run();
  }

  @Override
  public List<Fact> plan(GenerateConfig config, Run run) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("rows", config.rows()));
    facts.add(new Fact("partitions", Integer.toString(partitions(config)), "one file each"));
    facts.add(new Fact("passes", "0", "nothing is read; no shuffle"));
    return facts;
  }

  @Override
  public void run(GenerateConfig config, Run run) {
    run.bits(Bits.ANY);
    run.publication().requireSame("configuration", run.configuration());
    GeneratedRow generator = new GeneratedRow(config);
    Dataset<Row> rows = rows(config, generator, run);
    run.phase("generate rows", () -> run.publication().write(rows));
    run.phase("write truth", () -> truth(config, generator, run));
    run.rows(0, config.rows(), 0);
    run.metric("rows", config.rows());
  }

  private static Dataset<Row> rows(GenerateConfig config, GeneratedRow generator, Run run) {
    Dataset<Row> ids =
        run.spark().range(0, config.rows(), 1, partitions(config)).select(functions.col("id"));
    List<Column> columns = new ArrayList<>();
    columns.add(functions.col("id"));
    if (config.data() == GenerateConfig.Kind.GAUSSIAN_CLASSES
        || config.data() == GenerateConfig.Kind.DENSE_CLUSTERS) {
      columns.add(
          PlanCall.of(generator, "label", DataTypes.IntegerType)
              .once()
              .neverNull()
              .on(functions.col("id"))
              .as("label"));
    }
    columns.add(
        PlanCall.of(generator, "features", featuresType(config))
            .once()
            .neverNull()
            .on(functions.col("id"))
            .as("features"));
    return ids.select(columns.toArray(Column[]::new));
  }

  private static DataType featuresType(GenerateConfig config) {
    if (config.type() == GenerateConfig.FeatureType.VECTOR) {
      return new VectorUDT();
    }
    return new ArrayType(
        config.run().precision() == Precision.FLOAT ? DataTypes.FloatType : DataTypes.DoubleType,
        false);
  }

  private static int partitions(GenerateConfig config) {
    long enough = (config.rows() + ROWS_A_PARTITION - 1) / ROWS_A_PARTITION;
    return config.output().partitions().orElse((int) Math.max(1, Math.min(enough, 10_000)));
  }

  /** What is known: the numbers to the manifest, what has a value for each feature to a table. */
  private static void truth(GenerateConfig config, GeneratedRow generator, Run run) {
    switch (config.data()) {
      case GAUSSIAN_CLASSES -> {
        List<Double> offsets = new ArrayList<>();
        List<Row> table = new ArrayList<>();
        for (int c = 0; c < config.classes(); c++) {
          offsets.add(generator.classes().offset(c));
          double[] mean = generator.classes().mean(c);
          double[] weights = generator.classes().weights(c);
          for (int j = 0; j < mean.length; j++) {
            table.add(RowFactory.create(c, j, mean[j], weights[j]));
          }
        }
        run.metric(
            "truth",
            Map.of(
                "prior",
                1.0 / config.classes(),
                "condition",
                config.condition(),
                "separation",
                config.separation(),
                "logit-offsets",
                offsets,
                "per-feature",
                "_lemma/tables/truth"));
        run.publication()
            .writeTable(
                "truth",
                run.spark()
                    .createDataFrame(
                        table,
                        new StructType()
                            .add("label", DataTypes.IntegerType, false)
                            .add("feature", DataTypes.IntegerType, false)
                            .add("mean", DataTypes.DoubleType, false)
                            .add("weight", DataTypes.DoubleType, false))
                    .coalesce(1));
      }
      case LOW_RANK -> {
        List<Double> variances = new ArrayList<>();
        List<Row> table = new ArrayList<>();
        double[] scales = generator.lowRank().scales();
        for (int r = 0; r < scales.length; r++) {
          variances.add(scales[r] * scales[r] + config.noise() * config.noise());
          double[] direction = generator.lowRank().direction(r);
          for (int j = 0; j < direction.length; j++) {
            table.add(RowFactory.create(r, j, direction[j]));
          }
        }
        run.metric(
            "truth",
            Map.of(
                "covariance-eigenvalues",
                variances,
                "noise-variance",
                config.noise() * config.noise(),
                "eigenvectors",
                "_lemma/tables/truth"));
        run.publication()
            .writeTable(
                "truth",
                run.spark()
                    .createDataFrame(
                        table,
                        new StructType()
                            .add("direction", DataTypes.IntegerType, false)
                            .add("feature", DataTypes.IntegerType, false)
                            .add("value", DataTypes.DoubleType, false))
                    .coalesce(1));
      }
      case SPARSE_ZIPF ->
          run.metric(
              "truth",
              Map.of(
                  "features", config.features(),
                  "draws", config.draws(),
                  "power", config.power(),
                  "probability-of-rank-j",
                      "((j + 1) / features)^(1 / power) - (j / features)^(1 / power)"));
      case DENSE_CLUSTERS -> {
        double radius = generator.clusters().radius(NEAR_SHARE);
        double pairs = generator.clusters().pairsWithin(radius, config.rows());
        run.metric(
            "truth",
            Map.of(
                "radius",
                radius,
                "expected-pairs-within-radius",
                pairs,
                "expected-neighbours-of-a-row-within-radius",
                config.rows() == 0 ? 0 : 2 * pairs / config.rows(),
                "label",
                "group of near neighbours: id / group-size"));
      }
    }
  }
}
