// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lemma.kit.config.Effect;
import dev.lemma.kit.config.Resolved;
import dev.lemma.kit.io.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Collects what a manifest tells. Thread-safe: a signal may want a manifest at any time. */
final class RunRecord {
  private final String run;
  private final String job;
  private final Instant started;
  private final JsonNode config;
  private final String configHash;
  private final String results;
  private final long seed;
  private Bits bits = Bits.LAYOUT;
  private final Map<String, Manifest.Input> inputs = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, Object> metrics = new LinkedHashMap<>();
  private final List<PhaseCounts> phases = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Manifest.Rows rows = new Manifest.Rows(0, 0, 0);
  private Map<String, String> environment = Environment.of(Optional.empty());

  RunRecord(String run, String job, Instant started, Resolved resolved, long seed) {
    this.run = run;
    this.job = job;
    this.started = started;
    this.config = ManifestJson.parse(resolved.maskedJson());
    this.configHash = resolved.sha256();
    this.results = resolved.sha256(Effect.RESULT);
    this.seed = seed;
  }

  String run() {
    return run;
  }

  Instant started() {
    return started;
  }

  /** Hash of the keys that decide results. */
  String configuration() {
    return results;
  }

  synchronized void bits(Bits state) {
    bits = state;
  }

  synchronized void input(String key, Manifest.Input input) {
    inputs.put(key, input);
  }

  synchronized void source(String key, String description) {
    sources.put(key, description);
  }

  synchronized void metric(String name, Object value) {
    metrics.put(name, value);
  }

  synchronized void phase(PhaseCounts counts) {
    phases.add(counts);
  }

  synchronized void warn(String message) {
    warnings.add(message);
  }

  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }

  synchronized void rows(long read, long written, long rejected) {
    rows =
        new Manifest.Rows(rows.read() + read, rows.written() + written, rows.rejected() + rejected);
  }

  /** Notes what the session is, while it is there. */
  synchronized void session(Optional<SparkSession> session) {
    if (session.isPresent()) {
      environment = Environment.of(session);
    }
  }

  synchronized Manifest manifest(Manifest.Outcome outcome, Optional<Published> output) {
    return new Manifest(
        run,
        job,
        started,
        outcome,
        Map.copyOf(environment),
        config,
        configHash,
        seed,
        bits,
        new LinkedHashMap<>(inputs),
        new LinkedHashMap<>(sources),
        output,
        rows,
        new LinkedHashMap<>(metrics),
        List.copyOf(phases),
        List.copyOf(warnings));
  }
}
