package io.tercet.gateway.limit;

import io.netty.channel.ChannelOption;
import io.tercet.gateway.problem.DecoderErrorResponse;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.netty.NettyPipeline;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class ServerLimits {

  /// Adds the handlers that answer requests which are too long: those never reach a filter.
  @Bean
  @Order(0)
  NettyServerCustomizer limitedServer(LimitSettings limits) {
    return server ->
        server
            .httpRequestDecoder(decoder ->
                decoder
                    .maxInitialLineLength(Math.toIntExact(limits.requestLine().toBytes()))
                    .maxHeaderSize(Math.toIntExact(limits.requestHeaders().toBytes())))
            .readTimeout(limits.requestPause())
            .idleTimeout(limits.connectionIdle())
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .doOnChannelInit((_, channel, _) ->
                channel
                    .pipeline()
                    .addAfter(
                        NettyPipeline.HttpCodec, "decoderErrorResponse", new DecoderErrorResponse())
                    .addAfter(
                        NettyPipeline.HttpCodec,
                        "lingeringClose",
                        new LingeringClose(limits.closePatience())));
  }
}
