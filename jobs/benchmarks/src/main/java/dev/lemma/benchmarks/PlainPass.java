// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import java.util.stream.IntStream;

/**
 * A pass as anyone would write it first: the log likelihoods of C proposals of a logistic model in
 * plain loops over arrays, a thread for each core, each with rows of its own.
 */
final class PlainPass {
  private final LogisticRows rows;
  private final int threads;

  PlainPass(LogisticRows rows, int threads) {
    this.rows = rows;
    this.threads = threads;
  }

  /**
   * One pass.
   *
   * @param proposals C x d numbers, row by row
   * @return C log likelihoods
   */
  double[] logLikelihoods(double[] proposals) {
    int count = proposals.length / rows.columns();
    double[][] parts = new double[threads][count];
    Workers.run(
        threads,
        t -> {
          int from = (int) ((long) rows.rows() * t / threads);
          int to = (int) ((long) rows.rows() * (t + 1) / threads);
          add(proposals, from, to, parts[t]);
        });
    return IntStream.range(0, count)
        .mapToDouble(
            c -> {
              double sum = 0;
              for (double[] part : parts) {
                sum += part[c];
              }
              return sum;
            })
        .toArray();
  }

  private void add(double[] proposals, int from, int to, double[] sums) {
    int d = rows.columns();
    double[] x = rows.x();
    double[] labels = rows.labels();
    for (int i = from; i < to; i++) {
      for (int c = 0; c < sums.length; c++) {
        double z = 0;
        for (int j = 0; j < d; j++) {
          z += x[i * d + j] * proposals[c * d + j];
        }
        sums[c] += labels[i] * z - Math.max(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
      }
    }
  }
}
