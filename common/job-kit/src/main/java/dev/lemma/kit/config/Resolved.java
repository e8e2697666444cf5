// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A configuration as it was understood: every key with its value and where that came from. Secrets
 * are masked from the start; this object never holds one.
 */
public final class Resolved {
  /**
   * One key.
   *
   * @param path the names that lead to the key
   * @param value what was understood, already masked, or null when the key is unset
   * @param origin where it came from
   * @param effect what the key decides
   */
  record Entry(List<String> path, ConfigValue value, Origin origin, Effect effect) {
    String key() {
      return String.join(".", path);
    }
  }

  private final List<Entry> entries;

  Resolved(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Every key on a line with its value and origin, in the order of the job's record, readable as
   * HOCON again: {@code eps = 0.2 # job.conf:3}. Keys without a value stand in comments.
   */
  public String render() {
    Map<String, String> origins = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.value() == null) {
        origins.put("# " + entry.key(), "unset");
      } else {
        String key = ConfigUtil.joinPath(entry.path());
        origins.put(key + " = " + json(entry.value()), entry.origin().toString());
      }
    }
    int width =
        origins.keySet().stream().mapToInt(String::length).filter(n -> n <= 60).max().orElse(0);
    return origins.entrySet().stream()
        .map(line -> pad(line.getKey(), width) + "  # " + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** The masked configuration as JSON without white space: keys sorted, fallbacks included. */
  public String maskedJson() {
    return json(entry -> true);
  }

  /** The SHA-256 of {@link #maskedJson()} in UTF-8, as 64 hexadecimal digits. */
  public String sha256() {
    return sha256(maskedJson());
  }

  /**
   * The SHA-256, as 64 hexadecimal digits, of the same JSON restricted to keys of these effects: a
   * resume compares {@link Effect#RESULT} and {@link Effect#DATA}, an append {@link Effect#RESULT}
   * alone.
   */
  public String sha256(Effect first, Effect... more) {
    Set<Effect> effects = Arrays.stream(more).collect(Collectors.toSet());
    effects.add(first);
    return sha256(json(entry -> effects.contains(entry.effect())));
  }

  /**
   * Where the value of a key came from, such as {@code job.conf:3}, {@code command line} or {@code
   * default}; empty for a key that is not there.
   */
  public Optional<String> origin(String key) {
    return entries.stream()
        .filter(entry -> entry.key().equals(key))
        .map(entry -> entry.origin().toString())
        .findFirst();
  }

  private String json(Predicate<Entry> wanted) {
    Map<String, Object> tree = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.value() != null && wanted.test(entry)) {
        Map<String, Object> block = tree;
        List<String> path = entry.path();
        for (String name : path.subList(0, path.size() - 1)) {
          block = block(block, name);
        }
        block.put(path.get(path.size() - 1), entry.value());
      }
    }
    return json(ConfigValueFactory.fromMap(tree));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> block(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.computeIfAbsent(name, key -> new TreeMap<String, Object>());
  }

  private static String json(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
