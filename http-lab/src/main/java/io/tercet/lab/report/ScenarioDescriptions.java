package io.tercet.lab.report;

import io.tercet.lab.comparison.Scenario;

/// What each scenario is, and what to look for in its plots.
final class ScenarioDescriptions {
  private ScenarioDescriptions() {}

  static String title(Scenario scenario) {
    return switch (scenario) {
      case SMALL -> "A small file, over and over";
      case LARGE -> "A large file";
      case SLOW -> "Slow clients beside quick ones";
      case CLOSE -> "A new connection for each request";
      case WAIT -> "A handler that waits";
      case COMPUTE -> "A handler that computes";
    };
  }

  /// @param cores of the machine that was measured on
  static String text(Scenario scenario, int cores) {
    return MeasuredSummary.withCores(text(scenario), cores);
  }

  private static String text(Scenario scenario) {
    return switch (scenario) {
      case SMALL ->
          """
          Every connection is kept alive and asks for 1 KiB again as soon as it has its answer. \
          The file is in memory, so what is measured is the waiting: who notices that a socket \
          is ready, and what that costs. With more connections each waits longer for its turn, \
          in every model; what tells them apart is whether the processor time for one request \
          rises too. What a connection takes is what the server uses more than when it was warm \
          and nobody was connected, shared among all; of few connections that is mostly noise.\
          """;
      case LARGE ->
          """
          The same with 1 MiB, which leaves through sendfile and fills socket buffers, so that \
          every response has to wait for its client to read. Copying dominates, and the models \
          come close to each other.\
          """;
      case SLOW ->
          """
          Ten clients ask as fast as they can, beside clients that send one byte of their \
          request every half second. The axis counts the slow ones; the lines are what the ten \
          quick ones get. A level line is a model in which a slow client costs nobody else \
          anything. A line that falls to nothing is a model that a handful of slow clients can \
          take down. Processor time is all of the server's, shared among the requests of the \
          quick ones: taking in the slow ones' bytes costs every model the same, but select and \
          poll look at every silent connection again whenever somebody speaks, and epoll at none.\
          """;
      case CLOSE ->
          """
          Each request says Connection: close: three packets to begin, four to end, a new \
          descriptor, a new thread where a connection costs one. The server ends these \
          connections first, so it is the server's end that stays in TIME_WAIT for a minute, \
          lest a late packet reach the next connection with the same ports. With keep-alive the \
          client goes first and keeps that burden on its side; see the table of states below.\
          """;
      case WAIT ->
          """
          The handler waits 10 ms for each answer, as for a database, and the processor is idle \
          meanwhile. One thread can do a hundred such requests in a second; more comes only from \
          more waits at once. So it is the number of threads that may wait that is measured. An \
          event loop has one, there is a loop for each core (this machine has {cores}), and all \
          connections of a loop wait with it: this is why nothing that blocks may run on an event \
          loop.\
          """;
      case COMPUTE ->
          """
          The handler hashes for about two milliseconds of processor time. No model can make that \
          less, and this machine has {cores} to do it on, of which the load needs its share. \
          Models that use all cores end at the same height, whatever they cost for each \
          connection, because the work itself is a hundred times larger. What differs is fairness: \
          who is served first, and how long the last one waits.\
          """;
    };
  }
}
