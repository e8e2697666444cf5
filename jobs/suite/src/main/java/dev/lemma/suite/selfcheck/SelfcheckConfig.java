// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import dev.lemma.kit.config.ByteSize;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Inline;
import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Key;
import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.RunConfig;
import dev.lemma.math.function.PrimeRecurrence;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Configuration of the job {@code selfcheck}.
 *
 * @param input rows whose reading is timed
 * @param output where the table of readings goes
 * @param executors how many must take part
 * @param patience how long to wait for them
 * @param primes limit of the distributed sieve
 * @param volume bytes that an executor moves
 * @param slower how many times slower than its peers an executor may be
 * @param run what all jobs have
 */
public record SelfcheckConfig(
    @Key(
            doc =
                "Rows whose reading is timed, for two seconds a task; unset: rows that the run"
                    + " writes beside its output and removes again",
            effect = Effect.OPERATION)
        Optional<InputConfig> input,
    @Key(
            doc = "Where the table of readings goes, a row for each executor and check",
            fallback = "{ path = lemma-selfcheck, mode = overwrite }")
        OutputConfig output,
    @Key(
            doc =
                "Number of executors that must take part, else the run ends with code 5; unset: as"
                    + " many as Spark was told to start, or all that register",
            effect = Effect.OPERATION)
        OptionalInt executors,
    @Key(
            doc =
                "How long to wait for executors to register, then for the answers of all, and for"
                    + " each piece of work that they do together; who stays silent or does not end"
                    + " ends the run with code 5",
            fallback = "2m",
            effect = Effect.OPERATION)
        Duration patience,
    @Key(doc = "The primes up to this are summed by all executors together", fallback = "2000000")
        long primes,
    @Key(
            doc =
                "How much each executor writes to disk, gets over the network and shuffles; in"
                    + " memory it scans four times as much",
            type = "bytes such as 32MB or 1GB",
            fallback = "32MB",
            effect = Effect.OPERATION)
        ByteSize volume,
    @Key(
            doc =
                "An executor that is so many times slower than the median of its peers ends the run"
                    + " with code 5",
            fallback = "10",
            effect = Effect.OPERATION)
        double slower,
    @Inline RunConfig run) {
  private static final long LEAST_VOLUME = 1 << 20;
  private static final long MOST_VOLUME = 1 << 30;

  /** Checks the range of each component. */
  public SelfcheckConfig {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    if (executors.isPresent() && executors.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "executors must be at least 1, found " + executors.getAsInt());
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be above 0");
    }
    if (primes < 2 || primes > PrimeRecurrence.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "primes must lie in 2 to " + PrimeRecurrence.MAX_LIMIT + ", found " + primes);
    }
    if (volume.bytes() < LEAST_VOLUME || volume.bytes() > MOST_VOLUME) {
      throw new IllegalArgumentException("volume must lie in 1MB to 1GB, found " + volume);
    }
    if (!(slower > 1)) {
      throw new IllegalArgumentException("slower must be above 1, found " + slower);
    }
  }
}
