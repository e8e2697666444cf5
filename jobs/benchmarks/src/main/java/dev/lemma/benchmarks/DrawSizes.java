// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Draws to diagnose, from system properties {@code bench.<name>}: Gaussian autoregressions, the
 * correlation of neighbours going through 0, 0.1, ... 0.9 and 0.98 from parameter to parameter.
 *
 * @param chains C
 * @param draws n of each chain
 * @param parameters P
 * @param repeats measured rounds, after one that warms up
 */
record DrawSizes(int chains, int draws, int parameters, int repeats) implements Serializable {
  private static final double[] MEMORY = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98};

  static DrawSizes ofProperties() {
    return new DrawSizes(
        Integer.getInteger("bench.chains", 4),
        Integer.getInteger("bench.draws", 10_000),
        Integer.getInteger("bench.parameters", 1_000),
        Integer.getInteger("bench.repeats", 3));
  }

  private static double memory(int parameter) {
    return MEMORY[parameter % MEMORY.length];
  }

  /** The next state of a chain. */
  private static double next(int parameter, int chain, long draw, double last) {
    double[] pair = new double[2];
    long[] block = new long[4];
    StreamKey.of(1, "bench/draws").block(parameter, draw, chain, 0, block);
    Variates.gaussianPair(block[0], block[1], pair, 0);
    double memory = memory(parameter);
    return draw == 0 ? pair[0] : memory * last + Math.sqrt(1 - memory * memory) * pair[0];
  }

  /** A wide table, a file for each chain. */
  void writeParquet(SparkSession spark, Path folder) {
    StructType schema =
        new StructType().add("chain", DataTypes.IntegerType).add("iteration", DataTypes.LongType);
    for (int j = 0; j < parameters; j++) {
      schema = schema.add("p" + (j + 1), DataTypes.DoubleType);
    }
    DrawSizes sizes = this;
    List<Integer> numbers = IntStream.range(0, chains).boxed().toList();
    JavaRDD<Row> rows =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(numbers, chains)
            .flatMap(chain -> sizes.rows(chain));
    spark.createDataFrame(rows, schema).write().mode(SaveMode.Overwrite).parquet(folder.toString());
  }

  private Iterator<Row> rows(int chain) {
    double[] state = new double[parameters];
    return IntStream.range(0, draws)
        .mapToObj(
            i -> {
              Object[] cells = new Object[parameters + 2];
              cells[0] = chain + 1;
              cells[1] = i + 1L;
              for (int j = 0; j < parameters; j++) {
                state[j] = next(j, chain, i, state[j]);
                cells[j + 2] = state[j];
              }
              return RowFactory.create(cells);
            })
        .iterator();
  }

  /** The same draws as doubles, little endian: parameter after parameter, chain after chain. */
  void writeBinary(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int j = 0; j < parameters; j++) {
        for (int c = 0; c < chains; c++) {
          double state = 0;
          for (int i = 0; i < draws; i++) {
            state = next(j, c, i, state);
            out.write(buffer.putDouble(0, state).array());
          }
        }
      }
    }
  }
}
