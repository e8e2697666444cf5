// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.List;

/** Draws of known character: each chain an autoregression, every draw a function of its place. */
final class MadeDraws {
  private MadeDraws() {}

  static double gaussian(int parameter, int chain, long draw) {
    long[] block = new long[4];
    double[] pair = new double[2];
    StreamKey.of(21, "test/draws").block(parameter, draw, chain, 0, block);
    Variates.gaussianPair(block[0], block[1], pair, 0);
    return pair[0];
  }

  /** C x n x d draws; parameter j has the correlation 0.1 j of neighbours. */
  static double[] values(int chains, int draws, int parameters) {
    double[] values = new double[chains * draws * parameters];
    for (int c = 0; c < chains; c++) {
      for (int j = 0; j < parameters; j++) {
        double x = gaussian(j, c, 0);
        double memory = 0.1 * (j % 9);
        for (int i = 0; i < draws; i++) {
          x = memory * x + Math.sqrt(1 - memory * memory) * gaussian(j, c, i + 1L);
          values[(c * draws + i) * parameters + j] = x;
        }
      }
    }
    return values;
  }

  /** One parameter by chain. */
  static double[][] column(
      double[] values, int chains, int draws, List<String> names, String name) {
    int j = names.indexOf(name);
    double[][] column = new double[chains][draws];
    for (int c = 0; c < chains; c++) {
      for (int i = 0; i < draws; i++) {
        column[c][i] = values[(c * draws + i) * names.size() + j];
      }
    }
    return column;
  }
}
