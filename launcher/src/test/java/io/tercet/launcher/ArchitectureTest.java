package io.tercet.launcher;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.stream.Collectors;

/// The arrow of package-info, and the JDK alone beside it.
@AnalyzeClasses(packages = "io.tercet.launcher", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROW =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("io.tercet.launcher")
          .layer("report, aot")
          .definedBy("..report..", "..aot..")
          .layer("run, build")
          .definedBy("..run..", "..build..")
          .layer("data")
          .definedBy("..data..")
          .layer("service")
          .definedBy("..service..")
          .layer("process, network")
          .definedBy("..process..", "..network..")
          .layer("settings")
          .definedBy("..settings..")
          .layer("console")
          .definedBy("..console..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("report, aot")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("run, build")
          .mayOnlyBeAccessedByLayers("main", "report, aot")
          .whereLayer("data")
          .mayOnlyBeAccessedByLayers("main", "report, aot", "run, build")
          .whereLayer("settings")
          .mayOnlyBeAccessedByLayers(
              "main", "report, aot", "run, build", "data", "service", "process, network")
          .whereLayer("process, network")
          .mayOnlyBeAccessedByLayers("main", "report, aot", "run, build", "data")
          .whereLayer("service")
          .mayOnlyBeAccessedByLayers("main", "report, aot", "run, build", "data");

  @ArchTest
  static final ArchRule JDK_ALONE =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("io.tercet.launcher..", "java..", "sun.misc");

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
