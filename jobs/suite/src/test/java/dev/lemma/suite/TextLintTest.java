// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** House rules for every text of the repository; {@link SourcesTest} has those for Java alone. */
class TextLintTest {
  private static final Set<String> FOREIGN = Set.of(".git", "target", ".idea", ".vscode", "out");
  private static final Set<String> ENDINGS =
      Set.of("java", "md", "conf", "properties", "xml", "json", "css", "sh", "txt", "config");
  private static final Set<String> NAMES = Set.of("lemma", "run", "NOTICE", ".gitignore");

  /** Split, so that this file keeps its own rule. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  /** Home folders of machines, and hosts that only one network knows. */
  private static final Pattern MACHINE =
      Pattern.compile("(?<![\\w.])/(home|root|Users|work)/\\w|/tmp" + "/w/|[Cc]:\\\\Users");

  /** The project's own: a checkout also holds what its user makes there, such as the quickstart. */
  private static final Set<String> OURS =
      Set.of(
          ".ci",
          ".gitignore",
          ".mvn",
          "NOTICE",
          "bin",
          "common",
          "conf",
          "docs",
          "jobs",
          "CHANGELOG.md",
          "README.md",
          "pom.xml");

  private static boolean isOurs(Path root, Path file) {
    return file.equals(root) || OURS.contains(root.relativize(file).getName(0).toString());
  }

  private static List<Path> texts() throws IOException {
    Path root = Checkout.file("");
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FOREIGN.contains(String.valueOf(folder.getFileName())) || !isOurs(root, folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            String ending = name.substring(name.lastIndexOf('.') + 1);
            if (isOurs(root, file) && (ENDINGS.contains(ending) || NAMES.contains(name))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(found).hasSizeGreaterThan(200);
    return found;
  }

  private static void noLineHas(Pattern fault) throws IOException {
    List<String> faulty = new ArrayList<>();
    for (Path file : texts()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (fault.matcher(lines.get(i)).find()) {
          faulty.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(faulty).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    noLineHas(UNFINISHED);
  }

  @Test
  void noTabs() throws IOException {
    noLineHas(Pattern.compile("\t"));
  }

  @Test
  void noBlanksAtTheEndOfALine() throws IOException {
    noLineHas(Pattern.compile("\\S\\s+$"));
  }

  @Test
  void nothingOfOneMachine() throws IOException {
    noLineHas(MACHINE);
  }

  @Test
  void configurationsAndScriptsNameTheirLicence() throws IOException {
    for (Path file : texts()) {
      String name = file.toString();
      if (name.matches(".*(\\.conf|\\.sh|/bin/lemma|/\\.ci/run|/conf/.*)")) {
        assertThat(Files.readString(file).lines().limit(2))
            .as(name)
            .contains("# SPDX-License-Identifier: Apache-2.0");
      }
    }
  }
}
