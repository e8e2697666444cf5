// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads stored JSON without guessing: a number that is none, or a key that is not known, would be
 * another thing without a word. What does not fit is an {@link IllegalArgumentException} that names
 * the key and no value.
 */
public final class StrictJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** The one value that the text holds. */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  /** Refuses keys that are not among these. */
  public static void requireKnown(JsonNode node, Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new IllegalArgumentException("unknown key \"" + name + "\"");
      }
    }
  }

  /** The text at a key. */
  public static String text(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("\"" + key + "\" is no text");
    }
    return value.asText();
  }

  /** The whole number at a key. */
  public static long whole(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("\"" + key + "\" is no whole number");
    }
    return value.asLong();
  }

  /** The whole number at a key, in the range of {@code int}. */
  public static int small(JsonNode node, String key) {
    long value = whole(node, key);
    if (value != (int) value) {
      throw new IllegalArgumentException("\"" + key + "\" is out of range");
    }
    return (int) value;
  }

  /** The number at a key. */
  public static double number(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isNumber()) {
      throw new IllegalArgumentException("\"" + key + "\" is no number");
    }
    return value.asDouble();
  }

  /** The numbers at a key; {@code null} among them is NaN. */
  public static double[] numbers(JsonNode node, String key) {
    JsonNode list = list(node, key);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode value = list.get(i);
      if (!value.isNumber() && !value.isNull()) {
        throw new IllegalArgumentException("\"" + key + "\" has an element that is no number");
      }
      numbers[i] = value.isNull() ? Double.NaN : value.asDouble();
    }
    return numbers;
  }

  /** The whole numbers at a key, in the range of {@code int}. */
  public static List<Integer> smalls(JsonNode node, String key) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode value : list(node, key)) {
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        throw new IllegalArgumentException("\"" + key + "\" has an element that is no number");
      }
      numbers.add(value.asInt());
    }
    return numbers;
  }

  /** The texts at a key. */
  public static List<String> texts(JsonNode node, String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : list(node, key)) {
      if (!value.isTextual()) {
        throw new IllegalArgumentException("\"" + key + "\" has an element that is no text");
      }
      texts.add(value.asText());
    }
    return texts;
  }

  /** The list at a key. */
  public static JsonNode list(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isArray()) {
      throw new IllegalArgumentException("\"" + key + "\" is no list");
    }
    return value;
  }

  /** What stands at a key. */
  public static JsonNode required(JsonNode node, String key) {
    if (!node.has(key)) {
      throw new IllegalArgumentException("no \"" + key + "\"");
    }
    return node.get(key);
  }
}
