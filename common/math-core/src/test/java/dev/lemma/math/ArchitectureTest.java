// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** What this module may know: the Java platform, itself, Commons RNG's interface and EJML. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.lemma.math");

  private static final ArchRule KNOWS_ONLY_THE_PLATFORM =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "dev.lemma.math..", "org.apache.commons.rng..", "org.ejml..");

  @Test
  void knowsOnlyThePlatformItselfAndTwoLibraries() {
    KNOWS_ONLY_THE_PLATFORM.check(MAIN);
  }

  @Test
  void theRuleSeesAForeignClass() {
    JavaClasses foreign = new ClassFileImporter().importClasses(ArchitectureTest.class);
    assertThatThrownBy(() -> KNOWS_ONLY_THE_PLATFORM.check(foreign))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("archunit");
  }

  @Test
  void knowsNoSparkScalaOrHadoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop..")
        .check(MAIN);
  }

  /** A single place would have to change for another library. */
  @Test
  void onlyLinearAlgebraKnowsEjml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lemma.math.linalg")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.ejml..")
        .check(MAIN);
  }

  @Test
  void packagesDoNotGoInCircles() {
    slices().matching("dev.lemma.math.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void neitherPrintsNorDrawsFromHiddenGenerators() {
    noClasses().should().accessField(System.class, "out").check(MAIN);
    noClasses().should().accessField(System.class, "err").check(MAIN);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(MAIN);
  }
}
