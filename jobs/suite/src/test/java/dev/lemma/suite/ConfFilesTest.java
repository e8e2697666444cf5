// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.config.KeyDoc;
import dev.lemma.kit.run.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The annotated configurations agree with the records of their jobs, key by key. */
class ConfFilesTest {
  /** A key that a comment leaves unset: {@code # rows = 1000000}. */
  private static final Pattern UNSET =
      Pattern.compile("(?m)^(\\s*)# ([a-z][a-z0-9-]*\\s*(?:=|\\{).*)$");

  private static final Pattern TOLD = Pattern.compile("[Dd]efault: (\\S+?)[,;.]?(\\s|$)");

  static List<Job<?>> jobs() {
    return Jobs.installed().all().stream().filter(job -> !(job instanceof StubJob)).toList();
  }

  private static Path file(Job<?> job) {
    return Checkout.file("conf/" + job.name() + ".conf");
  }

  private static Map<String, KeyDoc> keys(Job<?> job) {
    return ConfigLoader.keys(job.configuration()).stream()
        .collect(Collectors.toMap(KeyDoc::path, key -> key, (one, other) -> one, TreeMap::new));
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void theFileIsSoundAsItStands(Job<?> job) {
    assertThatCode(
            () ->
                ConfigLoader.of(List.of(file(job).toString()), List.of()).load(job.configuration()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void theFileMentionsExactlyTheKeysOfTheJob(Job<?> job) throws IOException {
    Map<String, KeyDoc> keys = keys(job);
    String all = UNSET.matcher(Files.readString(file(job))).replaceAll("$1$2");
    assertThat(values(all, keys.keySet()).keySet())
        .containsExactlyInAnyOrderElementsOf(keys.keySet());
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void aValueThatIsNotTheDefaultSaysSo(Job<?> job) throws IOException {
    List<String> lines = Files.readAllLines(file(job));
    Map<String, KeyDoc> keys = keys(job);
    values(String.join("\n", lines), keys.keySet())
        .forEach(
            (path, value) -> {
              String fallback = keys.get(path).fallback();
              if (fallback.isEmpty() || !sameValue(value, fallback)) {
                String said = said(lines, value.origin().lineNumber());
                assertThat(said).as(path).containsIgnoringCase("default");
                Matcher told = TOLD.matcher(said);
                if (told.find()) {
                  assertThat(told.group(1))
                      .as(path)
                      .isEqualTo(fallback.isEmpty() ? "unset" : fallback);
                }
              }
            });
  }

  /** The value of each key; maps of free names count as one key. */
  private static Map<String, ConfigValue> values(String hocon, Set<String> keys) {
    Map<String, ConfigValue> values = new TreeMap<>();
    collect("", ConfigFactory.parseString(hocon).root(), keys, values);
    return values;
  }

  private static void collect(
      String path, ConfigObject block, Set<String> keys, Map<String, ConfigValue> into) {
    block.forEach(
        (name, value) -> {
          String key = path.isEmpty() ? name : path + "." + name;
          if (value instanceof ConfigObject inner && !keys.contains(key)) {
            collect(key, inner, keys, into);
          } else {
            into.put(key, value);
          }
        });
  }

  private static boolean sameValue(ConfigValue value, String fallback) {
    Object wanted = ConfigFactory.parseString("v = " + fallback).getValue("v").unwrapped();
    return value.unwrapped().toString().equals(wanted.toString());
  }

  /** The line of a value, and the comments directly above it, past keys that are unset. */
  private static String said(List<String> lines, int number) {
    int first = number - 1;
    while (first > 0 && lines.get(first - 1).strip().startsWith("#")) {
      first--;
    }
    return Stream.of(lines.subList(first, number))
        .map(each -> String.join("\n", each))
        .collect(Collectors.joining("\n"));
  }
}
