package io.tercet.http.client;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.Request;
import org.jspecify.annotations.Nullable;

/// Who the client of one conversation is, as far as it is known: the peer, or whom a trusted proxy
/// names.
///
/// A direct client counts against its limit as long as it is connected. A client that a proxy names
/// with each request counts until its response has been sent, because the connection is the
/// proxy's.
///
/// Threading: confined to its conversation.
public final class ClientIdentity {
  private final ConnectionLimiter limiter;
  private final TrustedProxies proxies;
  private final PeerAddress address;
  private @Nullable Endpoint peer;
  private @Nullable Endpoint client;
  private @Nullable IpAddress counted;
  private boolean countsPerRequest;
  private boolean isProxyItself;

  /// Nothing is known yet but how to ask for the address.
  public ClientIdentity(ConnectionLimiter limiter, PeerAddress address) {
    this.limiter = limiter;
    this.proxies = limiter.proxies();
    this.address = address;
  }

  /// Whether the peer is a proxy whose connections begin with a PROXY header.
  public boolean sendsProxyHeader() {
    return proxies.proxyProtocol() && proxies.contains(peer().address());
  }

  /// Counts the connection; false if the client has enough connections already.
  public boolean connect() {
    return limiter.isOff() || count(peer().address());
  }

  /// Takes the client from the PROXY header and counts its connection; false if it has enough
  /// connections already.
  ///
  /// @param source null if the proxy connects for itself, or cannot say for whom
  public boolean connectFor(@Nullable Endpoint source) {
    if (source == null) {
      isProxyItself = true;
      return true;
    }
    release();
    peer = source;
    return count(source.address());
  }

  /// Takes the client from the fields of a request, if a trusted proxy sent it, and counts the
  /// request; false if that client has enough connections already.
  public boolean beginRequest(Headers headers) {
    if (!identify(headers)) {
      return true;
    }
    countsPerRequest = true;
    release();
    return count(client().address());
  }

  /// Takes the client from the fields of a request that is rejected, if any were read.
  public void rejectRequest(@Nullable Request rejected) {
    if (rejected != null) {
      identify(rejected.headers());
    }
  }

  /// The response is written: the next request may come from another client.
  public void responseWritten() {
    client = null;
  }

  /// Every response has been sent.
  public void responsesSent() {
    if (countsPerRequest) {
      release();
    }
  }

  /// Takes back what was counted.
  public void release() {
    if (counted != null) {
      limiter.release(counted);
      counted = null;
    }
  }

  /// The client of the request that has no response yet.
  public Endpoint client() {
    return client == null ? peer() : client;
  }

  /// Takes the client from X-Forwarded-For; false if no trusted proxy sent the request.
  private boolean identify(Headers headers) {
    if (limiter.isOff()) {
      return false;
    }
    IpAddress from = peer().address();
    // A proxy that cannot say for whom it connects may pass on what anybody wrote.
    if (isProxyItself || !proxies.contains(from)) {
      return false;
    }
    IpAddress named = ForwardedFor.client(headers, from, proxies);
    client = named.equals(from) ? null : new Endpoint(named, 0);
    return true;
  }

  private Endpoint peer() {
    Endpoint known = peer;
    if (known == null) {
      known = address.peer();
      peer = known;
    }
    return known;
  }

  private boolean count(IpAddress of) {
    boolean fits = limiter.tryAcquire(of);
    counted = fits ? of : null;
    return fits;
  }
}
