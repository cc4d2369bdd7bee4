package io.tercet.gateway.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServer;

/// Bounds what clients that do not read keep in the gateway's memory: downloads, answers, and
/// frames of WebSockets. Each connection has a bound, past which the gateway reads no more from the
/// service; `UnreadConnections` bounds the sum.
@Component
final class UnreadLimit implements NettyServerCustomizer {

  private final WriteBufferWaterMark unsent;
  private final UnreadConnections unread;
  private final Counter closed;

  UnreadLimit(LimitSettings limits, MeterRegistry meters) {
    int high = Math.toIntExact(limits.unsentMax().toBytes());
    this.unsent = new WriteBufferWaterMark(high / 2, high);
    this.unread = new UnreadConnections(limits.unsentAllMax().toBytes());
    this.closed =
        Counter.builder("tercet.connections.unread.closed")
            .description("Connections that were closed because their clients did not read")
            .register(meters);
    Gauge.builder("tercet.connections.unread", unread, UnreadConnections::bytes)
        .description("What waits for clients that do not read")
        .baseUnit("bytes")
        .register(meters);
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, unsent)
        .doOnChannelInit((_, channel, _) -> {
          if (channel.remoteAddress() instanceof InetSocketAddress client) {
            channel.pipeline().addFirst("unread", new Watch(ClientNetwork.of(client.getAddress())));
          }
        });
  }

  /// Confined to one connection.
  private final class Watch extends ChannelInboundHandlerAdapter {

    private final ClientNetwork network;

    Watch(ClientNetwork network) {
      this.network = network;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      Channel connection = context.channel();
      if (connection.isWritable()) {
        unread.remove(network, connection);
      } else {
        closed.increment(unread.add(network, connection, unsentOf(connection)));
      }
      context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      unread.remove(network, context.channel());
      context.fireChannelInactive();
    }

    private static long unsentOf(Channel connection) {
      var buffer = connection.unsafe().outboundBuffer();
      return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
  }
}
