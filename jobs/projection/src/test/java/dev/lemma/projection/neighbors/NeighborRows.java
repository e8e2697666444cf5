// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.RowBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows for the tests of neighbours, and what brute force finds among them. */
final class NeighborRows {
  static final SparkSession SPARK = SharedSpark.session();

  private NeighborRows() {}

  /** Clusters of rows close to a centre each, in an order that mixes them. */
  static float[][] clusters(int n, int d, int clusters, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] centres = new float[clusters][d];
    for (float[] centre : centres) {
      for (int j = 0; j < d; j++) {
        centre[j] = (float) random.nextGaussian();
      }
    }
    float[][] rows = new float[n][d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i][j] = (float) (centres[i % clusters][j] + spread * random.nextGaussian());
      }
    }
    return rows;
  }

  static Dataset<Row> frame(float[][] rows) {
    List<Row> frame = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      frame.add(RowFactory.create((long) i, rows[i]));
    }
    return SPARK.createDataFrame(
        frame,
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("x", DataTypes.createArrayType(DataTypes.FloatType), true));
  }

  /** The points of rows that come in so many partitions, in so many tiles. */
  static PointSet points(float[][] rows, Metric metric, int partitions, int tiles) {
    NeighborInput input =
        NeighborJoin.input(
            new NeighborJoin().setInputCol("x"),
            frame(rows).repartition(partitions),
            OptionalLong.empty());
    RowReader reader = input.reader();
    RowCheck check = input.draw(reader);
    Regions regions =
        Regions.of(metric, input.dimension(), check.sample(), check.counts().accepted());
    return PointSet.of(
        input.packed(reader, regions),
        input.dimension(),
        check.counts().accepted(),
        check.bytes(),
        regions,
        tiles);
  }

  /** The pairs that were found, as ids of their only rows, each once. */
  static TreeSet<String> pairs(Found found, Search search, PointSet queries, PointSet data) {
    return lines(
        new Results(SPARK, search, queries, data).of(found, new Components(Components.ONE_TASK)));
  }

  static void write(Dataset<Row> rows, Path path) {
    rows.write().mode("overwrite").parquet(path.toString());
  }

  /** Distances of row i of one table to all of another. */
  static double[] distances(Metric metric, float[][] left, int i, float[][] right) {
    RowBlock one = block(left);
    RowBlock other = block(right);
    double[] distances = new double[right.length];
    for (int j = 0; j < right.length; j++) {
      distances[j] = one.distance(metric, i, other, j);
    }
    return distances;
  }

  static RowBlock block(float[][] rows) {
    int d = rows[0].length;
    float[] all = new float[rows.length * d];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * d, d);
    }
    return RowBlock.dense(all, rows.length, d);
  }

  /** Pairs within a radius, as texts of id, neighbor and the bits of the distance. */
  static TreeSet<String> within(Metric metric, float[][] rows, double radius) {
    RowBlock block = block(rows);
    TreeSet<String> pairs = new TreeSet<>();
    for (int i = 0; i < rows.length; i++) {
      for (int j = i + 1; j < rows.length; j++) {
        double distance = block.distance(metric, i, block, j);
        if (distance <= radius) {
          pairs.add(i + " " + j + " " + distance);
        }
      }
    }
    return pairs;
  }

  /** The k lowest distances of each row to the others, ascending. */
  static List<List<Double>> nearest(Metric metric, float[][] rows, int k) {
    List<List<Double>> lists = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      double[] distances = distances(metric, rows, i, rows);
      distances[i] = Double.POSITIVE_INFINITY;
      Arrays.sort(distances);
      lists.add(Arrays.stream(distances).limit(Math.min(k, rows.length - 1)).boxed().toList());
    }
    return lists;
  }

  static TreeSet<String> lines(Dataset<Row> rows) {
    TreeSet<String> lines = new TreeSet<>();
    for (Row row : rows.collectAsList()) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.length(); c++) {
        line.append(c == 0 ? "" : " ").append(row.get(c));
      }
      if (!lines.add(line.toString())) {
        throw new AssertionError("a line comes twice: " + line);
      }
    }
    return lines;
  }

  static Dataset<Row> read(Path output) {
    return SPARK.read().parquet(output.toString());
  }

  /** The distances that a top-k run wrote, row after row by rank. */
  static List<List<Double>> lists(Path output, int rows) {
    List<List<Double>> lists = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      lists.add(new ArrayList<>());
    }
    List<Row> all = new ArrayList<>(read(output).collectAsList());
    all.sort(Comparator.comparingInt(row -> row.<Integer>getAs("rank")));
    for (Row row : all) {
      List<Double> list = lists.get((int) row.<Long>getAs("id").longValue());
      list.add(row.getAs("distance"));
      if (list.size() != row.<Integer>getAs("rank")) {
        throw new AssertionError("ranks of a row do not count from 1");
      }
    }
    return lists;
  }

  static JobCall run(Path input, Path output, String... keys) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "input.path=" + input,
                "columns.id=id",
                "columns.features=[x]",
                "output.path=" + output,
                "output.mode=overwrite",
                "report=false"));
    all.addAll(List.of(keys));
    return JobCall.of(new NeighborsJob(), all.toArray(String[]::new));
  }
}
