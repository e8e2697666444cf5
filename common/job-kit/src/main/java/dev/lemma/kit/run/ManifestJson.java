// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.io.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Writes manifests as JSON, keys in a fixed order, for people as well as programs. */
final class ManifestJson {
  /** Version of the layout. */
  static final int SCHEMA = 1;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS = 1000;

  private ManifestJson() {}

  /** The manifest in UTF-8, every text masked. */
  static byte[] bytes(Manifest manifest, Mask mask) {
    JsonNode masked = masked(tree(manifest), mask);
    return (masked.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the resolved configuration is no JSON", e);
    }
  }

  private static ObjectNode tree(Manifest manifest) {
    ObjectNode json = JSON.createObjectNode();
    json.put("schema", SCHEMA);
    json.put("run", manifest.run());
    json.put("job", manifest.job());
    outcome(manifest, json);
    json.putObject("lemma")
        .put("version", Version.current().version())
        .put("commit", Version.current().commit());
    json.set("environment", JSON.valueToTree(manifest.environment()));
    json.put("seed", manifest.seed());
    json.put("bits", manifest.bits().name().toLowerCase(Locale.ROOT));
    inputs(manifest, json.putArray("inputs"));
    manifest.output().ifPresent(output -> output(output, json));
    json.putObject("rows")
        .put("read", manifest.rows().read())
        .put("written", manifest.rows().written())
        .put("rejected", manifest.rows().rejected());
    ObjectNode metrics = json.putObject("metrics");
    manifest.metrics().forEach((name, value) -> metrics.set(name, finite(value)));
    phases(manifest, json.putArray("phases"));
    ArrayNode warnings = json.putArray("warnings");
    manifest.warnings().forEach(warnings::add);
    json.set("config", manifest.config());
    json.put("configHash", manifest.configHash());
    return json;
  }

  private static void outcome(Manifest manifest, ObjectNode json) {
    Manifest.Outcome outcome = manifest.outcome();
    json.put("status", outcome.status().word());
    json.put("started", time(manifest.started()));
    outcome
        .ended()
        .ifPresent(
            ended -> {
              json.put("ended", time(ended));
              json.put("seconds", Duration.between(manifest.started(), ended).toMillis() / MILLIS);
            });
    outcome.code().ifPresent(code -> json.put("exitCode", code.code()));
    outcome
        .failure()
        .ifPresent(
            failure ->
                json.putObject("error")
                    .put("message", failure.message())
                    .put("hint", failure.hint()));
  }

  private static void inputs(Manifest manifest, ArrayNode json) {
    manifest
        .inputs()
        .forEach(
            (key, input) ->
                json.addObject()
                    .put("key", key)
                    .put("path", input.path())
                    .put("files", input.size().files())
                    .put("bytes", input.size().bytes()));
    manifest
        .sources()
        .forEach((key, source) -> json.addObject().put("key", key).put("source", source));
  }

  private static void output(Published output, ObjectNode manifest) {
    ObjectNode json = manifest.putObject("output");
    json.put("path", output.path());
    output.table().ifPresent(table -> json.put("table", table));
    output.format().ifPresent(format -> json.put("format", format));
    json.put("mode", output.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    output.schema().ifPresent(schema -> json.put("schema", schema));
    json.put("partition-by", output.partitionBy());
    ArrayNode runs = json.putArray("runs");
    output.runs().forEach(runs::add);
    ObjectNode same = manifest.putObject("same");
    output.same().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> same.put(entry.getKey(), entry.getValue()));
  }

  private static void phases(Manifest manifest, ArrayNode json) {
    for (PhaseCounts phase : manifest.phases()) {
      json.addObject()
          .put("name", phase.name())
          .put("seconds", Math.round(phase.seconds() * MILLIS) / MILLIS)
          .put("stages", phase.stages())
          .put("tasks", phase.tasks())
          .put("tasksFailed", phase.tasksFailed())
          .put("rowsRead", phase.rowsRead())
          .put("rowsWritten", phase.rowsWritten())
          .put("shuffleBytes", phase.shuffleBytes());
    }
  }

  /** JSON has no infinities; they are written as text. */
  private static JsonNode finite(Object value) {
    return quoted(JSON.valueToTree(value));
  }

  private static JsonNode quoted(JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return JSON.getNodeFactory().textNode(node.asText());
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, quoted(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(quoted(entry.getValue())));
    }
    return node;
  }

  private static JsonNode masked(JsonNode node, Mask mask) {
    if (node.isTextual()) {
      return JSON.getNodeFactory().textNode(mask.apply(node.textValue()));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, masked(array.get(i), mask));
      }
    } else if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(masked(entry.getValue(), mask)));
    }
    return node;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
