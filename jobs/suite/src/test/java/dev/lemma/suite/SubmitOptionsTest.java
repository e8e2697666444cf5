// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/lemma --submit}, with a build and a Spark of this test's making. */
class SubmitOptionsTest {
  @TempDir Path temporary;

  @Test
  void jarsJoinTheSampleHoweverTheyAreWritten() throws Exception {
    Path root = checkout();
    Path target = root.resolve("jobs/suite/target");
    Path submit = temporary.resolve("spark/bin/spark-submit");
    Files.createDirectories(submit.getParent());
    Files.writeString(submit, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    String jars = "a.jar," + target.toRealPath().resolve("lemma-sample.jar");

    for (List<String> form : List.of(List.of("--jars", "a.jar"), List.of("--jars=a.jar"))) {
      List<String> said = said(root, form);

      assertThat(said).containsSequence("--jars", jars).contains("--driver-memory=8g");
      assertThat(said).doesNotContain("--jars=a.jar");
    }
  }

  @Test
  void theJarsOfTheBuildAreNotAskedForYarn() throws Exception {
    Path root = checkout();
    Path java = Path.of(System.getProperty("java.home"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", java.toString(), "SPARK_HOME", "", "PATH", "/usr/bin:/bin");
    for (List<String> form : List.of(List.of("--master", "yarn"), List.of("--master=yarn"))) {
      List<String> command =
          new ArrayList<>(List.of("bash", root.resolve("bin/lemma").toString(), "--submit"));
      command.addAll(form);
      command.addAll(List.of("--", "plan"));
      try (Child child = Child.start(command, temporary, environment, temporary.resolve("said"))) {
        assertThat(child.await()).isEqualTo(2);
        assertThat(child.err()).contains("set SPARK_HOME to a Spark 4.1");
      }
    }
  }

  /** What bin/lemma takes for a checkout that was built. */
  private Path checkout() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("a checkout"));
    Path target = Files.createDirectories(root.resolve("jobs/suite/target"));
    Files.createDirectories(root.resolve("common"));
    Files.createDirectories(root.resolve("bin"));
    Files.createFile(root.resolve("pom.xml"));
    Files.copy(Checkout.file("bin/lemma"), root.resolve("bin/lemma"));
    for (String built : List.of("lemma.jar", "lemma-sample.jar", "spark-class-path")) {
      Files.writeString(target.resolve(built), "x");
    }
    Files.writeString(target.resolve("jvm-options"), "-Dx=y");
    return root;
  }

  private List<String> said(Path root, List<String> form) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("bash", root.resolve("bin/lemma").toString(), "--submit"));
    command.addAll(form);
    command.addAll(List.of("--driver-memory=8g", "--", "plan"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "SPARK_HOME",
            temporary.resolve("spark").toString());
    try (Child child = Child.start(command, temporary, environment, temporary.resolve("said"))) {
      int code = child.await();
      assertThat(code).as(child.err()).isZero();
      return child.out().lines().toList();
    }
  }
}
