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

/// The arrows between the packages: message ← parse, render, client ← buffer ← connection ←
/// concurrency, and message ← negotiation ← file ← handle; readiness asks for sockets, posix and nio
/// provide them, and only the program knows those two.
@AnalyzeClasses(packages = "io.tercet.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest static final ArchRule messageKnowsNobody = room("message");

  @ArchTest static final ArchRule parseKnowsMessages = room("parse", "message");

  @ArchTest static final ArchRule renderKnowsMessages = room("render", "message");

  @ArchTest static final ArchRule clientsAreIdentifiedByValues = room("client", "message");

  @ArchTest static final ArchRule buffersHoldBytes = room("buffer", "message", "parse");

  @ArchTest
  static final ArchRule connectionNeverSeesASocket =
      room("connection", "buffer", "client", "message", "parse", "render");

  @ArchTest static final ArchRule negotiationReadsFields = room("negotiation", "message", "render");

  @ArchTest
  static final ArchRule filesKnowNoRequests = room("file", "negotiation", "message", "render");

  @ArchTest
  static final ArchRule handlersAnswerFromFiles = room("handle", "file", "negotiation", "message");

  @ArchTest
  static final ArchRule readinessKnowsWhereOutputGoes = room("readiness", "buffer", "client");

  @ArchTest
  static final ArchRule modelsKnowNeitherHttpNorTheSystem =
      room("concurrency", "buffer", "connection", "readiness");

  @ArchTest
  static final ArchRule threadsWaitForConnections =
      room("concurrency.thread", "concurrency", "buffer", "connection", "readiness");

  @ArchTest
  static final ArchRule loopsNeverWait =
      room("concurrency.loop", "concurrency", "buffer", "connection", "readiness");

  @ArchTest static final ArchRule sitesServeFiles = room("site", "file", "message");

  @ArchTest static final ArchRule metricsWatch = room("metrics", "connection", "message", "parse");

  @ArchTest static final ArchRule accessLogIsWritten = room("access", "connection", "message");

  @ArchTest
  static final ArchRule settingsNameLimits =
      room("settings", "concurrency.thread", "connection", "buffer", "parse", "file", "message");

  @ArchTest
  static final ArchRule workersRunModels =
      room("worker", "concurrency", "readiness", "connection", "message", "parse");

  @ArchTest static final ArchRule procReadsFiles = room("proc");

  /// Clients need sockets too; they get the same shape, dialled instead of accepted.
  @ArchTest static final ArchRule loadSeesSocketsAsServersDo = room("load", "readiness", "buffer");

  @ArchTest
  static final ArchRule theLabLooksFromOutside =
      room("lab", "load", "proc", "readiness", "message");

  @ArchTest static final ArchRule posixLinksFunctions = room("posix");

  @ArchTest static final ArchRule posixPolls = room("posix.poll", "posix", "readiness", "buffer");

  @ArchTest
  static final ArchRule posixHasSockets =
      room("posix.socket", "posix", "posix.poll", "readiness", "buffer", "client", "message");

  @ArchTest static final ArchRule posixReadsFiles = room("posix.file", "posix", "file", "message");

  @ArchTest
  static final ArchRule posixStartsProcesses =
      room("posix.process", "posix", "posix.socket", "readiness", "worker");

  @ArchTest
  static final ArchRule nioFillsInTheSameShapes =
      room("nio", "readiness", "buffer", "client", "message", "file");

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
