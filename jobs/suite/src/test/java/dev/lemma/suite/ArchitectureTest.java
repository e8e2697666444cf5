// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and what no class of any module may do. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.lemma");

  /** Those that exist; a family is known by its first package. */
  private static final Set<String> FAMILIES =
      MAIN.stream()
          .map(JavaClass::getPackageName)
          .map(name -> name.split("\\.")[2])
          .filter(name -> !Set.of("math", "kit", "suite").contains(name))
          .collect(Collectors.toSet());

  private static final ArchRule ENDS_NO_PROCESS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  private static final ArchRule PRINTS_NO_TRACE =
      noClasses()
          .should()
          .callMethodWhere(
              target(name("printStackTrace"))
                  .and(target(owner(assignableTo(Throwable.class))))
                  .and(target(rawParameterTypes(new Class<?>[0]))));

  private static ArchRule knowsOnly(String from, List<String> modules) {
    String[] packages =
        modules.stream().map(module -> "dev.lemma." + module + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("dev.lemma." + from + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.lemma..").and(not(resideInAnyPackage(packages))));
  }

  @Test
  void arrowsRunOneWayAndFamiliesDoNotKnowEachOther() {
    assertThat(FAMILIES).contains("projection");
    knowsOnly("math", List.of("math")).check(MAIN);
    knowsOnly("kit", List.of("kit", "math")).check(MAIN);
    for (String family : FAMILIES) {
      knowsOnly(family, List.of(family, "kit", "math")).check(MAIN);
    }
  }

  @Test
  void theRuleOfArrowsSeesOne() {
    assertThatThrownBy(() -> knowsOnly("suite", List.of("suite", "math")).check(MAIN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dev.lemma.kit");
  }

  @Test
  void onlyMainEndsTheProcess() {
    ENDS_NO_PROCESS.check(MAIN);
  }

  @Test
  void noClassPrintsATraceToTheConsole() {
    PRINTS_NO_TRACE.check(MAIN);
  }

  @Test
  void onlyTheCommandKnowsTheConsole() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .accessField(System.class, "out")
        .check(MAIN);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        // Asks whether what it writes to is the console.
        .and()
        .doNotHaveFullyQualifiedName("dev.lemma.kit.run.Console")
        .should()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void theRulesOfProcessAndTraceSeeTheirFaults() {
    JavaClasses faulty = new ClassFileImporter().importClasses(Faulty.class);
    assertThatThrownBy(() -> ENDS_NO_PROCESS.check(faulty)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> PRINTS_NO_TRACE.check(faulty)).isInstanceOf(AssertionError.class);
  }

  @Test
  void stateIsNotKeptInJavasSerialForm() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ObjectOutputStream.class)
        .check(MAIN);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should()
        .resideOutsideOfPackages(
            "..util..",
            "..utils..",
            "..helper..",
            "..helpers..",
            "..manager..",
            "..impl..",
            "..common..",
            "..misc..")
        .andShould()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)")
        .check(MAIN);
  }

  /** What the rules must catch. */
  private static final class Faulty {
    private Faulty() {}

    static void fail(IllegalStateException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
