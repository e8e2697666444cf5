// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.io.Source;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import dev.lemma.projection.KeptColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What {@code svd} has in hand before it reads the rows.
 *
 * @param matrix the rows
 * @param kept columns that travel to the output
 * @param blocks how columns are cut, or empty where W is held whole
 */
record SvdInput(MatrixRows matrix, List<String> kept, Optional<ColumnBlocks> blocks) {
  /** Column of the result. */
  static final String SCORES = "scores";

  /** Opens the input and finds out whether the work fits. */
  static SvdInput open(SvdConfig config, Run run) {
    Dataset<Row> rows = Source.read(run.spark(), config.input());
    MatrixRows matrix = MatrixRows.of(rows, config.columns(), config.d());
    List<Problem> problems = new ArrayList<>();
    List<String> kept = KeptColumns.of(config.columns(), config.output(), rows, SCORES, problems);
    SvdInput input = new SvdInput(matrix, kept, blocks(config, matrix.dimension()));
    input.check(config, problems);
    return input;
  }

  private static Optional<ColumnBlocks> blocks(SvdConfig config, int n) {
    if (config.blockColumns().isPresent()) {
      return Optional.of(ColumnBlocks.of(n, config.blockColumns().getAsInt(), config.memory()));
    }
    return HeldWhole.driverBytes(n, config.settings()) > config.memory().bytes()
        ? Optional.of(
            ColumnBlocks.fitting(n, HeldWhole.width(n, config.settings()), config.memory()))
        : Optional.empty();
  }

  private void check(SvdConfig config, List<Problem> problems) {
    int n = matrix.dimension();
    int l = HeldWhole.width(n, config.settings());
    if (config.rank().orElse(1) > n) {
      problems.add(
          new Problem(
              "rank",
              "a matrix has no more singular values than columns",
              Integer.toString(config.rank().getAsInt()),
              "at most d = " + n,
              "lower rank"));
    }
    if (blocks.isPresent() && config.isSketch()) {
      problems.add(
          new Problem(
              "memory",
              "a sketch is decomposed whole, of which the driver holds "
                  + HeldWhole.MATRICES
                  + " matrices of n = "
                  + n
                  + " by l = "
                  + l
                  + " numbers",
              ByteSize.describe(HeldWhole.driverBytes(n, config.settings())),
              "at most memory = " + ByteSize.describe(config.memory().bytes()),
              "raise memory and the driver's heap, lower rank or oversampling, set reads to at least"
                  + " 2 to have it done in blocks, or project the features to fewer first (job"
                  + " project)"));
    } else if (blocks.isPresent() && blocks.get().driverBytes(l) > config.memory().bytes()) {
      problems.add(
          new Problem(
              "memory",
              "the driver holds 4 blocks of "
                  + blocks.get().width()
                  + " by l = "
                  + l
                  + " numbers and a triangle of each of "
                  + blocks.get().count()
                  + " blocks",
              ByteSize.describe(blocks.get().driverBytes(l)),
              "at most memory = " + ByteSize.describe(config.memory().bytes()),
              "raise memory and the driver's heap, lower rank, max-rank or oversampling, leave"
                  + " block-columns out, or project the features to fewer first (job project)"));
    }
    if (!problems.isEmpty()) {
      throw new LemmaException(ExitCode.INPUT, problems);
    }
  }
}
