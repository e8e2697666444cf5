// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.config.KeyDoc;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README and docs say of jobs, keys, codes, files and commands is so. */
class DocsTest {
  private static final Pattern JOB_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.+?) \\|$");
  private static final Pattern CODE_ROW = Pattern.compile("(?m)^\\| ([0-9, ]+) \\| .*\\|$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern SETTING = Pattern.compile("([a-z][a-z0-9.-]*) = .+");

  /** Words of a command that stand for others, words about it, or classes only its user has. */
  private static final Pattern SYNOPSIS =
      Pattern.compile("\\[|PLAN|bin/lemma  |JOB|sampling\\.examples");

  private static final Pattern PATH = Pattern.compile("([a-z]+)\\.([a-z][a-z0-9.-]*)");

  private static final String EXAMPLE = "likelihood=dev.lemma.sampling.examples.";

  @TempDir Path folder;

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(Checkout.file("README.md"));
    pages.add(Checkout.file("CHANGELOG.md"));
    try (Stream<Path> files = Files.walk(Checkout.file("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    assertThat(pages).hasSizeGreaterThan(4);
    return pages;
  }

  private static String readme() throws IOException {
    return Files.readString(Checkout.file("README.md"));
  }

  private static String section(String page, String heading) {
    int start = page.indexOf(heading);
    assertThat(start).as(heading).isNotNegative();
    int end = page.indexOf("\n#", start + heading.length());
    return page.substring(start, end < 0 ? page.length() : end);
  }

  @Test
  void theJobTableIsThatOfTheCommand() throws IOException {
    Map<String, String> told = new TreeMap<>();
    JOB_ROW
        .matcher(section(readme(), "## Jobs"))
        .results()
        .forEach(row -> told.put(row.group(1), row.group(2)));
    Map<String, String> jobs = new TreeMap<>();
    ConfFilesTest.jobs().forEach(job -> jobs.put(job.name(), job.summary()));
    assertThat(told).isEqualTo(jobs);
  }

  @Test
  void exitCodesAreAllToldAndNoOthers() throws IOException {
    Set<Integer> codes =
        Arrays.stream(ExitCode.values()).map(ExitCode::code).collect(Collectors.toSet());
    String running = Files.readString(Checkout.file("docs/running.md"));
    assertThat(codesIn(section(readme(), "**Exit codes.**"))).isEqualTo(codes);
    assertThat(codesIn(section(running, "## Exit codes"))).isEqualTo(codes);
  }

  private static Set<Integer> codesIn(String table) {
    return CODE_ROW
        .matcher(table)
        .results()
        .flatMap(row -> Stream.of(row.group(1).split(",")))
        .map(code -> Integer.parseInt(code.strip()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void keysThatAreNamedExist(Path page) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (Job<?> job : ConfFilesTest.jobs()) {
      ConfigLoader.keys(job.configuration()).stream().map(KeyDoc::path).forEach(paths::add);
    }
    Set<String> blocks = new HashSet<>();
    // The manifest's word for how far results are reproducible is written like a key.
    Set<String> names = new HashSet<>(Set.of("bits"));
    for (String path : paths) {
      names.add(path);
      names.add(path.substring(path.lastIndexOf('.') + 1));
      if (path.contains(".")) {
        blocks.add(path.substring(0, path.indexOf('.')));
      }
    }
    String prose = Files.readString(page).replaceAll("(?s)```.*?```", "");
    for (Matcher span = SPAN.matcher(prose); span.find(); ) {
      Matcher setting = SETTING.matcher(span.group(1));
      if (setting.matches() && !span.group(1).contains("${")) {
        assertThat(names).as(span.group()).contains(setting.group(1));
      }
      Matcher path = PATH.matcher(span.group(1));
      if (path.matches() && blocks.contains(path.group(1))) {
        String name = span.group(1);
        assertThat(paths)
            .as(span.group())
            .anyMatch(key -> key.equals(name) || name.startsWith("input.options."));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    String text = Files.readString(page).replaceAll("(?s)```.*?```", "");
    for (Matcher link = LINK.matcher(text); link.find(); ) {
      String target = link.group(1);
      if (target.contains("://")) {
        continue;
      }
      int hash = target.indexOf('#');
      String name = hash < 0 ? target : target.substring(0, hash);
      Path file = name.isEmpty() ? page : page.resolveSibling(name).normalize();
      assertThat(file).as(page + ": " + target).exists();
      if (hash >= 0) {
        assertThat(anchors(file)).as(page + ": " + target).contains(target.substring(hash + 1));
      }
    }
  }

  /** Anchors of a page's headings: lower case, no punctuation, hyphens for blanks. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .replaceAll("(?s)```.*?```", "")
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsAreUnderstood(Path page) throws IOException {
    Files.writeString(folder.resolve("daily.conf"), dailyConfiguration());
    for (String line : commandLines(Files.readString(page).replace("\\\n", " "))) {
      int at = line.indexOf("bin/lemma ");
      if (at >= 0 && !SYNOPSIS.matcher(line).find()) {
        understood(line.substring(at + "bin/lemma ".length()).strip());
      }
    }
  }

  /** Lines of the blocks of code, and the code within prose. */
  private static List<String> commandLines(String page) {
    List<String> lines = new ArrayList<>();
    String[] parts = page.split("```");
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        lines.addAll(parts[i].lines().toList());
      } else {
        SPAN.matcher(parts[i]).results().map(span -> span.group(1)).forEach(lines::add);
      }
    }
    return lines;
  }

  private void understood(String command) {
    List<String> words = new ArrayList<>(List.of(command.split("\\s+")));
    if (words.get(0).equals("--submit")) {
      words = words.subList(words.indexOf("--") + 1, words.size());
    }
    if (words.get(0).equals("help")) {
      assertThat(Jobs.installed().find(words.get(1))).as(command).isPresent();
      return;
    }
    Job<?> job = Jobs.installed().find(words.get(0)).orElseThrow(() -> noJob(command));
    List<String> files = new ArrayList<>();
    List<String> assignments = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--config" -> files.add(configuration(words.get(++i)));
        case "--dry-run" -> {}
        default -> assignments.add(withoutExample(words.get(i)));
      }
    }
    assertThatCode(
            () ->
                ConfigLoader.of(files, assignments)
                    .withEnvironment(Map.of("DAY", "2026-11-22"))
                    .load(job.configuration()))
        .as(command)
        .doesNotThrowAnyException();
  }

  /** An example is a source of the checkout, which its reader compiles. */
  private static String withoutExample(String assignment) {
    if (!assignment.startsWith(EXAMPLE)) {
      return assignment;
    }
    String type = assignment.substring("likelihood=".length()).replace('.', '/');
    assertThat(Checkout.file("jobs/sampling/src/test/java/" + type + ".java")).exists();
    return "likelihood=" + StandInTarget.class.getName();
  }

  private static AssertionError noJob(String command) {
    return new AssertionError("no such job: bin/lemma " + command);
  }

  private String configuration(String name) {
    return name.endsWith("daily.conf")
        ? folder.resolve("daily.conf").toString()
        : Checkout.file(name).toString();
  }

  /** The example of the README. */
  private static String dailyConfiguration() throws IOException {
    return Stream.of(readme().split("```"))
        .filter(block -> block.contains("${DAY}"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePlanOfTheReadmeIsWhatTheCommandPrints() throws IOException {
    String printed = printed("plan", "guarantee=share");
    String block = readme().substring(readme().indexOf("PLAN (bin/lemma"));
    List<String> told = block.substring(0, block.indexOf("```")).lines().skip(2).toList();
    assertThat(told).hasSize(4).allMatch(line -> printed.lines().anyMatch(line::equals));
  }

  private static String printed(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(words, stream, stream)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theJavaOfTheReadmeIsCompiledAndRun() throws IOException {
    String code = squeezed(Files.readString(Checkout.file(ReadmeExamplesTest.SOURCE)));
    List<String> examples =
        Stream.of(readme().split("```")).filter(block -> block.startsWith("java\n")).toList();
    assertThat(examples)
        .hasSizeGreaterThan(1)
        .allMatch(example -> code.contains(squeezed(example.substring("java\n".length()))));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
