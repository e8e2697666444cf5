// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.data.RowCounts;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.math.sampling.glm.Likelihood;
import java.util.List;

/** The rows of a run: found, read into leaves, and checked. */
final class PosteriorInput implements AutoCloseable {
  private final ModelRows rows;
  private final CachedLeaves leaves;
  private final int classes;
  private final long count;

  private PosteriorInput(ModelRows rows, CachedLeaves leaves, int classes, long count) {
    this.rows = rows;
    this.leaves = leaves;
    this.classes = classes;
    this.count = count;
  }

  /** Finds the columns, and sees that there is room for the draws. */
  static ModelRows open(PosteriorConfig config, Run run) {
    ColumnsConfig columns = config.columns();
    if (config.isMixture()) {
      columns =
          new ColumnsConfig(
              columns.id(),
              List.of(columns.label().orElseThrow()),
              columns.label(),
              columns.weight(),
              columns.keep());
    }
    ModelRows rows =
        ModelRows.of(Source.read(run.spark(), config.input().orElseThrow()), columns, config.d());
    DrawsRoom.require(config, DrawsRoom.parameters(config, rows.d()));
    return rows;
  }

  /**
   * Reads the rows.
   *
   * @throws LemmaException with code 3 for bad rows that may not be left out, strange labels, or no
   *     rows at all
   */
  static PosteriorInput read(PosteriorConfig config, Run run) {
    ModelRows rows = run.phase("open the input", () -> open(config, run));
    boolean constant = config.intercept() && config.family() != Likelihood.LINEAR;
    boolean keyed =
        config.isMixture()
            || config.method() == Method.GIBBS
            || config.method() == Method.CONSENSUS;
    LeafReader reader =
        new LeafReader(
            rows.reader(),
            rows.isVector(),
            rows.hasWeight(),
            rows.d(),
            constant ? 1 : 0,
            keyed,
            config.family(),
            config.classes().orElse(Integer.MAX_VALUE));
    CachedLeaves leaves =
        run.phase(
            "read rows into leaves", () -> CachedLeaves.of(rows, reader, config.run().kernel()));
    try {
      RowCounts counts = leaves.tally().counts();
      rows.screen().settle(run, config.run(), counts);
      run.rows(counts.rows(), 0, counts.rejected());
      long n = counts.accepted();
      check(rows, leaves.tally(), config, n);
      int classes = classes(config, leaves.tally());
      double bytes = 8.0 * n * (reader.features() + reader.constants() + 2);
      if (bytes <= config.driverRows().bytes()) {
        run.phase("bring rows to the driver", leaves::bringHere);
      }
      if (leaves.tally().repeats > 0
          && config.columns().id().isPresent()
          && config.hasLatentVariables()) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                "columns.id = " + config.columns().id().get(),
                leaves.tally().repeats
                    + " rows repeat an id, and method = gibbs draws for each row by its id",
                "choose a column that names each row, or leave columns.id out"));
      }
      if (leaves.tally().repeats > 0 && config.columns().id().isPresent()) {
        run.warn(
            leaves.tally().repeats
                + " rows repeat an id (column "
                + config.columns().id().get()
                + "): each counts by itself");
      }
      return new PosteriorInput(rows, leaves, classes, n);
    } catch (RuntimeException e) {
      leaves.close();
      throw e;
    }
  }

  private static void check(ModelRows rows, LeafTally tally, PosteriorConfig config, long n) {
    if (n == 0) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(rows.used(), "no row can be used", "check that the input is not empty"));
    }
    if (tally.strangeLabels > 0) {
      String likelihood = config.likelihood().text();
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              rows.labelKey(),
              tally.strangeLabels + " of " + n + " labels are none of likelihood = " + likelihood,
              "",
              config.family().labels(),
              "number the classes where the input is written, or choose another likelihood"));
    }
    if (tally.unevenWeights > 0 && config.hasLatentVariables()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "columns.weight = " + config.columns().weight().orElseThrow(),
              tally.unevenWeights
                  + " of "
                  + n
                  + " weights are not whole, and gibbs draws for a row as often as its weight says",
              "",
              "whole numbers below 2^31",
              config.isMixture() ? "repeat rows instead" : "use another method"));
    }
  }

  private static int classes(PosteriorConfig config, LeafTally tally) {
    if (config.family() != Likelihood.SOFTMAX) {
      return 2;
    }
    int most = 10_000;
    if (config.classes().isEmpty() && tally.largestLabel >= most) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "classes", "the largest label makes more than " + most + " classes", "set classes"));
    }
    return config.classes().orElse(Math.max(2, (int) tally.largestLabel + 1));
  }

  ModelRows rows() {
    return rows;
  }

  CachedLeaves leaves() {
    return leaves;
  }

  /** K. */
  int classes() {
    return classes;
  }

  /** Number of good rows. */
  long count() {
    return count;
  }

  /** What tells these rows from others: their number and an order-free hash of them. */
  String fingerprint() {
    return count + " rows " + Long.toHexString(leaves.tally().fingerprint);
  }

  @Override
  public void close() {
    leaves.close();
  }
}
