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

  /**
   * Chain and iteration, both from 1, log density where it is known, then one column for each
   * parameter.
   */
  static Dataset<Row> table(SparkSession spark, Chains draws) {
    int n = draws.draws();
    int width = draws.dimension() + (isKnown(draws) ? 1 : 0);
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
    List<String> names = new ArrayList<>(isKnown(draws) ? List.of(LOG_DENSITY) : List.of());
    names.addAll(draws.names());
    return names;
  }

  /** Whether the sampler knows log densities; a Gibbs sampler may not. */
  private static boolean isKnown(Chains draws) {
    return !Double.isNaN(draws.logDensities(0)[0]);
  }

  /** The numbers of a chain, draw by draw. */
  private static double[] chain(Chains draws, int c) {
    int first = isKnown(draws) ? 1 : 0;
    int width = draws.dimension() + first;
    double[] densities = draws.logDensities(c);
    double[] values = new double[draws.draws() * width];
    for (int i = 0; i < draws.draws(); i++) {
      if (first == 1) {
        values[i * width] = densities[i];
      }
      System.arraycopy(draws.draw(c, i), 0, values, i * width + first, width - first);
    }
    return values;
  }
}
