// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.Chains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Draws as a table and as files, the log density before the parameters. */
final class DrawTables {
  static final String LOG_DENSITY = "lp__";

  private DrawTables() {}

  /** Chain and iteration, both from 1, log density, then one column for each parameter. */
  static Dataset<Row> table(SparkSession spark, Chains draws) {
    int n = draws.draws();
    int width = draws.dimension() + 1;
    double[] values = new double[draws.chains() * n * width];
    for (int c = 0; c < draws.chains(); c++) {
      System.arraycopy(chain(draws, c), 0, values, c * n * width, n * width);
    }
    return DrawsTable.of(spark, names(draws), draws.chains(), n, values);
  }

  /** A chain as a file of CmdStan's shape. */
  static byte[] csv(Chains draws, int chain, String model, Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    try {
      CmdStanCsv.write(
          text, model, chain + 1, settings, names(draws), draws.draws(), chain(draws, chain));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(Chains draws) {
    List<String> names = new ArrayList<>(List.of(LOG_DENSITY));
    names.addAll(draws.names());
    return names;
  }

  /** n x (1 + d) numbers. */
  private static double[] chain(Chains draws, int c) {
    int d = draws.dimension();
    double[] densities = draws.logDensities(c);
    double[] values = new double[draws.draws() * (d + 1)];
    for (int i = 0; i < draws.draws(); i++) {
      values[i * (d + 1)] = densities[i];
      System.arraycopy(draws.draw(c, i), 0, values, i * (d + 1) + 1, d);
    }
    return values;
  }
}
