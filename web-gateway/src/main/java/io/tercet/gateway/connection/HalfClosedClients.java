package io.tercet.gateway.connection;

import io.netty.channel.ChannelOption;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HalfClosedClients {

  /// Nearer to the socket than the handler that lingers, so that what it closes is closed at once.
  @Bean
  NettyServerCustomizer answeredHalfClosedClients() {
    return server ->
        server
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .doOnChannelInit((_, channel, _) ->
                channel.pipeline().addBefore("lingeringClose", "halfClose", new HalfClose()));
  }
}
