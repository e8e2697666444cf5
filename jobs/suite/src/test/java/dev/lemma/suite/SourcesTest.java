// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules of the house for Java that no compiler knows; {@link TextLintTest} has those for all text.
 */
class SourcesTest {
  private static final int LONGEST = 400;
  private static final Pattern SWITCHED_OFF =
      Pattern.compile("@Dis" + "abled\\b|\\borg\\.mock" + "ito\\b");

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("common", "jobs")) {
      try (Stream<Path> files = Files.walk(Checkout.file(folder))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().contains("/src/"))
            .forEach(found::add);
      }
    }
    assertThat(found).hasSizeGreaterThan(100);
    return found;
  }

  private static void noneHas(Predicate<String> fault) throws IOException {
    noneHas(fault, "/src/");
  }

  private static void noneHas(Predicate<String> fault, String where) throws IOException {
    List<Path> faulty = new ArrayList<>();
    for (Path file : sources()) {
      if (file.toString().contains(where) && fault.test(Files.readString(file))) {
        faulty.add(file);
      }
    }
    assertThat(faulty).isEmpty();
  }

  @Test
  void everyFileNamesItsLicence() throws IOException {
    noneHas(text -> !text.startsWith("// SPDX-License-Identifier: Apache-2.0\n"));
  }

  @Test
  void noFileIsTooLongToRead() throws IOException {
    noneHas(text -> text.lines().count() > LONGEST, "/src/main/");
  }

  @Test
  void noTestIsSwitchedOffOrPlayedWithMocks() throws IOException {
    noneHas(SWITCHED_OFF.asPredicate());
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    assertThat(
            sources().stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .map(Path::getParent)
                .distinct())
        .allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
  }
}
