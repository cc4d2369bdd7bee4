package io.tercet.files.chat;

import io.tercet.files.identity.ServiceTokens;
import io.tercet.files.problem.RequestId;
import io.tercet.files.upstream.AddressFailover;
import java.net.http.HttpClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatSettings.class)
class ChatConfiguration {

  @Bean
  ChatClient chatClient(
      @Value("${tercet.chat-url}") String url, ChatSettings settings, ServiceTokens tokens) {
    // HTTP/1.1: with HTTP/2 the client would offer an upgrade to h2c in every request.
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout())
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client);
    requests.setReadTimeout(settings.readTimeout());
    RestClient rest =
        RestClient.builder()
            .baseUrl(url)
            .requestFactory(requests)
            .requestInterceptor((request, body, next) -> {
              request.getHeaders().setBearerAuth(tokens.tokenFor("chat-service"));
              RequestId.current().ifPresent(id -> request.getHeaders().set(RequestId.HEADER, id));
              return next.execute(request, body);
            })
            .requestInterceptor(new AddressFailover())
            .build();
    return new ChatClient(
        HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
            .build()
            .createClient(ChatApi.class));
  }
}
