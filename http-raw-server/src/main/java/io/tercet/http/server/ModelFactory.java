package io.tercet.http.server;

import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.PoolSize;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.concurrency.thread.OneByOne;
import io.tercet.http.concurrency.thread.ThreadPerConnection;
import io.tercet.http.concurrency.thread.ThreadPool;
import io.tercet.http.concurrency.thread.VirtualThreads;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.CommandLine;
import io.tercet.http.settings.Settings;
import io.tercet.http.worker.Processes;
import io.tercet.http.worker.WorkerCommand;
import java.io.IOException;
import java.util.Set;

/// Makes the concurrency models of one server, each as often as it is asked for.
///
/// @param capacity of the server, whichever model serves
/// @param pool how large the thread pool is
public record ModelFactory(
    Network network, ServerContext context, Capacity capacity, PoolSize pool) {

  /// What a model does that others do not.
  public static Set<Trait> traits(Settings.Model model) {
    return switch (model) {
      case ONE_BY_ONE -> OneByOne.TRAITS;
      case PROCESSES -> Processes.TRAITS;
      case THREADS -> ThreadPerConnection.TRAITS;
      case POOL -> ThreadPool.TRAITS;
      case VIRTUAL_THREADS -> VirtualThreads.TRAITS;
      case SELECT -> EventLoops.traits(Network.Kind.SELECT);
      case POLL -> EventLoops.traits(Network.Kind.POLL);
      case EPOLL -> EventLoops.traits(Network.Kind.EPOLL);
    };
  }

  /// A new one.
  ///
  /// @throws IOException if this system cannot have it
  public ConcurrencyModel make(Settings.Model model) throws IOException {
    if (model == Settings.Model.PROCESSES && !Platform.hasSystemCalls()) {
      throw new IOException("worker processes inherit their listeners, which needs Linux");
    }
    return switch (model) {
      case ONE_BY_ONE -> new OneByOne(context, network, capacity);
      case PROCESSES -> {
        WorkerCommand own = WorkerCommand.ofThisProcess();
        yield new Processes(
            Platform.spawner(), number -> own.with(CommandLine.WORKER, number), context.observer());
      }
      case THREADS -> new ThreadPerConnection(context, network, capacity);
      case POOL -> new ThreadPool(context, network, capacity, pool);
      case VIRTUAL_THREADS -> new VirtualThreads(context, network, capacity);
      case SELECT -> new EventLoops(Network.Kind.SELECT, context, network, capacity);
      case POLL -> new EventLoops(Network.Kind.POLL, context, network, capacity);
      case EPOLL -> new EventLoops(Network.Kind.EPOLL, context, network, capacity);
    };
  }
}
