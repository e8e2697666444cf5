// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lemma.kit.io.StrictJson;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;

/** What the JSON files of a model share: their first keys, and what is said of broken ones. */
final class StoredJson {
  private static final String REMEDY = "give the output.path of a run of this version of Lemma";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredJson() {}

  static ObjectNode root(String kind, int version) {
    ObjectNode root = JSON.createObjectNode();
    root.put("lemma", kind);
    root.put("version", version);
    return root;
  }

  /** The text, indented. */
  static String text(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A number; NaN and infinite ones as null. */
  static void putNumber(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  static void addNumber(ArrayNode list, double value) {
    if (Double.isFinite(value)) {
      list.add(value);
    } else {
      list.addNull();
    }
  }

  /** The number at a key, NaN for null. */
  static double number(JsonNode node, String key) {
    return StrictJson.required(node, key).isNull() ? Double.NaN : StrictJson.number(node, key);
  }

  /** The object that the text holds, if it is of this kind and version. */
  static JsonNode parse(String json, String where, String kind, int version)
      throws JsonProcessingException {
    JsonNode root = StrictJson.parse(json);
    if (!kind.equals(root.path("lemma").asText())) {
      throw new LemmaException(
          ExitCode.INPUT, new Problem(where, "is another kind of file", "", kind, REMEDY));
    }
    int found = StrictJson.small(root, "version");
    if (found != version) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              where,
              "was written by another version of Lemma",
              "version " + found,
              "version " + version,
              REMEDY));
    }
    return root;
  }

  static LemmaException unusable(String where, String found, Throwable cause) {
    return new LemmaException(
        ExitCode.INPUT, new Problem(where, "cannot be read as a model", found, "", REMEDY), cause);
  }
}
