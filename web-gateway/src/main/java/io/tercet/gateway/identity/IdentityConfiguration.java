package io.tercet.gateway.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.tercet.gateway.upstream.ServiceAddresses;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import reactor.netty.http.client.HttpClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
class IdentityConfiguration {

  /// Has an HTTP client of its own, so that exchanges do not wait behind downloads.
  @Bean
  HttpServiceProxyFactory chatServiceCalls(IdentitySettings settings, ServiceAddresses addresses) {
    var connectTimeoutMillis = Math.toIntExact(settings.connectTimeout().toMillis());
    var http =
        addresses
            .customize(HttpClient.create())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
            .responseTimeout(settings.answerTimeout());
    var web =
        WebClient.builder()
            .baseUrl(settings.chatUrl().toString())
            .clientConnector(new ReactorClientHttpConnector(http))
            .build();
    return HttpServiceProxyFactory.builderFor(WebClientAdapter.create(web)).build();
  }

  @Bean
  SessionExchangeClient sessionExchangeClient(HttpServiceProxyFactory calls) {
    return calls.createClient(SessionExchangeClient.class);
  }

  @Bean
  ServiceTokens serviceTokens(IdentitySettings settings) {
    return new ServiceTokens(ServiceSecret.read(settings.serviceSecretFile()), Clock.systemUTC());
  }

  @Bean
  SessionCache sessionCache(
      SessionExchangeClient chat, ServiceTokens tokens, IdentitySettings settings) {
    return new SessionCache(chat, tokens, Clock.systemUTC(), Ticker.systemTicker(), settings);
  }

  @Bean
  EndedSessions endedSessions(
      HttpServiceProxyFactory calls,
      ServiceTokens tokens,
      SessionCache sessions,
      IdentitySettings settings,
      MeterRegistry metrics) {
    return new EndedSessions(
        calls.createClient(EndedSessionsClient.class), tokens, sessions, settings, metrics);
  }
}
