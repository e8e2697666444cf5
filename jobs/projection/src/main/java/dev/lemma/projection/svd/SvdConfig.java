// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.svd;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Checked;
import dev.lemma.kit.config.ColumnsConfig;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Findings;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.lowrank.Preparation;
import dev.lemma.math.lowrank.RankTarget;
import dev.lemma.math.lowrank.SvdMode;
import dev.lemma.math.lowrank.SvdSettings;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Configuration of the job {@code svd}.
 *
 * @param input where rows come from
 * @param columns which column plays which part
 * @param output where the scores go
 * @param rank how many triplets
 * @param tolerance largest relative error instead of a rank
 * @param maxRank most triplets for a tolerance
 * @param oversampling columns beyond the rank
 * @param reads of the input
 * @param mode how a power step reads
 * @param center whether the means are subtracted
 * @param scale whether columns get unit variance
 * @param score what the main table holds of a row
 * @param statistics earlier outputs whose sketches are added
 * @param d number of columns
 * @param memory most that the driver may use
 * @param blockColumns columns of a block, where blocks are wanted
 * @param maxError the gate
 * @param run what all jobs have
 */
public record SvdConfig(
    @Key(doc = "Where the rows come from") InputConfig input,
    @Key(doc = "Which column plays which part") ColumnsConfig columns,
    @Key(doc = "Where the result goes") OutputConfig output,
    @Key(doc = "Number of singular triplets; this or tolerance") OptionalInt rank,
    @Key(
            doc =
                "Largest Frobenius norm of what is left, as a share of that of the matrix, from"
                    + " 1e-7: as many triplets as it takes, up to max-rank")
        OptionalDouble tolerance,
    @Key(doc = "Most singular triplets for a tolerance", fallback = "500") int maxRank,
    @Key(
            doc =
                "Columns that are looked for beyond the rank; unset: 20, or half the rank if that is"
                    + " more")
        OptionalInt oversampling,
    @Key(
            doc =
                "How often the input is read for the decomposition, at least 1; each further read"
                    + " squares the decay of the error twice. 1 makes a sketch that can be added to"
                    + " (see statistics); a tolerance may take more",
            fallback = "3")
        int reads,
    @Key(
            doc =
                "power: one read a power step, values below 1e-8 of the largest are cut off;"
                    + " two-sided: two reads a step, values down to rounding noise",
            fallback = "power")
        SvdMode mode,
    @Key(doc = "Subtract the mean of each column: PCA", fallback = "true") boolean center,
    @Key(
            doc =
                "Divide each column by its standard deviation: PCA of correlations (needs center)",
            fallback = "false")
        boolean scale,
    @Key(
            doc =
                "What the main table holds of each row: projection on the right vectors, or its"
                    + " left-vector, whose columns are orthonormal",
            fallback = "projection")
        ScoreKind score,
    @Key(
            doc =
                "Earlier outputs of runs with reads = 1, same seed and width: the decomposition is"
                    + " that of their rows and this input's together",
            fallback = "[]")
        List<String> statistics,
    @Key(doc = "Number of columns; unset: from the column's metadata, else from one row")
        OptionalLong d,
    @Key(
            doc =
                "Most memory of the driver that the n x l matrices may take; where they would take"
                    + " more they are held in blocks, on the executors",
            fallback = "2GB",
            type = "bytes such as 512MB",
            effect = Effect.OPERATION)
        ByteSize memory,
    @Key(
            doc =
                "Columns of the input in a block; set, it asks for blocks whatever memory says;"
                    + " unset: as many as memory allows")
        OptionalInt blockColumns,
    @Key(
            doc =
                "Gate: largest relative Frobenius error; above it the run ends with code 5 and"
                    + " publishes nothing; unset: no gate",
            effect = Effect.OPERATION)
        OptionalDouble maxError,
    @Inline("kernel = fast") RunConfig run)
    implements Checked {
  /** Checks the range of each component. */
  public SvdConfig {
    statistics = List.copyOf(statistics);
    atLeast("rank", rank.orElse(1), 1);
    atLeast("max-rank", maxRank, 1);
    atLeast("oversampling", oversampling.orElse(0), 0);
    atLeast("block-columns", blockColumns.orElse(1), 1);
    atLeast("reads", reads, 1);
    if (d.orElse(1) < 1) {
      throw new IllegalArgumentException("d must be at least 1, found " + d.getAsLong());
    }
    double share = tolerance.orElse(RankTarget.LEAST_TOLERANCE);
    if (!(share >= RankTarget.LEAST_TOLERANCE && share < 1)) {
      throw new IllegalArgumentException("tolerance must lie in 1e-7 to below 1, found " + share);
    }
    if (!(maxError.orElse(0) >= 0)) {
      throw new IllegalArgumentException(
          "max-error must be at least 0, found " + maxError.getAsDouble());
    }
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + value);
    }
  }

  @Override
  public void check(Findings findings) {
    if (columns.features().isEmpty()) {
      findings.add("columns.features", "nothing to decompose", "name the column of the features");
    }
    if (rank.isPresent() == tolerance.isPresent()) {
      findings.add(
          "rank",
          rank.isPresent() ? "a rank and a tolerance at once" : "neither a rank nor a tolerance",
          "set one of rank and tolerance");
    }
    if (scale && !center) {
      findings.add("scale", "scaling is about the mean", "set center = true");
    }
    if (mode == SvdMode.TWO_SIDED && reads % 2 != 0) {
      findings.add("reads", "mode = two-sided reads twice a step", "make it even");
    }
    if (!statistics.isEmpty() && !isSketch()) {
      findings.add("statistics", "only sketches add up", "set reads = 1, mode = power and a rank");
    }
    if (reads == 1 && tolerance.isPresent()) {
      findings.add("reads", "a tolerance is met by reading again", "set reads to at least 2");
    }
    if (blockColumns.isPresent() && isSketch()) {
      findings.add(
          "block-columns",
          "a sketch is decomposed whole, by 48 d (rank + oversampling) bytes of the driver",
          "leave it out, or set reads to 2 or more");
    }
    if (run.precision() == Precision.FLOAT) {
      findings.add("precision", "decompositions are made in double precision", "leave it out");
    }
  }

  /** Whether the one read is a sketch that is stored and can be added to. */
  boolean isSketch() {
    return reads == 1 && mode == SvdMode.POWER && rank.isPresent();
  }

  Preparation preparation() {
    return scale ? Preparation.STANDARDIZED : center ? Preparation.CENTERED : Preparation.RAW;
  }

  SvdSettings settings() {
    RankTarget target =
        tolerance.isPresent()
            ? new RankTarget.Tolerance(tolerance.getAsDouble(), maxRank)
            : new RankTarget.Fixed(rank.getAsInt());
    return new SvdSettings(
        target,
        oversampling.orElse(SvdSettings.oversamplingFor(target)),
        reads,
        preparation(),
        mode,
        run.seed());
  }
}
