// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.lowrank.SvdSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;

/**
 * Whether a decomposition whose tall matrices are held whole fits: six of them on the driver, and W
 * with the sum of one task on an executor, 8 n l bytes each.
 */
final class HeldWhole {
  /** Arrays of n x l doubles that live at the same time: W, A'Y twice, A'Q, V and what V lacks. */
  static final int MATRICES = 6;

  /** W, and A'Y of the task. */
  private static final int OF_TASK = 2;

  private static final String REMEDY =
      ", lower k or oversampling, use the job svd, which holds wide matrices in blocks of columns,"
          + " or project the features to fewer first (RandomProjection)";

  private HeldWhole() {}

  /** Columns that a pass can come to have. */
  static int width(int n, SvdSettings settings) {
    return settings.reads() == 1 ? settings.startWidth(n) : settings.mostWidth(n);
  }

  /** What the driver holds. */
  static double driverBytes(int n, SvdSettings settings) {
    return bytes(MATRICES, n, settings);
  }

  private static double bytes(int matrices, int n, SvdSettings settings) {
    return (double) matrices * Double.BYTES * n * width(n, settings);
  }

  /**
   * Refuses what cannot fit into the heaps there are.
   *
   * @param n number of columns
   * @throws LemmaException (code 3) with the memory that it would take
   */
  static void require(int n, SvdSettings settings, SparkContext context) {
    long driver = Runtime.getRuntime().maxMemory();
    long executor =
        context.isLocal()
            ? driver
            : context.getConf().getSizeAsBytes("spark.executor.memory", "1g");
    List<Problem> problems = problems(n, settings, driver, executor);
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
  }

  /**
   * What does not fit.
   *
   * @param driver bytes of the driver's heap
   * @param executor bytes of an executor's heap
   */
  static List<Problem> problems(int n, SvdSettings settings, long driver, long executor) {
    List<Problem> problems = new ArrayList<>();
    String shape = " of d = " + n + " by k + oversampling = " + width(n, settings) + " numbers";
    if (driverBytes(n, settings) > driver) {
      problems.add(
          new Problem(
              "inputCol",
              "the driver holds " + MATRICES + " matrices" + shape,
              ByteSize.describe(driverBytes(n, settings)),
              "at most its heap, " + ByteSize.describe(driver),
              "raise spark.driver.memory" + REMEDY));
    }
    if (bytes(OF_TASK, n, settings) > executor) {
      problems.add(
          new Problem(
              "inputCol",
              "a task holds " + OF_TASK + " matrices" + shape,
              ByteSize.describe(bytes(OF_TASK, n, settings)),
              "at most the executor's heap, " + ByteSize.describe(executor),
              "raise spark.executor.memory" + REMEDY));
    }
    return problems;
  }
}
