package io.tercet.http.client;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Headers;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.Request;
import org.jspecify.annotations.Nullable;

/// The client of one conversation, as far as it is known: who connected, or whom a trusted proxy
/// names.
///
/// A direct client counts for as long as it is connected. A client behind a proxy that names it
/// with each request counts while its request is handled, because the connection is the proxy's.
///
/// Threading: confined to its conversation.
public final class ClientIdentity {
  private final ConnectionLimiter callers;
  private final PeerAddress remote;
  private @Nullable Endpoint peer;
  private @Nullable Endpoint client;
  private @Nullable IpAddress counted;
  private boolean forwarded;
  private boolean unnamed;

  public ClientIdentity(ConnectionLimiter callers, PeerAddress remote) {
    this.callers = callers;
    this.remote = remote;
  }

  public boolean beginsWithProxyHeader() {
    return !callers.areAlike() && callers.beginsWithProxyHeader(peer().address());
  }

  /// It has connected; false if it has enough connections already.
  public boolean connects() {
    return callers.areAlike() || count(peer().address());
  }

  /// Takes from its proxy's header who it is, or nobody; false if it has enough connections
  /// already.
  public boolean introduce(@Nullable Endpoint source) {
    if (source == null) {
      unnamed = true;
      return true;
    }
    leave();
    peer = source;
    return count(source.address());
  }

  /// A request came; false if the client whom a proxy names in it has enough under way already.
  public boolean requests(Headers headers) {
    if (!identify(headers)) {
      return true;
    }
    forwarded = true;
    leave();
    return count(client().address());
  }

  /// This was read of a request that is refused, if anything was.
  public void refused(@Nullable Request refused) {
    if (refused != null) {
      identify(refused.headers());
    }
  }

  /// What it asked for is answered: the next request may be another's.
  public void answered() {
    client = null;
  }

  /// What it asked for has left.
  public void served() {
    if (forwarded) {
      leave();
    }
  }

  /// Stops to count it.
  public void leave() {
    if (counted != null) {
      callers.leave(counted);
      counted = null;
    }
  }

  /// Whom the request came from that is not answered yet.
  public Endpoint client() {
    return client == null ? peer() : client;
  }

  /// Takes whom the fields name for the client; false if they may not, because no trusted proxy
  /// passed them on.
  private boolean identify(Headers headers) {
    if (callers.areAlike()) {
      return false;
    }
    IpAddress from = peer().address();
    // A proxy that cannot say for whom it connects may pass on what anybody wrote.
    if (unnamed || !callers.isTrusted(from)) {
      return false;
    }
    IpAddress named = ForwardedFor.client(headers, from, callers::isTrusted);
    client = named.equals(from) ? null : new Endpoint(named, 0);
    return true;
  }

  private Endpoint peer() {
    Endpoint known = peer;
    if (known == null) {
      known = remote.peer();
      peer = known;
    }
    return known;
  }

  private boolean count(IpAddress address) {
    boolean enters = callers.enter(address);
    counted = enters ? address : null;
    return enters;
  }
}
