// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.linalg.Precision;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings that every job has, inlined into each job's record. A job whose defaults differ says
 * so where it inlines them: {@code @Inline("precision = float")}.
 *
 * @param seed key of all random numbers
 * @param kernel how sums are formed
 * @param precision arithmetic and output type
 * @param onBadRow what happens to rows that cannot be used
 * @param badRowLimit most bad rows that a run tolerates, or empty for no limit
 * @param report whether {@code report.html} is written
 * @param manifest folder of manifest and report when the output is no folder
 * @param spark settings handed to Spark
 */
public record RunConfig(
    @Key(doc = "Key of all random numbers: the same seed gives the same result", fallback = "0")
        long seed,
    @Key(
            doc =
                "exact: fixed order of every sum, the same bits for any partitioning; fast: the"
                    + " machine's BLAS",
            fallback = "exact")
        Kernel kernel,
    @Key(doc = "Arithmetic and output type of the kernels", fallback = "double")
        Precision precision,
    @Key(
            doc =
                "What to do with a row that cannot be used (null, NaN, infinite, another length):"
                    + " end the run, leave it out, or leave it out and keep it beside the manifest",
            fallback = "fail")
        BadRows onBadRow,
    @Key(
            doc =
                "Most bad rows to leave out before the run ends after all, as a number or a share"
                    + " such as 1%; unset: no limit",
            type = "N | N%",
            effect = Effect.OPERATION)
        Optional<BadRowLimit> badRowLimit,
    @Key(
            doc = "Write report.html beside the manifest",
            fallback = "true",
            effect = Effect.OPERATION)
        boolean report,
    @Key(
            doc = "Folder for manifest and report; required when the output is a table or JDBC",
            effect = Effect.OPERATION)
        Optional<String> manifest,
    @Key(doc = "What is handed to Spark", effect = Effect.OPERATION) SparkConfig spark) {
  /** Checks the range of each component. */
  public RunConfig {
    Objects.requireNonNull(kernel, "kernel");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(onBadRow, "onBadRow");
    Objects.requireNonNull(spark, "spark");
    Objects.requireNonNull(badRowLimit, "badRowLimit");
    if (manifest.isPresent() && manifest.get().isBlank()) {
      throw new IllegalArgumentException("manifest must name a folder, found an empty text");
    }
  }

  /** The Spark properties that the configuration sets, by name. */
  public Map<String, String> sparkConf() {
    return spark.conf();
  }
}
