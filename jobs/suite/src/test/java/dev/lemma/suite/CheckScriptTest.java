// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/run}, with a build and a quickstart of this test's making. */
class CheckScriptTest {
  private static final String REPORTS = "target/surefire-reports";

  @TempDir Path temporary;

  private Path root;

  @BeforeEach
  void copyTheScript() throws IOException {
    root = Files.createDirectory(temporary.resolve("a checkout"));
    Files.createDirectories(root.resolve(".ci"));
    Files.copy(Checkout.file(".ci/run"), root.resolve(".ci/run"));
    script("bin/lemma", "echo \"quickstart: $*\"");
  }

  private void script(String name, String body) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A build that leaves one report in each of two modules and ends with a code. */
  private void build(int tests, int skipped, int code) throws IOException {
    String report =
        """
        mkdir -p one/%1$s two/target/failsafe-reports
        printf '<?xml?>\\n<testsuite  version="3" name="A" tests="%2$d" skipped="0" flakes="0">\\n' \
          >one/%1$s/TEST-A.xml
        printf '<?xml?>\\n<testsuite  version="3" name="B" tests="%3$d" skipped="%4$d" flakes="0">\\n' \
          >two/target/failsafe-reports/TEST-B.xml
        """
            .formatted(REPORTS, tests, tests, skipped);
    // Reports count when they are newer than the start, by the clock of the file system.
    script("tools/mvn", "echo \"build: $*\"\nsleep 0.1\n" + report + "exit " + code);
  }

  private BinLemma.Answer check() throws IOException, InterruptedException {
    String path = root.resolve("tools") + File.pathSeparator + System.getenv("PATH");
    List<String> command = List.of("bash", root.resolve(".ci/run").toString());
    try (Child child =
        Child.start(command, temporary, Map.of("PATH", path), temporary.resolve("said"))) {
      int code = child.await();
      return new BinLemma.Answer(code, child.out(), child.err());
    }
  }

  @Test
  void runsTheBuildAndTheQuickstartAndShowsBoth() throws Exception {
    build(3, 0, 0);
    BinLemma.Answer answer = check();
    assertThat(answer.code()).isZero();
    assertThat(answer.out().lines())
        .containsExactly(
            "build: -B --no-transfer-progress verify",
            "tests run: 6, skipped: 0",
            "quickstart: quickstart");
  }

  @Test
  void failsWhenATestWasSkipped() throws Exception {
    build(3, 1, 0);
    BinLemma.Answer answer = check();
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("1 tests were skipped");
    assertThat(answer.out()).doesNotContain("quickstart");
  }

  @Test
  void failsWhenTheBuildFails() throws Exception {
    build(3, 0, 1);
    BinLemma.Answer answer = check();
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).doesNotContain("quickstart");
  }

  @Test
  void failsWhenNoTestRan() throws Exception {
    build(0, 0, 0);
    assertThat(check().code()).isEqualTo(1);
  }

  @Test
  void doesNotCountReportsOfEarlierBuilds() throws Exception {
    Path old = Files.createDirectories(root.resolve("three").resolve(REPORTS));
    Files.writeString(
        old.resolve("TEST-C.xml"),
        "<testsuite  name=\"C\" tests=\"9\" skipped=\"9\" flakes=\"0\">");
    Thread.sleep(100);
    build(1, 0, 0);
    BinLemma.Answer answer = check();
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("tests run: 2, skipped: 0");
  }

  @Test
  void failsWhenTheQuickstartFails() throws Exception {
    build(3, 0, 0);
    script("bin/lemma", "exit 5");
    assertThat(check().code()).isEqualTo(5);
  }
}
