// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the one jar that is handed to spark-submit. */
class LemmaJarIT {
  private static final long LARGEST = 5L << 20;
  private static final String SHADED = "dev/lemma/shaded/";

  private static List<JarEntry> files(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().filter(entry -> !entry.isDirectory()).toList();
    }
  }

  private static List<String> names(Path jar) throws IOException {
    return files(jar).stream().map(JarEntry::getName).toList();
  }

  private static String text(String name) throws IOException {
    try (JarFile file = new JarFile(Checkout.JAR.toFile())) {
      JarEntry entry = file.getJarEntry(name);
      assertThat(entry).as(name).isNotNull();
      return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void holdsOurClassesTheRelocatedOnesAndNothingElse() throws IOException {
    Set<String> others =
        names(Checkout.JAR).stream()
            .filter(name -> !name.startsWith("dev/lemma/"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(others)
        .containsExactly(
            "META-INF/LICENSE",
            "META-INF/LICENSE-UNICODE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "META-INF/services/dev.lemma.kit.run.Job",
            "lemma-manifest.schema.json");
    assertThat(names(Checkout.JAR))
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.contains("/test"))
        .anyMatch(name -> name.equals("dev/lemma/suite/Main.class"));
  }

  @Test
  void thirdPartiesAreRelocatedAndKnown() throws IOException {
    assertThat(
            names(Checkout.JAR).stream()
                .filter(name -> name.startsWith(SHADED))
                .map(name -> name.substring(SHADED.length()).split("/")[0]))
        .containsOnly("config", "picocli", "rng", "ejml", "pabeles");
  }

  /** A relocation that was forgotten shows as a class that names the package it was to leave. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Lcom/typesafe/config/",
        "Lpicocli/",
        "Lorg/apache/commons/rng/",
        "Lorg/ejml/",
        "Lpabeles/"
      })
  void noClassStillSpeaksOfThePackagesThatMoved(String type) throws IOException {
    try (JarFile jar = new JarFile(Checkout.JAR.toFile())) {
      for (JarEntry entry : files(Checkout.JAR)) {
        byte[] content = jar.getInputStream(entry).readAllBytes();
        assertThat(new String(content, StandardCharsets.ISO_8859_1).contains(type))
            .as(entry.getName())
            .isFalse();
      }
    }
  }

  @Test
  void isSmall() throws IOException {
    assertThat(Files.size(Checkout.JAR)).isLessThanOrEqualTo(LARGEST);
  }

  @Test
  void carriesTheLicenceAndTheNoticeOfThisProject() throws IOException {
    assertThat(text("META-INF/LICENSE")).isEqualTo(Files.readString(Checkout.file("LICENSE")));
    assertThat(text("META-INF/NOTICE")).isEqualTo(Files.readString(Checkout.file("NOTICE")));
    // The licence of Commons RNG wants its notice passed on.
    assertThat(text("META-INF/NOTICE")).contains("The Apache Software Foundation");
  }

  @Test
  void listsTheJobsOfAllModules() throws IOException {
    Stream<String> jobs =
        Jobs.installed().all().stream()
            .filter(job -> !(job instanceof StubJob))
            .map(job -> job.getClass().getName());
    assertThat(text("META-INF/services/dev.lemma.kit.run.Job").lines())
        .containsExactlyInAnyOrderElementsOf(jobs.toList());
  }

  @Test
  void startsTheCommand() throws IOException {
    try (JarFile jar = new JarFile(Checkout.JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo(Main.class.getName());
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Title"))
          .isEqualTo("Lemma");
    }
  }

  /** One moment of building in the jar, and two builds of one commit would differ. */
  @Test
  void bearsNoDateOfItsBuilding() throws IOException {
    OffsetDateTime fixed = OffsetDateTime.parse(System.getProperty("lemma.test.output-timestamp"));
    for (JarEntry entry : files(Checkout.JAR)) {
      if (entry.getName().startsWith(SHADED)) {
        // Keeps the date that its own jar gave it.
        assertThat(entry.getTimeLocal()).as(entry.getName()).isNotNull();
      } else {
        assertThat(entry.getTimeLocal()).as(entry.getName()).isEqualTo(fixed.toLocalDateTime());
      }
    }
    assertThat(text("dev/lemma/kit/run/build.properties").lines())
        .allMatch(line -> line.matches("(version|commit)=.+"));
    assertThat(text("META-INF/MANIFEST.MF")).doesNotContain("Built-By", "Build-Time");
  }

  @Test
  void leavesTheSampleApart() throws IOException {
    assertThat(names(Checkout.SAMPLE))
        .contains("net/sf/extjwnl/data/wordnet/wn31/data.noun")
        .noneMatch(name -> name.endsWith(".class"));
    assertThat(names(Checkout.JAR)).noneMatch(name -> name.contains("wordnet/wn31"));
  }
}
