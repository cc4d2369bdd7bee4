package io.tercet.files;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/// Dependencies between the packages, their size, and their names.
@AnalyzeClasses(packages = "io.tercet.files", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrowsDoNotTurnRound =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("http")
          .definedBy("..files.http..")
          .layer("ftp")
          .definedBy("..files.ftp..")
          .layer("features")
          .definedBy(
              "..files.upload..",
              "..files.download..",
              "..files.folder..",
              "..files.site..",
              "..files.sweep..")
          .layer("access")
          .definedBy("..files.access..")
          .layer("limit")
          .definedBy("..files.limit..")
          .layer("quota")
          .definedBy("..files.quota..")
          .layer("outbox")
          .definedBy("..files.outbox..")
          .layer("blob")
          .definedBy("..files.blob..")
          .layer("catalog")
          .definedBy("..files.catalog..")
          .layer("chat")
          .definedBy("..files.chat..")
          .layer("upstream")
          .definedBy("..files.upstream..")
          .layer("security")
          .definedBy("..files.security..")
          .layer("database")
          .definedBy("..files.database..")
          .whereLayer("http")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("ftp")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("security")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("features")
          .mayOnlyBeAccessedByLayers("http", "ftp")
          .whereLayer("access")
          .mayOnlyBeAccessedByLayers("features")
          .whereLayer("limit")
          .mayOnlyBeAccessedByLayers("features")
          .whereLayer("limit")
          .mayNotAccessAnyLayer()
          .whereLayer("quota")
          .mayOnlyBeAccessedByLayers("features", "http")
          .whereLayer("outbox")
          .mayOnlyBeAccessedByLayers("features")
          .whereLayer("blob")
          .mayOnlyBeAccessedByLayers("features", "http")
          .whereLayer("chat")
          .mayOnlyBeAccessedByLayers("access", "outbox", "features", "ftp")
          .whereLayer("upstream")
          .mayOnlyBeAccessedByLayers("chat", "security")
          .whereLayer("upstream")
          .mayNotAccessAnyLayer()
          .whereLayer("database")
          .mayOnlyBeAccessedByLayers("catalog", "outbox", "http");

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("io.tercet.files.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void packagesHaveAtMostFifteenTypes(JavaClasses classes) {
    Map<String, Long> types =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            // Beans that the build worked out, if it did.
            .filter(type -> !type.getSimpleName().contains("__"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(types).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(15));
  }

  @ArchTest
  static final ArchRule featuresDoNotKnowEachOther =
      slices()
          .matching("io.tercet.files.(upload|download|folder|site|sweep)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .resideInAnyPackage(
              "..util..", "..helper..", "..manager..", "..common..", "..misc..", "..impl..");

  @ArchTest
  static final ArchRule onlyTheDatabaseOpensConnections =
      noClasses()
          .that()
          .resideOutsideOfPackage("..files.database..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Connection");
}
