package io.tercet.gateway.limit;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMethod;
import io.tercet.gateway.parse.RequestDecoder;
import io.tercet.gateway.parse.ResponseEncoder;
import io.tercet.gateway.problem.BrokenBody;
import io.tercet.gateway.problem.DecoderErrorResponse;
import java.util.ArrayDeque;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.netty.NettyPipeline;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class ServerLimits {

  /// Replaces the codec by a strict one, and adds the handlers that answer requests which it
  /// refuses: those never reach a filter.
  @Bean
  @Order(0)
  NettyServerCustomizer limitedServer(LimitSettings limits) {
    return server ->
        server
            .readTimeout(limits.requestPause())
            .idleTimeout(limits.connectionIdle())
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .doOnChannelInit((_, channel, _) -> limit(channel.pipeline(), limits));
  }

  private static void limit(ChannelPipeline pipeline, LimitSettings limits) {
    var unanswered = new ArrayDeque<HttpMethod>();
    // Each goes right behind the codec, so the last one is the first to see a request.
    pipeline
        .addAfter(NettyPipeline.HttpCodec, "decoderErrorResponse", new DecoderErrorResponse())
        .addAfter(NettyPipeline.HttpCodec, "brokenBody", new BrokenBody())
        .addAfter(
            NettyPipeline.HttpCodec, "lingeringClose", new LingeringClose(limits.closePatience()))
        .addAfter(NettyPipeline.HttpCodec, "responseEncoder", new ResponseEncoder(unanswered));
    var _ =
        pipeline.replace(
            NettyPipeline.HttpCodec,
            NettyPipeline.HttpCodec,
            new RequestDecoder(
                Math.toIntExact(limits.requestLine().toBytes()),
                Math.toIntExact(limits.requestHeaders().toBytes()),
                Math.toIntExact(limits.socketFrame().toBytes()),
                unanswered));
  }
}
