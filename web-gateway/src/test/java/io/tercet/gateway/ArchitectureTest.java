package io.tercet.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tercet.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrowsDoNotTurnRound =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("route")
          .definedBy("..gateway.route..")
          .layer("filter")
          .definedBy("..gateway.filter..")
          .layer("identity")
          .definedBy("..gateway.identity..")
          .layer("limit")
          .definedBy("..gateway.limit..")
          .layer("problem")
          .definedBy("..gateway.problem..")
          .whereLayer("route")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("filter")
          .mayOnlyBeAccessedByLayers("route")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("filter")
          .whereLayer("limit")
          .mayOnlyBeAccessedByLayers("filter", "route")
          .whereLayer("problem")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("io.tercet.gateway.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noRoomIsADrawer =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..helper..", "..manager..", "..common..", "..misc..", "..impl..")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  @ArchTest
  static final ArchRule nothingBlocks =
      noClasses()
          .should()
          .callMethod(reactor.core.publisher.Mono.class, "block")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);
}
