// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.io.Published;
import dev.lemma.kit.io.SourceSize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a run: the truth about its outcome when a scheduler's exit code can lie. The JSON
 * form is described by {@code lemma-manifest.schema.json}; {@link ManifestJson} writes it.
 *
 * @param run identity of the run
 * @param job the job
 * @param started start of the run
 * @param outcome how it stands
 * @param environment what it ran on, by name
 * @param config the resolved configuration, masked
 * @param configHash SHA-256 of the masked configuration
 * @param seed key of all random numbers
 * @param bits how far the result is reproducible
 * @param inputs inputs by the key that names them
 * @param sources inputs that are no files, by key
 * @param output what was published, or is to be
 * @param rows counts of rows
 * @param metrics measured values by name
 * @param phases phases in order
 * @param warnings what the user was told
 */
record Manifest(
    String run,
    String job,
    Instant started,
    Outcome outcome,
    Map<String, String> environment,
    JsonNode config,
    String configHash,
    long seed,
    Bits bits,
    Map<String, Input> inputs,
    Map<String, String> sources,
    Optional<Published> output,
    Rows rows,
    Map<String, Object> metrics,
    List<PhaseCounts> phases,
    List<String> warnings) {

  /**
   * How a run stands.
   *
   * @param status the state
   * @param ended end of the run, when it has ended
   * @param code exit code, when it has ended
   * @param failure why it did not succeed
   */
  record Outcome(
      Status status, Optional<Instant> ended, Optional<ExitCode> code, Optional<Failure> failure) {
    static Outcome running() {
      return new Outcome(Status.RUNNING, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Outcome succeeded() {
      return new Outcome(
          Status.SUCCEEDED,
          Optional.of(Instant.now()),
          Optional.of(ExitCode.DONE),
          Optional.empty());
    }

    static Outcome failed(ExitCode code, Failure failure) {
      return new Outcome(
          Status.of(code), Optional.of(Instant.now()), Optional.of(code), Optional.of(failure));
    }
  }

  /**
   * An input that is files.
   *
   * @param path as configured
   * @param size how much lay there
   */
  record Input(String path, SourceSize size) {}

  /** Counts of rows. */
  record Rows(long read, long written, long rejected) {}
}
