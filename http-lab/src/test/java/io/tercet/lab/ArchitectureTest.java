package io.tercet.lab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.AccessLog;
import java.util.Map;
import java.util.stream.Collectors;

/// The laboratory looks at http-raw-server from outside, and its own packages know each other in
/// one direction.
@AnalyzeClasses(packages = "io.tercet.lab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /// Requests and responses, the server and the program around it, what the command line says, what
  /// hears of answers, and what models declare.
  @ArchTest
  static final ArchRule theServerIsKnownByItsPublicInterface =
      classes()
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.not(resideInAPackage("io.tercet.http.."))
                  .or(
                      resideInAnyPackage(
                          "io.tercet.http",
                          "io.tercet.http.message",
                          "io.tercet.http.program",
                          "io.tercet.http.server",
                          "io.tercet.http.settings"))
                  .or(belongToAnyOf(AccessLog.class, Trait.class)));

  @ArchTest
  static final ArchRule packagesKnowThoseBelowThem =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.tercet.lab..")
          .layer("program")
          .definedBy("io.tercet.lab")
          .layer("report")
          .definedBy("io.tercet.lab.report")
          .layer("comparison")
          .definedBy("io.tercet.lab.comparison")
          .layer("live")
          .definedBy("io.tercet.lab.live")
          .layer("handler")
          .definedBy("io.tercet.lab.handler")
          .layer("load")
          .definedBy("io.tercet.lab.load")
          .layer("proc")
          .definedBy("io.tercet.lab.proc")
          .layer("text")
          .definedBy("io.tercet.lab.text")
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("comparison")
          .mayOnlyBeAccessedByLayers("program", "report")
          .whereLayer("live")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("handler")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("load")
          .mayOnlyBeAccessedByLayers("comparison")
          .whereLayer("proc")
          .mayOnlyBeAccessedByLayers("program", "report", "comparison", "live")
          .whereLayer("text")
          .mayOnlyBeAccessedByLayers("report", "comparison", "live");

  /// package-info and nested types are not counted.
  @ArchTest
  static void packagesHaveAtMost15Types(JavaClasses classes) {
    Map<String, Long> types =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(types).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(15));
  }
}
