package io.tercet.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/// The part of contracts/internal.md that the gateway uses: sessions exchanged for tokens, and the
/// stream of ended sessions.
final class FakeChat {

  private static final String STREAM = "/internal/sessions/ended";

  private final FakeService service;
  private final List<Exchanged> exchanged = new CopyOnWriteArrayList<>();
  private final Sinks.Many<String> lines = Sinks.many().multicast().directBestEffort();
  private final Sinks.Many<String> breaks = Sinks.many().multicast().directBestEffort();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Function<String, Mono<Integer>> verdict;
  private volatile boolean streams = true;
  private volatile boolean silent;

  record Exchanged(String session, String authorization) {}

  FakeChat(FakeService service) {
    this.service = service;
    this.verdict = FakeChat::aliveUnlessEnded;
    reset();
  }

  void reset() {
    exchanged.clear();
    streams = true;
    silent = false;
    verdict = FakeChat::aliveUnlessEnded;
    service.reset();
    behave((request, response) ->
        request.receive().then().then(response.sendString(Mono.just("chat")).then()));
  }

  /// The status that an exchange answers with, per session.
  void decide(Function<String, Mono<Integer>> verdict) {
    this.verdict = verdict;
  }

  /// The answer to every request except the exchange.
  void behave(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> other) {
    service.behave((request, response) ->
        switch (request.uri()) {
          case "/internal/session/exchange" -> exchange(request, response);
          case STREAM -> stream(response);
          default -> other.apply(request, response);
        });
  }

  /// Names a session in all streams.
  void end(String session) {
    lines.tryEmitNext("{\"sessionId\":\"id-of-" + session + "\"}\n").orThrow();
  }

  /// Says in all streams whether this service hears of all sessions.
  void hearsOfAll(boolean all) {
    lines.tryEmitNext("{\"complete\":" + all + "}\n").orThrow();
  }

  /// Ends all streams, and refuses new ones until they are accepted again.
  void refuseStreams() {
    streams = false;
    breakStreams();
  }

  /// Opens streams again.
  void acceptStreams() {
    streams = true;
  }

  private void breakStreams() {
    breaks.tryEmitNext("");
  }

  /// Streams say nothing after their first line.
  void fallSilent() {
    silent = true;
  }

  /// How many streams were opened.
  int opened() {
    return opened.get();
  }

  private Publisher<Void> stream(HttpServerResponse response) {
    if (!streams) {
      return response.status(503).send();
    }
    opened.incrementAndGet();
    var complete = "{\"complete\":true}\n";
    var later =
        Flux.merge(lines.asFlux(), Flux.interval(Duration.ofSeconds(1)).map(_ -> complete))
            .filter(_ -> !silent)
            .takeUntilOther(breaks.asFlux());
    return response
        .sse()
        .header("Content-Type", "application/x-ndjson")
        .sendString(Flux.concat(Mono.just(complete), later))
        .then();
  }

  List<Exchanged> exchanged() {
    return List.copyOf(exchanged);
  }

  /// The requests that the gateway forwarded, without its own exchanges.
  List<FakeService.Seen> seen() {
    return service.seen().stream().filter(seen -> !seen.uri().startsWith("/internal/")).toList();
  }

  /// The requests that follow from those of clients, exchanges too. The stream is none of them: each
  /// gateway of this run opens it again whenever it has none.
  List<FakeService.Seen> causedByClients() {
    return service.seen().stream().filter(seen -> !seen.uri().equals(STREAM)).toList();
  }

  FakeService.Seen onlyRequest() {
    var all = seen();
    if (all.size() != 1) {
      throw new AssertionError("chat saw " + all);
    }
    return all.getFirst();
  }

  private static Mono<Integer> aliveUnlessEnded(String session) {
    return Mono.just(session.startsWith("ended") ? 401 : 200);
  }

  private Publisher<Void> exchange(HttpServerRequest request, HttpServerResponse response) {
    return request
        .receive()
        .aggregate()
        .asString(StandardCharsets.UTF_8)
        .map(body -> JsonMapper.shared().readTree(body).get("session").asString())
        .doOnNext(session ->
            exchanged.add(new Exchanged(session, request.requestHeaders().get("Authorization"))))
        .flatMap(session ->
            verdict
                .apply(session)
                .flatMap(status ->
                    response
                        .status(status)
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just(answer(session)))
                        .then()));
  }

  private static String answer(String session) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "token",
                "token-of-" + session,
                "expiresAt",
                Instant.now().plusSeconds(300).toString(),
                "person",
                Map.of("personId", "p", "name", "ada", "guest", true),
                "sessionId",
                "id-of-" + session));
  }
}
