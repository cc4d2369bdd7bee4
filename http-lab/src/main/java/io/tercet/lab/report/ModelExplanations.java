package io.tercet.lab.report;

/// Why the curve of a model has its shape: one paragraph for each model on what the kernel and the
/// threads do. `{cores}` stands for the number of cores of the machine.
final class ModelExplanations {
  private ModelExplanations() {}

  /// @param cores of the machine that was measured on
  static String of(String model, int cores) {
    return MeasuredSummary.withCores(text(model), cores);
  }

  private static String text(String model) {
    return switch (model) {
      case "one-by-one" -> ONE_BY_ONE;
      case "processes" -> PROCESSES;
      case "threads" -> THREADS;
      case "pool" -> POOL;
      case "virtual-threads" -> VIRTUAL_THREADS;
      case "select" -> SELECT;
      case "poll" -> POLL;
      case "epoll" -> EPOLL;
      default -> "Nobody has written yet why this model behaves as it does.";
    };
  }

  private static final String ONE_BY_ONE =
      """
      One thread accepts a connection, reads its request, answers, closes, and only then accepts \
      the next. Nothing is shared, so nothing can go wrong between connections, and one core is \
      all that is ever used. Everybody else waits in the queue of the listening socket: the \
      kernel completes their handshakes without the program, so they believe they are connected. \
      Each request pays for a new connection, which costs several times what the answer does. \
      And while the one client is silent the thread waits in poll for it and for nobody else: a \
      single slow client stops the server for all, until that client's time is up. When the \
      queue is full, the kernel drops the next handshake and the client tries again after a \
      second: the table of “When the queue is full” counts them.\
      """;

  private static final String PROCESSES =
      """
      A supervisor starts a worker process for each core (this machine has {cores}); each \
      inherits one of the listening sockets, and the \
      kernel hands each new connection to one of them. Workers share no memory: one may crash \
      without harm to the others, and no lock is ever contended. The price is paid once for each \
      worker, not for each connection: a Java runtime with a heap, compiled code and caches of \
      its own, so the memory line begins high and stays flat. Within a worker connections are \
      served as that worker's own loop serves them, so throughput resembles it. Spread is luck: \
      when connections are few, one worker may hold most of them while another is idle.\
      """;

  private static final String THREADS =
      """
      Each connection has an operating system thread that blocks in the kernel until its client \
      speaks. The code reads like a story, a client that trickles costs nobody else anything, \
      and a handler that waits is no problem: a hundred waits take place side by side. What \
      grows is the rest. Each thread is a kernel task with a stack, touched page by page, and \
      each request wakes one thread and puts another to sleep: the scheduler is asked twice per \
      request, where an event loop asks once for a whole batch. At ten thousand connections \
      there are ten thousand tasks to choose from, their stacks no longer fit the caches, and \
      creating them all takes time of its own.\
      """;

  private static final String POOL =
      """
      A fixed number of threads takes connections from a bounded queue. Up to that number it is \
      the model with a thread for each connection, without the cost of creating them. Past it \
      the curve breaks: a connection that is kept alive holds its thread, so those in the queue \
      are accepted but not heard until somebody leaves. Throughput stays high, since the lucky \
      ones are served at full speed, and that is what makes averages lie: look at p99 and at the \
      column of requests that starved. As many slow clients as there are threads are enough to \
      stop everybody, and a handler that waits is answered no faster than threads divided by its \
      wait.\
      """;

  private static final String VIRTUAL_THREADS =
      """
      Each connection has a thread of the Java runtime, not of the system. When its socket has \
      nothing to say, the thread is taken off its carrier and its few stack frames are kept as an \
      object on the heap; one poller thread with epoll learns who is ready and puts that thread \
      back in line. So the code reads like a thread for each connection, while the system sees a \
      poller and a carrier for each core (this machine has {cores}). A request costs more than on \
      a bare event loop, because two queues and a switch of stacks lie between readiness and the \
      read. It has its reward with the handler that waits: the wait parks the virtual thread and \
      frees the carrier, so a thousand waits take place at once on those few system threads.\
      """;

  private static final String SELECT =
      """
      select(2) is given a set of bits, one for each descriptor up to the highest, and gives back \
      the same set with only the ready ones left. So the set is rebuilt, copied into the kernel, \
      walked descriptor by descriptor and copied back for every wait, however few are ready. With \
      ten connections that is nothing. With a thousand it is a thousand questions for each answer, \
      unless much is ready at once, which a busy server hides behind: compare processor time \
      beside a thousand slow clients, which are silent most of the time. And the set has 1,024 \
      bits by the C library's decree. A descriptor past that does not fit; writing it anyway would \
      overwrite whatever lies behind the set, so this server refuses such connections and the line \
      ends there.\
      """;

  private static final String POLL =
      """
      poll(2) takes a list instead of a set of bits, so no number is too large. The rest is as \
      with select: the whole list is copied into the kernel, every entry is asked, and the list \
      is searched again for answers. The work of one wait grows with the connections that exist, \
      not with those that speak. With the small file all of them are busy: many are ready at \
      once and share the cost, so it hardly shows. Beside slow clients few are ready, and each \
      request pays for all the silent ones: there the line of processor time climbs, and at ten \
      thousand connections most of it goes into asking.\
      """;

  private static final String EPOLL =
      """
      A connection is registered once, and the kernel remembers. When a packet comes, the socket's \
      own callback puts it on a list of the ready; epoll_wait hands over that list and never looks \
      at the silent ones. So the cost of a wait depends on how many speak, and with the small file \
      the CPU line stays nearly level from ten connections to ten thousand; beside slow clients it \
      rises by their bytes alone. What else rises comes from memory: ten thousand sockets with \
      their buffers no longer fit the caches. Edge-triggered, a kept-alive request costs two \
      system calls, and one epoll_wait is shared by a batch. The weakness is the other side of the \
      strength: a handful of threads serve all, so a handler that waits or computes makes every \
      connection of its loop wait with it.\
      """;
}
