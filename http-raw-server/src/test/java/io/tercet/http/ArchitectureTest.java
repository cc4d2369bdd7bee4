package io.tercet.http;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/// The arrows between the rooms: message ← parse, render ← handle and connection ← readiness ←
/// concurrency; posix fills in what others ask for, and is known by nobody but the program.
@AnalyzeClasses(packages = "io.tercet.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule messageKnowsNobody = room("message");

  @ArchTest static final ArchRule parseKnowsMessages = room("parse", "message");

  @ArchTest static final ArchRule renderKnowsMessages = room("render", "message");

  @ArchTest static final ArchRule handleKnowsMessages = room("handle", "message", "render");

  @ArchTest
  static final ArchRule connectionNeverSeesASocket =
      room("connection", "message", "parse", "render");

  @ArchTest
  static final ArchRule readinessKnowsWhereOutputGoes = room("readiness", "connection", "message");

  @ArchTest
  static final ArchRule modelsKnowNeitherHttpNorTheSystem =
      room("concurrency", "connection", "readiness");

  @ArchTest
  static final ArchRule threadsWaitForConnections =
      room("concurrency.thread", "concurrency", "connection", "readiness");

  @ArchTest
  static final ArchRule loopsNeverWait =
      room("concurrency.loop", "concurrency", "connection", "readiness");

  @ArchTest static final ArchRule sitesServeFiles = room("site", "handle", "message");

  @ArchTest static final ArchRule metricsWatch = room("metrics", "connection", "message", "parse");

  @ArchTest static final ArchRule accessLogIsWritten = room("access", "connection", "message");

  @ArchTest
  static final ArchRule settingsNameLimits =
      room("settings", "concurrency.thread", "connection", "parse", "handle", "message");

  @ArchTest
  static final ArchRule workersRunModels =
      room("worker", "concurrency", "readiness", "connection", "message", "parse");

  @ArchTest static final ArchRule procReadsFiles = room("proc");

  /// Clients need sockets too; they get the same shape, dialled instead of accepted.
  @ArchTest
  static final ArchRule loadSeesSocketsAsServersDo = room("load", "readiness", "connection");

  @ArchTest
  static final ArchRule theLabLooksFromOutside =
      room("lab", "load", "proc", "readiness", "message");

  @ArchTest static final ArchRule posixLinksFunctions = room("posix");

  @ArchTest
  static final ArchRule posixPolls = room("posix.poll", "posix", "readiness", "connection");

  @ArchTest
  static final ArchRule posixHasSockets =
      room("posix.socket", "posix", "posix.poll", "readiness", "connection", "message");

  @ArchTest
  static final ArchRule posixReadsFiles = room("posix.file", "posix", "handle", "message");

  @ArchTest
  static final ArchRule posixStartsProcesses =
      room("posix.process", "posix", "posix.socket", "readiness", "worker");

  @ArchTest
  static final ArchRule nioFillsInTheSameShapes =
      room("nio", "readiness", "connection", "message", "handle");

  @ArchTest
  static final ArchRule onlyPosixCallsTheSystem =
      noClasses()
          .that()
          .resideOutsideOfPackage("..posix..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.lang.foreign..");

  @ArchTest
  static final ArchRule onlyNioUsesTheSocketsOfThePlatform =
      noClasses()
          .that()
          .resideOutsideOfPackage("..nio..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are sockets of java.net or java.nio",
                  type ->
                      Stream.of("Socket", "ServerSocket", "SocketChannel", "ServerSocketChannel")
                          .anyMatch(name ->
                              type.getName().equals("java.net." + name)
                                  || type.getName().equals("java.nio.channels." + name))));

  @ArchTest
  static final ArchRule roomsFormNoCircle =
      slices().matching("io.tercet.http.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatThingsAre =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Misc|Base)");

  private static ArchRule room(String name, String... mayKnow) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(mayKnow))
            .map(room -> "io.tercet.http." + room)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("io.tercet.http." + name)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(
                    DescribedPredicate.not(
                        resideInAnyPackage("io.tercet.http", "io.tercet.http.."))));
  }
}
