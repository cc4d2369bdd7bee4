package io.tercet.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which package may know which. A package knows packages of lower floors: none of its own floor,
/// and none above it.
@AnalyzeClasses(packages = "io.tercet.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "io.tercet.http";
  private static final int FLOORS_MAX = 9;
  private static final int TYPES_MAX = 15;

  /// From the bottom to the top; the empty name is the package that embedding programs see.
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("message", "posix"),
          List.of("parse", "render", "client"),
          List.of("buffer", "negotiation"),
          List.of("connection", "file", "readiness"),
          List.of(
              "access",
              "concurrency",
              "handle",
              "metrics",
              "nio",
              "posix.file",
              "posix.poll",
              "process",
              "site"),
          List.of(
              "concurrency.loop",
              "concurrency.thread",
              "posix.process",
              "posix.socket",
              "settings",
              "worker"),
          List.of("server"),
          List.of("program"),
          List.of(""));

  @ArchTest
  static void everyPackageStandsOnAFloor(JavaClasses classes) {
    assertThat(FLOORS).hasSizeLessThanOrEqualTo(FLOORS_MAX);
    assertThat(FLOORS.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            classes.stream().map(ArchitectureTest::room).distinct().toList());
  }

  @ArchTest
  static void noImportRunsUpwardsOrAcross(JavaClasses classes) {
    List<String> wrong =
        classes.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(dependency -> !isAllowed(dependency))
            .map(Dependency::getDescription)
            .toList();
    assertThat(wrong).isEmpty();
  }

  /// package-info and nested types are not counted.
  @ArchTest
  static void noPackageHasMoreTypesThanOneCanKeepInMind(JavaClasses classes) {
    Map<String, Long> types =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(ArchitectureTest::room, Collectors.counting()));
    assertThat(types).allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(TYPES_MAX));
  }

  @ArchTest
  static final ArchRule onlyPosixCallsTheSystem =
      noClasses()
          .that()
          .resideOutsideOfPackage("..posix..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.lang.foreign..");

  @ArchTest
  static final ArchRule onlyTheServerKnowsWhatFillsInTheSystem =
      noClasses()
          .that()
          .resideOutsideOfPackages("..posix..", "..nio..", ROOT + ".server")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".posix..", ROOT + ".nio..");

  @ArchTest
  static final ArchRule modelsKnowNeitherHttpNorTheSystem =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".concurrency..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".message", ROOT + ".parse..", ROOT + ".handle..");

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
  static final ArchRule namesSayWhatThingsAre =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Misc|Base)");

  private static boolean isAllowed(Dependency dependency) {
    String from = room(dependency.getOriginClass());
    String to = room(dependency.getTargetClass());
    return from.equals(to) || floor(to) < floor(from);
  }

  private static int floor(String room) {
    Predicate<List<String>> hasRoom = floor -> floor.contains(room);
    return FLOORS.indexOf(FLOORS.stream().filter(hasRoom).findFirst().orElseThrow());
  }

  /// A package by its name below the root.
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }
}
