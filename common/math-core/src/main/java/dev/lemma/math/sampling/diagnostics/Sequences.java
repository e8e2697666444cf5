// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.diagnostics;

/**
 * Where the sequences lie in an array of draws: C chains of n draws one after the other (draw i of
 * chain c at c n + i), taken whole or as halves. An odd chain loses its middle draw when it is
 * split, a chain of one draw stays whole.
 *
 * @param starts position of the first draw of each sequence, chain by chain for whole chains; all
 *     first halves before all second halves
 * @param length draws of a sequence
 */
record Sequences(int[] starts, int length) {
  /** The chains themselves. */
  static Sequences whole(int chains, int draws) {
    int[] starts = new int[chains];
    for (int c = 0; c < chains; c++) {
      starts[c] = c * draws;
    }
    return new Sequences(starts, draws);
  }

  /** Their halves. */
  static Sequences split(int chains, int draws) {
    if (draws == 1) {
      return whole(chains, draws);
    }
    int half = draws / 2;
    int[] starts = new int[2 * chains];
    for (int c = 0; c < chains; c++) {
      starts[c] = c * draws;
      starts[chains + c] = (c + 1) * draws - half;
    }
    return new Sequences(starts, half);
  }

  /** Number of sequences. */
  int count() {
    return starts.length;
  }

  /** Number of draws in all of them. */
  int size() {
    return starts.length * length;
  }

  /** Whether all their draws are equal. */
  boolean constant(double[] draws) {
    double first = draws[starts[0]];
    for (int start : starts) {
      for (int i = start; i < start + length; i++) {
        if (draws[i] != first) {
          return false;
        }
      }
    }
    return true;
  }
}
