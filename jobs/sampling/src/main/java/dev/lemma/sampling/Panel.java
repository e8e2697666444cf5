// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lemma.math.sampling.diagnostics.Autocorrelation;
import dev.lemma.math.sampling.diagnostics.RankCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What is drawn of one parameter, of some of its chains.
 *
 * @param parameter its name
 * @param chains numbers of the chains that are drawn
 * @param iterations of each point of a trace, counted from 1
 * @param traces draws of each chain at these
 * @param ranks rank histogram of each chain against all, empty where a draw is not finite
 * @param correlations autocorrelation of each chain by lag, empty where a draw is not finite
 */
@DefaultSerializer(JavaSerializer.class)
record Panel(
    String parameter,
    long[] chains,
    double[] iterations,
    double[][] traces,
    int[][] ranks,
    double[][] correlations)
    implements Serializable {
  static final int RANK_BINS = 20;

  private static final int POINTS = 400;
  private static final int MOST_CHAINS = 8;
  private static final int MOST_LAGS = 60;

  /** The panels of some parameters: a pass over these alone. */
  static List<Panel> of(DrawsSource source, List<String> names, ChainCounts counts) {
    ColumnGroups groups = new ColumnGroups(names, names.size());
    return new ColumnPass<Panel>(source, groups, counts)
        .run(
            () ->
                (column, notFinite, draws) -> of(names.get(column), counts, notFinite == 0, draws))
        .collect();
  }

  private static Panel of(String name, ChainCounts counts, boolean finite, double[] draws) {
    int n = counts.draws();
    int[] drawn = spread(counts.size(), MOST_CHAINS);
    int[] points = spread(n, POINTS);
    double[][] traces = new double[drawn.length][];
    double[][] correlations = new double[finite ? drawn.length : 0][];
    int[][] ranks = new int[finite ? drawn.length : 0][];
    int[][] allRanks = finite ? RankCounts.of(draws, counts.size(), RANK_BINS) : new int[0][];
    for (int k = 0; k < drawn.length; k++) {
      int at = drawn[k] * n;
      traces[k] = Arrays.stream(points).mapToDouble(i -> draws[at + i]).toArray();
      if (finite) {
        double[] all = Autocorrelation.of(Arrays.copyOfRange(draws, at, at + n));
        correlations[k] = Arrays.copyOf(all, Math.min(n, MOST_LAGS + 1));
        ranks[k] = allRanks[drawn[k]];
      }
    }
    return new Panel(
        name,
        Arrays.stream(drawn).mapToLong(c -> counts.chains()[c]).toArray(),
        Arrays.stream(points).mapToDouble(i -> i + 1).toArray(),
        traces,
        ranks,
        correlations);
  }

  /** At most so many of the first numbers, evenly. */
  private static int[] spread(int count, int most) {
    int taken = Math.min(count, most);
    int[] numbers = new int[taken];
    for (int i = 0; i < taken; i++) {
      numbers[i] = (int) ((long) i * count / taken);
    }
    return numbers;
  }
}
