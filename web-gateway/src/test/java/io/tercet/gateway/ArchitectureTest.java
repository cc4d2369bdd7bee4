package io.tercet.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
          .definedBy("io.tercet.gateway.route..")
          .layer("filter")
          .definedBy("io.tercet.gateway.filter..")
          .layer("identity")
          .definedBy("io.tercet.gateway.identity..")
          .layer("limit")
          .definedBy("io.tercet.gateway.limit..")
          .layer("proxy")
          .definedBy("io.tercet.gateway.proxy..")
          .layer("connection")
          .definedBy("io.tercet.gateway.connection..")
          .layer("parse")
          .definedBy("io.tercet.gateway.parse..")
          .layer("host")
          .definedBy("io.tercet.gateway.host..")
          .layer("upstream")
          .definedBy("io.tercet.gateway.upstream..")
          .layer("problem")
          .definedBy("io.tercet.gateway.problem..")
          .whereLayer("upstream")
          .mayOnlyBeAccessedByLayers("identity")
          .whereLayer("upstream")
          .mayNotAccessAnyLayer()
          .whereLayer("parse")
          .mayOnlyBeAccessedByLayers("limit", "filter")
          .whereLayer("parse")
          .mayOnlyAccessLayers("problem")
          .whereLayer("connection")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("connection")
          .mayNotAccessAnyLayer()
          .whereLayer("host")
          .mayOnlyBeAccessedByLayers("filter", "route")
          .whereLayer("host")
          .mayOnlyAccessLayers("problem")
          .whereLayer("route")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("filter")
          .mayOnlyBeAccessedByLayers("route")
          .whereLayer("identity")
          .mayOnlyBeAccessedByLayers("filter")
          .whereLayer("limit")
          .mayOnlyBeAccessedByLayers("filter", "route")
          .whereLayer("proxy")
          .mayOnlyBeAccessedByLayers("limit")
          .whereLayer("proxy")
          .mayOnlyAccessLayers("problem")
          .whereLayer("problem")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.tercet.gateway.(*)..").should().beFreeOfCycles();

  /// Inside `filter`: the route's filters, then request, authentication and socket, then header.
  @ArchTest
  static final ArchRule filtersUseEachOtherOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("filter")
          .definedBy("io.tercet.gateway.filter")
          .layer("request")
          .definedBy("io.tercet.gateway.filter.request..")
          .layer("authentication")
          .definedBy("io.tercet.gateway.filter.authentication..")
          .layer("socket")
          .definedBy("io.tercet.gateway.filter.socket..")
          .layer("header")
          .definedBy("io.tercet.gateway.filter.header..")
          .whereLayer("filter")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("request")
          .mayOnlyBeAccessedByLayers("filter")
          .whereLayer("authentication")
          .mayOnlyBeAccessedByLayers("filter")
          .whereLayer("socket")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("header")
          .mayNotAccessAnyLayer();

  @ArchTest
  static void packagesHaveAtMostFifteenTypes(JavaClasses classes) {
    var types =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            // Beans that the build worked out, if it did.
            .filter(type -> !type.getSimpleName().contains("__"))
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(types).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(15));
  }

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
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
