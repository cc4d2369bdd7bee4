package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.util.Set;

/// One thread, one connection at a time, closed after its response: an iterative server.
///
/// All other connections wait in the listener's queue meanwhile, and a silent client keeps them
/// there until its deadline. Every other model is an answer to that.
public final class OneByOne extends BlockingModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS =
      Set.of(Trait.MAY_STARVE_OTHERS, Trait.ONE_REQUEST_PER_CONNECTION);

  /// @param capacity of the server
  public OneByOne(ServerContext context, Network network, Capacity capacity) {
    super("one-by-one", context.oneRequestPerConnection(), network, capacity, null);
  }
}
