package io.tercet.gateway.limit;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.tercet.gateway.proxy.TrustedProxies;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Refuses connections past a limit for all clients and for each network, so that a client with
/// very many cannot use up the files that the process may open. The connections of trusted
/// proxies count only for all: they carry the requests of many people.
///
/// A refused client gets 503 if it sends a request soon.
@Component
final class ConnectionLimit implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

  /// A WebSocket, or a request that is under way, has a connection to a service, too.
  private static final int FILES_PER_CONNECTION = 2;

  /// For jars, logs, and connections that are being refused.
  private static final int FILES_FOR_OTHER_USES = 1_000;

  private final OpenConnections connections;
  private final RefusedConnections refused;
  private final TrustedProxies trusted;
  private final Counter refusals;

  ConnectionLimit(LimitSettings limits, TrustedProxies trusted, MeterRegistry meters) {
    this.connections =
        new OpenConnections(
            max(limits.connectionsMax(), openFilesMax()), limits.connectionsPerAddressMax());
    this.refused = new RefusedConnections(limits.closePatience());
    this.trusted = trusted;
    this.refusals =
        Counter.builder("tercet.connections.refused")
            .description("Connections that were refused because there were too many")
            .register(meters);
    Gauge.builder("tercet.connections.open", connections, OpenConnections::size)
        .description("Connections of clients")
        .register(meters);
  }

  /// The limit for all connections: `setting`, or less if the process may not open enough files.
  static int max(int setting, long openFilesMax) {
    long affordable = (openFilesMax - FILES_FOR_OTHER_USES) / FILES_PER_CONNECTION;
    return Math.toIntExact(Math.clamp(affordable, 1, setting));
  }

  /// Customizes the factory and not the server, so that the management port has no such limit: what
  /// is full must still tell that it is alive.
  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(
        server -> server.doOnChannelInit((_, channel, _) -> admit(channel)));
  }

  private void admit(Channel channel) {
    connections
        .open(countedAddress(channel.remoteAddress()))
        .ifPresentOrElse(
            place -> channel.closeFuture().addListener(_ -> place.close()),
            () -> {
              refusals.increment();
              refused.add(channel);
            });
  }

  private @Nullable InetAddress countedAddress(@Nullable SocketAddress client) {
    return client instanceof InetSocketAddress peer && !trusted.contains(peer.getAddress())
        ? peer.getAddress()
        : null;
  }

  private static long openFilesMax() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
