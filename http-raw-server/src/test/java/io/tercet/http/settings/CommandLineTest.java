package io.tercet.http.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.concurrency.PoolSize;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.message.IpAddressRange;
import io.tercet.http.parse.RequestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the words come to.
class CommandLineTest {
  /// Every limit there is, each with a value of its own.
  private static final List<String> LIMITS =
      List.of(
          "request-line-bytes=1001",
          "header-bytes=1002",
          "header-count=1003",
          "body-bytes=1004",
          "chunk-line-bytes=1005",
          "header-timeout=1500ms",
          "body-timeout=2s",
          "idle-timeout=3m",
          "write-timeout=4s",
          "linger-timeout=5s",
          "body-rate=1006",
          "body-grace=6s",
          "requests-per-connection=1007",
          "connections=1008",
          "client-connections=1009",
          "backlog=1010",
          "unfinished-bytes=1011",
          "access-log-bytes=1012",
          "pool-threads=1013",
          "pool-queue=1014",
          "cached-file-bytes=1015",
          "cache-bytes=1016",
          "listing-entries=1017",
          "site-files=1018");

  private static final Additions ADDITIONS =
      new Additions(Map.of("--opened", "TERCET_OPENED"), List.of("wait"), "ADDED\n  text\n");

  @Test
  void withAFolderItIsAPlainServer() {
    Settings settings = settings(Map.of(), "./site", "--port", "8000");
    assertThat(settings.root()).isEqualTo(Path.of("./site"));
    assertThat(settings.rootMustExist()).isTrue();
    assertThat(settings.port()).isEqualTo(8000);
    assertThat(settings.listen()).isEqualTo("127.0.0.1");
    assertThat(settings.sites()).isEmpty();
    assertThat(settings.managementPort()).isEmpty();
    assertThat(settings.bounds()).isEqualTo(Bounds.DEFAULT);
  }

  @Test
  void withoutOneItIsAPartOfTheStack() {
    Settings settings = settings(Map.of("TERCET_DATA", "/d", "TERCET_PAGES_PORT", ""));
    assertThat(settings.root()).isEqualTo(Path.of("web-ui/dist"));
    assertThat(settings.rootMustExist()).isFalse();
    assertThat(settings.port()).isEqualTo(8083);
    assertThat(settings.managementPort()).hasValue(9083);
    assertThat(settings.model()).isEqualTo(Settings.Model.EPOLL);
    Settings.Sites sites = settings.sites().orElseThrow();
    assertThat(sites.secretFile()).isEqualTo(Path.of("/d/service-secret"));
    assertThat(sites.store()).isEqualTo(Path.of("/d/pages"));
    assertThat(sites.filesUrl()).hasToString("http://127.0.0.1:8082");
    assertThat(sites.domain()).isEqualTo("pages.localhost");
  }

  @Test
  void optionsComeBeforeTheEnvironment() {
    Map<String, String> environment =
        Map.of("TERCET_MODEL", "epoll", "TERCET_LISTEN", "0.0.0.0", "TERCET_PAGES_PORT", "1");
    Settings settings =
        settings(environment, "--model=virtual-threads", "--port=2", "--bind", "::1", "--no-spa");
    assertThat(settings.model()).isEqualTo(Settings.Model.VIRTUAL_THREADS);
    assertThat(settings.port()).isEqualTo(2);
    assertThat(settings.listen()).isEqualTo("::1");
    assertThat(settings.files().fallsBack()).isFalse();
  }

  @Test
  void setsEachLimitByNameAndNoOther() {
    RequestLimits limits = new RequestLimits(1001, 1002, 1003, 1004, 1005);
    ConnectionLimits deadlines =
        new ConnectionLimits(
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            Duration.ofMinutes(3),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            1006,
            Duration.ofSeconds(6),
            1007);
    ContentCache.Settings cache =
        new ContentCache.Settings(1015, 1016, ContentCache.Settings.DEFAULT.freshNanos());
    String[] words =
        Stream.concat(Stream.of("."), LIMITS.stream().map("--limit="::concat))
            .toArray(String[]::new);
    assertThat(settings(Map.of(), words).bounds())
        .isEqualTo(
            new Bounds(
                limits,
                deadlines,
                1008,
                1009,
                1010,
                1011,
                1012,
                new PoolSize(1013, 1014),
                cache,
                1017,
                1018));
  }

  @Test
  void aLimitMayBeAWordOfItsOwnAndABodyNothing() {
    Bounds bounds =
        settings(Map.of(), ".", "--limit", "connections=5", "--limit", "body-bytes=0").bounds();
    assertThat(bounds.connectionsMax()).isEqualTo(5);
    assertThat(bounds.limits().bodyBytesMax()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "header-bytes=3, 'header-bytes is 16 to 1000000000, not 3'",
    "connections=0, 'connections is 1 to 1000000000, not 0'",
    "backlog=-1, 'backlog is 1 to 1000000000, not -1'",
    "body-bytes=1000000001, 'body-bytes is 0 to 1000000000, not 1000000001'",
    "body-rate=99999999999, 'body-rate is 0 to 1000000000, not 99999999999'",
    "pool-queue=many, 'pool-queue is 1 to 1000000, not many'",
    "idle-timeout=0s, 'idle-timeout is 1ms to 1000000m, such as 10s, not 0s'",
    "idle-timeout=1000001m, 'idle-timeout is 1ms to 1000000m, such as 10s, not 1000001m'",
    "idle-timeout=10, 'idle-timeout is 1ms to 1000000m, such as 10s, not 10'"
  })
  void saysWhatALimitMayBe(String limit, String line) {
    assertThat(wrong(limit)).startsWith(line + "; ");
  }

  @Test
  void eachLimitMayBeItsLeastAndItsMost() {
    Pattern range = Pattern.compile(" is ([0-9a-z]+) to ([0-9a-z]+),");
    for (String name : LIMITS.stream().map(CommandLineTest::name).toList()) {
      Matcher said = range.matcher(wrong(name + "=x"));
      assertThat(said.find()).as(name).isTrue();
      for (String value : List.of(said.group(1), said.group(2))) {
        assertThat(settings(Map.of(), ".", "--limit=" + name + "=" + value).bounds()).isNotNull();
      }
    }
  }

  @Test
  void echoNeedsNeitherFolderNorStack() {
    Settings settings = settings(Map.of(), "--handler", "echo");
    assertThat(settings.handler()).isEqualTo(Settings.ECHO);
    assertThat(settings.sites()).isEmpty();
    assertThat(settings.managementPort()).isEmpty();
    assertThat(settings(Map.of(), ".").handler()).isEqualTo(Settings.FILES);
  }

  @Test
  void theAccessLogIsOffUnlessAFileIsNamed() {
    assertThat(settings(Map.of(), ".").accessLog()).isEmpty();
    assertThat(settings(Map.of(), ".", "--access-log", "-").accessLog())
        .hasValue(new Settings.AccessLog("-", false));
    Map<String, String> environment =
        Map.of("TERCET_ACCESS_LOG", "/log", "TERCET_ACCESS_LOG_FORMAT", "json");
    assertThat(settings(environment, ".").accessLog())
        .hasValue(new Settings.AccessLog("/log", true));
  }

  @Test
  void nobodyIsTrustedUnlessNamed() {
    assertThat(settings(Map.of(), ".").proxies().trusted()).isEmpty();
    Settings.Proxies proxies =
        settings(Map.of(), ".", "--trusted-proxies=10.0.0.0/8,::1", "--proxy-protocol").proxies();
    assertThat(proxies.trusted()).isEqualTo(IpAddressRange.list("10.0.0.0/8,::1"));
    assertThat(proxies.proxyProtocol()).isTrue();
  }

  @Test
  void theGatewayIsTrustedAsAPartOfTercet() {
    assertThat(settings(Map.of()).proxies().trusted())
        .isEqualTo(IpAddressRange.list("127.0.0.0/8,::1"));
    assertThat(settings(Map.of("TERCET_GATEWAY_ADDRESSES", "10.0.0.0/8")).proxies().trusted())
        .isEqualTo(IpAddressRange.list("10.0.0.0/8"));
    // What stands before the gateway does not reach this server.
    assertThat(settings(Map.of("TERCET_TRUSTED_PROXIES", "10.0.0.0/8"), ".").proxies().trusted())
        .isEmpty();
  }

  @Test
  void saysHowFilesAreServed() {
    FileServingOptions rules =
        settings(
                Map.of(),
                ".",
                "--listing",
                "--no-compression",
                "--cache-control=*.png=max-age=60",
                "--cache-control",
                "*=no-store",
                "--header",
                "X-One: 1",
                "--header=X-Frame-Options:",
                "--limit=listing-entries=7",
                "--limit=cached-file-bytes=9",
                "--limit=cache-bytes=11")
            .files();
    assertThat(rules.lists()).isTrue();
    assertThat(rules.compresses()).isFalse();
    assertThat(rules.listingEntriesMax()).isEqualTo(7);
    assertThat(rules.cacheRules())
        .containsExactly(
            new FileServingOptions.CacheRule("*.png", "max-age=60"),
            new FileServingOptions.CacheRule("*", "no-store"));
    assertThat(rules.fields().first("x-one")).hasValue("1");
    assertThat(rules.fields().first("x-frame-options")).isEmpty();
    FileServingOptions unset = settings(Map.of(), ".").files();
    assertThat(unset.lists()).isFalse();
    assertThat(unset.compresses()).isTrue();
    assertThat(unset.cacheRules()).isEmpty();
    assertThat(unset.fields()).hasToString(FileServingOptions.DEFAULT.fields().toString());
    Bounds bounds =
        settings(Map.of(), ".", "--limit=cached-file-bytes=9", "--limit=cache-bytes=11").bounds();
    assertThat(bounds.cache().fileBytesMax()).isEqualTo(9);
    assertThat(bounds.cache().totalBytesMax()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cache-control",
        "--cache-control *.png",
        "--header",
        "--header X",
        "--header Content-Length:1",
        "--limit listing-entries=many",
        "--port",
        "--port x",
        "--port 70000",
        "--model one-at-a-time",
        "--handler sing",
        "--nonsense",
        ". two",
        "--limit",
        "--limit x",
        "--limit speed=1",
        "--limit header-timeout=fast",
        "--limit header-timeout=0s",
        "--limit connections=-1",
        "--limit connections=0",
        "--limit backlog=0",
        "--handler nobody",
        "--access-log",
        "--access-log-format xml",
        "--trusted-proxies 10.0.0.1/8",
        "--trusted-proxies nobody",
        "--proxy-protocol",
        "--trusted-proxies= --proxy-protocol",
        "--listing=false",
        "--no-spa=",
        "--no-compression=true",
        "--no-io-uring",
        "--management-token-file t --management-port 0",
        "--trusted-proxies=::1 --proxy-protocol=false"
      })
  void saysInOneLineWhatCannotBe(String words) {
    assertThat(CommandLine.read(words.split(" "), Map.of(), Additions.NONE))
        .isInstanceOfSatisfying(
            CommandLine.Wrong.class,
            wrong -> assertThat(wrong.line()).doesNotContain("\n").contains("--help"));
  }

  @Test
  void helpNamesEveryLimitAndItsDefault() {
    assertThat(CommandLine.read(new String[] {"--help"}, Map.of(), Additions.NONE))
        .isInstanceOfSatisfying(
            CommandLine.Tell.class,
            tell -> {
              List<String> named = new ArrayList<>();
              for (String line : tell.text().split("\n")) {
                assertThat(line).hasSizeLessThanOrEqualTo(100);
                String[] words = line.strip().split("[ ]+");
                if (words[0].matches("[a-z-]+=[0-9a-z]+")) {
                  named.add(name(words[0]));
                  assertThat(settings(Map.of(), ".", "--limit", words[0]).bounds())
                      .as(words[0])
                      .isEqualTo(Bounds.DEFAULT);
                }
              }
              assertThat(named)
                  .containsExactlyInAnyOrderElementsOf(
                      LIMITS.stream().map(CommandLineTest::name).toList());
            });
  }

  @Test
  void knowsTheHandlersThatAnotherProgramAdds() {
    Settings settings =
        extended(Map.of("TERCET_FILES_URL", "http://files:1"), "--handler=wait").orElseThrow();
    assertThat(settings.handler()).isEqualTo("wait");
    assertThat(settings.sites()).isEmpty();
    assertThat(extended(Map.of("TERCET_HANDLER", "wait"), ".").orElseThrow().handler())
        .isEqualTo("wait");
    assertThat(CommandLine.read(new String[] {"--handler=sing"}, Map.of(), ADDITIONS))
        .isInstanceOfSatisfying(
            CommandLine.Wrong.class,
            wrong -> assertThat(wrong.line()).contains("files, echo or wait, not sing"));
  }

  @Test
  void knowsTheOptionsThatAnotherProgramAdds() {
    assertThat(extended(Map.of(), ".").orElseThrow().managementOptions()).isEmpty();
    assertThat(extended(Map.of("TERCET_OPENED", "t")).orElseThrow().managementOptions())
        .isEqualTo(Map.of("--opened", "t"));
    assertThat(
            extended(Map.of("TERCET_OPENED", "t"), "--opened", "u")
                .orElseThrow()
                .managementOptions())
        .isEqualTo(Map.of("--opened", "u"));
  }

  @Test
  void refusesWhatOpensSomethingOnAManagementPortThatIsNotThere() {
    assertThat(CommandLine.read(new String[] {".", "--opened=t"}, Map.of(), ADDITIONS))
        .isInstanceOfSatisfying(
            CommandLine.Wrong.class,
            wrong -> assertThat(wrong.line()).contains("--opened wants --management-port"));
    assertThat(
            extended(Map.of(), ".", "--opened=t", "--management-port=0")
                .orElseThrow()
                .managementOptions())
        .isEqualTo(Map.of("--opened", "t"));
  }

  @Test
  void helpTellsOfWhatAnotherProgramAdds() {
    assertThat(CommandLine.read(new String[] {"--help"}, Map.of(), ADDITIONS))
        .isInstanceOfSatisfying(
            CommandLine.Tell.class,
            tell ->
                assertThat(tell.text())
                    .containsSubsequence("AS A PART OF TERCET", "\n\nADDED\n", "\n\nSIGNALS\n"));
  }

  @Test
  void copiesOfSitesTakeWhatIsSaidOnDisk() {
    assertThat(sitesDisk(Map.of())).isEqualTo(1800L << 20);
    assertThat(sitesDisk(Map.of("TERCET_SITES_DISK", ""))).isEqualTo(1800L << 20);
    assertThat(sitesDisk(Map.of("TERCET_SITES_DISK", "3GB"))).isEqualTo(3L << 30);
    assertThat(sitesDisk(Map.of("TERCET_SITES_DISK", "3GB"), "--sites-disk=5B")).isEqualTo(5);
    int processes = Runtime.getRuntime().availableProcessors() + 1;
    assertThat(sitesDisk(Map.of("TERCET_MODEL", "processes"), "--sites-disk=1GB"))
        .as("the supervisor and its workers")
        .isEqualTo((1L << 30) / processes);
    assertThat(sitesDisk(Map.of(), "--sites-disk=1GB", "--worker=0"))
        .isEqualTo((1L << 30) / processes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "1.5GB", "-1GB", "1gb", "1 GB", "9999999999B", "999999999TB"})
  void refusesADiskThatIsNoSize(String size) {
    assertThat(CommandLine.read(new String[] {"--sites-disk", size}, Map.of(), Additions.NONE))
        .isInstanceOfSatisfying(
            CommandLine.Wrong.class,
            wrong ->
                assertThat(wrong.line())
                    .contains("--sites-disk is a size")
                    .contains("not " + size));
  }

  private static long sitesDisk(Map<String, String> environment, String... args) {
    return settings(environment, args).sites().orElseThrow().storeBytesMax();
  }

  @Test
  void sitesComeWithAFolderToo() {
    Map<String, String> environment = Map.of("TERCET_FILES_URL", "http://files:1");
    assertThat(settings(environment, "/web").sites()).isNotEqualTo(Optional.empty());
  }

  @Test
  void anEmptyVariableIsAsGoodAsNone() {
    Map<String, String> empty =
        Map.of(
            "TERCET_WEB_ROOT", "",
            "TERCET_DATA", "",
            "TERCET_FILES_URL", "",
            "TERCET_SERVICE_SECRET_FILE", "",
            "TERCET_OPENED", "");
    Settings stack = extended(empty).orElseThrow();
    assertThat(stack.root()).isEqualTo(Path.of("web-ui/dist"));
    Settings.Sites sites = stack.sites().orElseThrow();
    assertThat(sites.filesUrl()).hasToString("http://127.0.0.1:8082");
    assertThat(sites.secretFile()).isEqualTo(Path.of("data/service-secret"));
    assertThat(sites.store()).isEqualTo(Path.of("data/pages"));
    Settings plain = extended(empty, "./site").orElseThrow();
    assertThat(plain.sites()).isEmpty();
    assertThat(plain.managementPort()).isEmpty();
  }

  private static String name(String limit) {
    return limit.substring(0, limit.indexOf('='));
  }

  private static String wrong(String limit) {
    CommandLine.Outcome outcome =
        CommandLine.read(new String[] {".", "--limit=" + limit}, Map.of(), Additions.NONE);
    assertThat(outcome).isInstanceOf(CommandLine.Wrong.class);
    return ((CommandLine.Wrong) outcome).line();
  }

  private static Optional<Settings> extended(Map<String, String> environment, String... words) {
    return CommandLine.read(words, environment, ADDITIONS) instanceof CommandLine.Serve serve
        ? Optional.of(serve.settings())
        : Optional.empty();
  }

  private static Settings settings(Map<String, String> environment, String... words) {
    CommandLine.Outcome outcome = CommandLine.read(words, environment, Additions.NONE);
    assertThat(outcome).isInstanceOf(CommandLine.Serve.class);
    return ((CommandLine.Serve) outcome).settings();
  }
}
