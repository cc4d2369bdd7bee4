package io.tercet.http.connection;

import io.tercet.http.message.Address;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Headers;
import io.tercet.http.message.Request;
import io.tercet.http.parse.ForwardedFor;
import io.tercet.http.parse.Rule;
import org.jspecify.annotations.Nullable;

/// The client of one conversation, as far as it is known: who connected, or whom a trusted proxy
/// names.
///
/// A direct client counts for as long as it is connected. A client behind a proxy that names it
/// with each request counts while its request is handled, because the connection is the proxy's.
///
/// Threading: confined to its conversation.
final class Caller {
  private final Callers callers;
  private final Remote remote;
  private @Nullable Endpoint peer;
  private @Nullable Endpoint client;
  private @Nullable Address counted;
  private boolean forwarded;
  private boolean unnamed;

  Caller(Callers callers, Remote remote) {
    this.callers = callers;
    this.remote = remote;
  }

  boolean beginsWithProxyHeader() {
    return !callers.areAlike() && callers.beginsWithProxyHeader(peer().address());
  }

  /// It has connected; returns what is broken if it has enough connections already.
  @Nullable Rule connects() {
    return callers.areAlike() ? null : count(peer().address());
  }

  /// Takes from its proxy's header who it is, or nobody; returns what is broken if it has enough
  /// connections already.
  @Nullable Rule introduce(@Nullable Endpoint source) {
    if (source == null) {
      unnamed = true;
      return null;
    }
    leave();
    peer = source;
    return count(source.address());
  }

  /// A request came; returns what is broken if the client whom a proxy names in it has enough under
  /// way already.
  @Nullable Rule requests(Headers headers) {
    if (!identify(headers)) {
      return null;
    }
    forwarded = true;
    leave();
    return count(client().address());
  }

  /// This was read of a request that is refused, if anything was.
  void refused(@Nullable Request refused) {
    if (refused != null) {
      identify(refused.headers());
    }
  }

  /// What it asked for is answered: the next request may be another's.
  void answered() {
    client = null;
  }

  /// What it asked for has left.
  void served() {
    if (forwarded) {
      leave();
    }
  }

  /// Stops to count it.
  void leave() {
    if (counted != null) {
      callers.leave(counted);
      counted = null;
    }
  }

  /// Whom the request came from that is not answered yet.
  Endpoint client() {
    return client == null ? peer() : client;
  }

  /// Takes whom the fields name for the client; false if they may not, because no trusted proxy
  /// passed them on.
  private boolean identify(Headers headers) {
    if (callers.areAlike()) {
      return false;
    }
    Address from = peer().address();
    // A proxy that cannot say for whom it connects may pass on what anybody wrote.
    if (unnamed || !callers.isTrusted(from)) {
      return false;
    }
    Address named = ForwardedFor.client(headers, from, callers::isTrusted);
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

  private @Nullable Rule count(Address address) {
    boolean enters = callers.enter(address);
    counted = enters ? address : null;
    return enters ? null : Rule.TOO_MANY_OF_ONE_CLIENT;
  }
}
