package io.tercet.http.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.handle.FileRules;
import io.tercet.http.message.AddressRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the words come to.
class CommandLineTest {
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
  void setsEachLimitByName() {
    Bounds bounds =
        settings(
                Map.of(),
                ".",
                "--limit",
                "header-timeout=1500ms",
                "--limit=connections=5",
                "--limit",
                "body-bytes=0",
                "--limit=bodies-bytes=2000",
                "--limit=body-rate=7",
                "--limit=body-grace=3s",
                "--limit=client-connections=9",
                "--limit=access-log-bytes=1000")
            .bounds();
    assertThat(bounds.bodiesBytesMax()).isEqualTo(2000);
    assertThat(bounds.deadlines().bodyRateMin()).isEqualTo(7);
    assertThat(bounds.deadlines().bodyGrace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(bounds.clientConnectionsMax()).isEqualTo(9);
    assertThat(bounds.accessLogBytesMax()).isEqualTo(1000);
    assertThat(bounds.deadlines().header()).isEqualTo(Duration.ofMillis(1500));
    assertThat(bounds.connectionsMax()).isEqualTo(5);
    assertThat(bounds.limits().bodyBytesMax()).isZero();
  }

  @Test
  void echoNeedsNeitherFolderNorStack() {
    Settings settings = settings(Map.of(), "--handler", "echo");
    assertThat(settings.answers()).isEqualTo(Settings.Answers.ECHO);
    assertThat(settings.sites()).isEmpty();
    assertThat(settings.managementPort()).isEmpty();
    assertThat(settings(Map.of(), ".").answers()).isEqualTo(Settings.Answers.FILES);
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
    assertThat(proxies.trusted()).isEqualTo(AddressRange.list("10.0.0.0/8,::1"));
    assertThat(proxies.proxyProtocol()).isTrue();
  }

  @Test
  void saysHowFilesAreServed() {
    FileRules rules =
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
            new FileRules.CacheRule("*.png", "max-age=60"),
            new FileRules.CacheRule("*", "no-store"));
    assertThat(rules.fields().first("x-one")).hasValue("1");
    assertThat(rules.fields().first("x-frame-options")).isEmpty();
    FileRules unset = settings(Map.of(), ".").files();
    assertThat(unset.lists()).isFalse();
    assertThat(unset.compresses()).isTrue();
    assertThat(unset.cacheRules()).isEmpty();
    assertThat(unset.fields()).hasToString(FileRules.DEFAULT.fields().toString());
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
        "compare --models nothing",
        "compare --models",
        "compare --connections 0",
        "compare --connections 10,20001",
        "compare --connections 1,2,3,4,5,6,7,8,9",
        "compare --connections many",
        "compare --seconds 0",
        "compare --seconds 61",
        "compare ./site",
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
        "--listing=false",
        "--no-spa=",
        "--no-compression=true",
        "--trusted-proxies=::1 --proxy-protocol=false"
      })
  void saysInOneLineWhatCannotBe(String words) {
    assertThat(CommandLine.read(words.split(" "), Map.of()))
        .isInstanceOfSatisfying(
            CommandLine.Wrong.class,
            wrong -> assertThat(wrong.line()).doesNotContain("\n").contains("--help"));
  }

  @Test
  void helpNamesEveryLimitAndItsDefault() {
    assertThat(CommandLine.read(new String[] {"--help"}, Map.of()))
        .isInstanceOfSatisfying(
            CommandLine.Tell.class,
            tell -> {
              for (String line : tell.text().split("\n")) {
                assertThat(line).hasSizeLessThanOrEqualTo(100);
                String[] words = line.strip().split("[ ]+");
                if (words[0].matches("[a-z-]+=[0-9a-z]+")) {
                  assertThat(settings(Map.of(), ".", "--limit", words[0]).bounds())
                      .as(words[0])
                      .isEqualTo(Bounds.DEFAULT);
                }
              }
            });
  }

  @Test
  void comparesAllModelsUnlessTold() {
    assertThat(comparison("compare"))
        .isEqualTo(
            new ComparisonSettings(
                Path.of("report.html"),
                List.of(Settings.Model.values()),
                List.of(10, 100, 1_000, 10_000),
                Duration.ofSeconds(1)));
    assertThat(
            comparison(
                "compare",
                "--out=a.html",
                "--models",
                "virtual-threads,epoll",
                "--connections=20,5,20",
                "--seconds",
                "0.25"))
        .isEqualTo(
            new ComparisonSettings(
                Path.of("a.html"),
                List.of(Settings.Model.VIRTUAL_THREADS, Settings.Model.EPOLL),
                List.of(5, 20),
                Duration.ofMillis(250)));
  }

  @Test
  void aHandlerOfTheLabNeedsNoStack() {
    Settings settings = settings(Map.of("TERCET_FILES_URL", "http://files:1"), "--handler=wait");
    assertThat(settings.answers()).isEqualTo(Settings.Answers.WAIT);
    assertThat(settings.sites()).isEmpty();
    assertThat(settings(Map.of("TERCET_HANDLER", "compute"), ".").answers())
        .isEqualTo(Settings.Answers.COMPUTE);
    assertThat(settings(Map.of(), ".").managementTokenFile()).isEmpty();
    assertThat(settings(Map.of("TERCET_MANAGEMENT_TOKEN_FILE", "t"), ".").managementTokenFile())
        .hasValue(Path.of("t"));
  }

  @Test
  void sitesComeWithAFolderToo() {
    Map<String, String> environment = Map.of("TERCET_FILES_URL", "http://files:1");
    assertThat(settings(environment, "/web").sites()).isNotEqualTo(Optional.empty());
  }

  private static ComparisonSettings comparison(String... words) {
    CommandLine.Outcome outcome = CommandLine.read(words, Map.of());
    assertThat(outcome).isInstanceOf(CommandLine.Compare.class);
    return ((CommandLine.Compare) outcome).settings();
  }

  private static Settings settings(Map<String, String> environment, String... words) {
    CommandLine.Outcome outcome = CommandLine.read(words, environment);
    assertThat(outcome).isInstanceOf(CommandLine.Serve.class);
    return ((CommandLine.Serve) outcome).settings();
  }
}
