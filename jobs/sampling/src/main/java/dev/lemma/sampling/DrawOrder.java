// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the rows of blocks belong: draw i of chain c at c n + i, i being the rank of the iteration
 * in its chain. Blocks may come in any order.
 */
final class DrawOrder {
  /** A row that was trimmed away. */
  private static final int NOWHERE = -1;

  private final int[][] targets;

  private DrawOrder(int[][] targets) {
    this.targets = targets;
  }

  /**
   * The order of a parameter's blocks.
   *
   * @param parameter its name, for messages
   * @throws LemmaException with {@link ExitCode#INPUT} where a chain lacks draws or has an
   *     iteration twice
   */
  static DrawOrder of(String parameter, List<DrawBlock> blocks, ChainCounts counts) {
    int chains = counts.size();
    int[] sizes = new int[chains];
    for (DrawBlock block : blocks) {
      for (long chain : block.chains()) {
        int c = counts.indexOf(chain);
        if (c < 0) {
          throw lacking(parameter, chain, 1, 0);
        }
        sizes[c]++;
      }
    }
    for (int c = 0; c < chains; c++) {
      if (sizes[c] != counts.counts()[c]) {
        throw lacking(parameter, counts.chains()[c], sizes[c], counts.counts()[c]);
      }
    }
    long[][] iterations = new long[chains][];
    long[][] places = new long[chains][];
    for (int c = 0; c < chains; c++) {
      iterations[c] = new long[sizes[c]];
      places[c] = new long[sizes[c]];
    }
    int[] filled = new int[chains];
    for (int b = 0; b < blocks.size(); b++) {
      DrawBlock block = blocks.get(b);
      for (int r = 0; r < block.rows(); r++) {
        int c = counts.indexOf(block.chains()[r]);
        iterations[c][filled[c]] = block.iterations()[r];
        places[c][filled[c]++] = (long) b << 32 | r;
      }
    }
    int[][] targets = new int[blocks.size()][];
    for (int b = 0; b < targets.length; b++) {
      targets[b] = new int[blocks.get(b).rows()];
    }
    for (int c = 0; c < chains; c++) {
      arrange(parameter, iterations[c], places[c], c, counts, targets);
    }
    return new DrawOrder(targets);
  }

  private static void arrange(
      String parameter,
      long[] iterations,
      long[] places,
      int chain,
      ChainCounts counts,
      int[][] targets) {
    int n = counts.draws();
    int[] order = ascending(iterations);
    for (int rank = 0; rank < order.length; rank++) {
      if (rank > 0 && iterations[order[rank]] == iterations[order[rank - 1]]) {
        throw twice(parameter, counts.chains()[chain]);
      }
      long place = places[order[rank]];
      targets[(int) (place >>> 32)][(int) place] = rank < n ? chain * n + rank : NOWHERE;
    }
  }

  private static int[] ascending(long[] keys) {
    int[] order = new int[keys.length];
    boolean sorted = true;
    for (int i = 0; i < keys.length; i++) {
      order[i] = i;
      sorted &= i == 0 || keys[i] > keys[i - 1];
    }
    if (sorted) {
      return order;
    }
    Integer[] boxed = new Integer[keys.length];
    Arrays.setAll(boxed, i -> i);
    Arrays.sort(boxed, Comparator.comparingLong(i -> keys[i]));
    Arrays.setAll(order, i -> boxed[i]);
    return order;
  }

  /** Writes one parameter's draws to their places; returns how many are not finite. */
  long fill(List<DrawBlock> blocks, int column, double[] into) {
    long notFinite = 0;
    for (int b = 0; b < targets.length; b++) {
      DrawBlock block = blocks.get(b);
      int at = (column - block.firstColumn()) * block.rows();
      for (int r = 0; r < targets[b].length; r++) {
        int target = targets[b][r];
        if (target != NOWHERE) {
          double value = block.values()[at + r];
          into[target] = value;
          notFinite += Double.isFinite(value) ? 0 : 1;
        }
      }
    }
    return notFinite;
  }

  private static LemmaException lacking(String parameter, long chain, long found, long expected) {
    return new LemmaException(
        ExitCode.INPUT,
        new Problem(
            parameter,
            "the parameter has not as many draws as others",
            (expected == 0 ? "some" : Long.toString(found)) + " in chain " + chain,
            expected == 0 ? "none" : Long.toString(expected),
            "complete the table, or leave the parameter out by key parameters"));
  }

  private static LemmaException twice(String parameter, long chain) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            parameter,
            "chain " + chain + " has an iteration twice",
            "remove repeated rows, or name the right column by draws.iteration or draws.chain"));
  }
}
