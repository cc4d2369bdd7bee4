package io.tercet.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tercet.chat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CHAT = "io.tercet.chat.";

  @ArchTest
  static final ArchRule dataFlowsFromTheDoorsThroughTheRelayToTheFeatures =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("doors")
          .definedBy(CHAT + "socket..", CHAT + "rest..", CHAT + "internal..")
          .layer("security")
          .definedBy(CHAT + "security..")
          .layer("relay")
          .definedBy(CHAT + "relay..")
          .layer("frame")
          .definedBy(CHAT + "frame..")
          .layer("token")
          .definedBy(CHAT + "token..")
          .layer("room")
          .definedBy(CHAT + "room..")
          .layer("presence")
          .definedBy(CHAT + "presence..")
          .layer("people")
          .definedBy(CHAT + "people..")
          .layer("database")
          .definedBy(CHAT + "database..")
          .whereLayer("doors")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("security")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("relay")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("frame")
          .mayOnlyBeAccessedByLayers("doors", "relay")
          .whereLayer("token")
          .mayOnlyBeAccessedByLayers("doors", "security", "relay")
          .whereLayer("room")
          .mayOnlyBeAccessedByLayers("doors", "relay", "frame")
          .whereLayer("presence")
          .mayOnlyBeAccessedByLayers("relay")
          .whereLayer("database")
          .mayOnlyBeAccessedByLayers("people", "room", "token");

  @ArchTest
  static final ArchRule doorsDoNotKnowEachOther =
      slices().matching("io.tercet.chat.(socket|rest|internal)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.tercet.chat.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheSocketDoorKnowsJetty =
      noClasses()
          .that()
          .resideOutsideOfPackage(CHAT + "socket..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule onlyStoresSpeakSql =
      noClasses()
          .that()
          .resideInAnyPackage(
              CHAT + "socket..", CHAT + "rest..", CHAT + "internal..", CHAT + "relay..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .resideInAnyPackage("..util..", "..helper..", "..common..", "..misc..", "..impl..");
}
