package io.tercet.chat;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.LogWriter;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

@AnalyzeClasses(packages = "io.tercet.chat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String CHAT = "io.tercet.chat.";

  @ArchTest
  static final ArchRule dataFlowsFromTheDoorsThroughSignInAndDeliveryToTheFeatures =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("doors")
          .definedBy(CHAT + "socket..", CHAT + "rest..", CHAT + "internal..")
          .layer("security")
          .definedBy(CHAT + "security..")
          .layer("signin")
          .definedBy(CHAT + "signin..")
          .layer("delivery")
          .definedBy(CHAT + "delivery..")
          .layer("frame")
          .definedBy(CHAT + "frame..")
          .layer("token")
          .definedBy(CHAT + "token..")
          .layer("room")
          .definedBy(CHAT + "room..")
          .layer("log")
          .definedBy(CHAT + "log..")
          .layer("presence")
          .definedBy(CHAT + "presence..")
          .layer("session")
          .definedBy(CHAT + "session..")
          .layer("people")
          .definedBy(CHAT + "people..")
          .layer("rate")
          .definedBy(CHAT + "rate..")
          .layer("hint")
          .definedBy(CHAT + "hint..")
          .layer("replica")
          .definedBy(CHAT + "replica..")
          .layer("valkey")
          .definedBy(CHAT + "valkey..")
          .layer("housekeeping")
          .definedBy(CHAT + "housekeeping..")
          .layer("database")
          .definedBy(CHAT + "database..")
          .whereLayer("doors")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("security")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("signin")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("delivery")
          .mayOnlyBeAccessedByLayers("doors", "signin")
          .whereLayer("frame")
          .mayOnlyBeAccessedByLayers("doors", "delivery")
          .whereLayer("token")
          .mayOnlyBeAccessedByLayers("doors", "security", "signin")
          .whereLayer("room")
          .mayOnlyBeAccessedByLayers("doors", "signin", "delivery")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("doors", "signin", "delivery", "frame", "room")
          .whereLayer("presence")
          .mayOnlyBeAccessedByLayers("delivery")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("doors", "security", "signin", "delivery", "token")
          .whereLayer("rate")
          .mayOnlyBeAccessedByLayers("doors", "signin", "people")
          .whereLayer("rate")
          .mayOnlyAccessLayers("replica", "valkey")
          .whereLayer("replica")
          .mayOnlyBeAccessedByLayers("presence", "rate")
          .whereLayer("replica")
          .mayOnlyAccessLayers("valkey")
          .whereLayer("hint")
          .mayOnlyBeAccessedByLayers(
              "doors", "signin", "delivery", "room", "session", "presence", "people")
          .whereLayer("hint")
          .mayOnlyAccessLayers("valkey", "database")
          .whereLayer("valkey")
          .mayOnlyBeAccessedByLayers("hint", "presence", "rate", "people", "replica")
          .whereLayer("valkey")
          .mayOnlyAccessLayers("database")
          .whereLayer("housekeeping")
          .mayOnlyBeAccessedByLayers("signin")
          .whereLayer("database")
          .mayOnlyBeAccessedByLayers(
              "people", "session", "room", "token", "valkey", "hint", "housekeeping");

  @ArchTest
  static final ArchRule onlyRoomsWriteToTheLog =
      noClasses()
          .that()
          .resideOutsideOfPackages(CHAT + "room..", CHAT + "log")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(LogWriter.class, LogCommand.class, CommandResult.class, LogStore.class);

  @ArchTest
  static void packagesHaveAtMostFifteenTypes(JavaClasses classes) {
    Map<String, Long> types =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            // Beans that the build worked out, if it did, and their proxies.
            .filter(type -> !type.getName().matches(".*(__|\\$\\$).*"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(types)
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(15));
  }

  @ArchTest
  static final ArchRule doorsDoNotKnowEachOther =
      slices().matching("io.tercet.chat.(socket|rest|internal)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.tercet.chat.(**)").should().beFreeOfCycles();

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
          .resideOutsideOfPackages(
              CHAT + "database..",
              CHAT + "people..",
              CHAT + "session..",
              CHAT + "token..",
              CHAT + "housekeeping..",
              CHAT + "room.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework.jdbc..");

  /// Its statements are the ones that StatementPlanContract finds.
  @ArchTest
  static final ArchRule storesRunStatementsThroughJdbcClient =
      noClasses()
          .that()
          .resideOutsideOfPackage(CHAT + "database..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              JdbcOperations.class,
              NamedParameterJdbcOperations.class,
              Connection.class,
              Statement.class,
              DataSource.class);

  /// A thread that starts in a constructor, or before the field that names it is set, may read null
  /// and end. What runs again and again is a scheduled task: health shows that it does.
  @ArchTest
  static final ArchRule onlyTheseStartThreads =
      noClasses()
          .that()
          .doNotBelongToAnyOf(LogWriter.class)
          .and()
          .doNotHaveSimpleName("DeliveryThreads")
          .and()
          .resideOutsideOfPackage(CHAT + "database..")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(HasOwner.Predicates.With.owner(type(Thread.class)))
                  .and(
                      JavaCall.Predicates.target(
                          nameMatching("ofPlatform|ofVirtual|start|startVirtualThread"))))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Executors.class, ThreadPoolExecutor.class, Timer.class);

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
