package io.tercet.lab.proc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// The TCP states of the connections of one port, seen from both ends.
///
/// On one machine each connection is two entries of the kernel's table: the server's end has the
/// port as its own, the client's end as its peer's. The end that closed first is in TIME_WAIT.
///
/// @param server states of the server's ends; the listener is not counted
/// @param client states of the clients' ends, if they are on this machine
public record TcpStates(Map<State, Integer> server, Map<State, Integer> client) {
  /// No connections.
  public static final TcpStates NONE = new TcpStates(Map.of(), Map.of());

  /// The states, in the order of the kernel's numbers from 1: include/net/tcp_states.h.
  public enum State {
    ESTABLISHED,
    SYN_SENT,
    SYN_RECV,
    FIN_WAIT1,
    FIN_WAIT2,
    TIME_WAIT,
    CLOSE,
    CLOSE_WAIT,
    LAST_ACK,
    LISTEN,
    CLOSING,
    NEW_SYN_RECV
  }

  /// Copies the maps.
  public TcpStates {
    server = Map.copyOf(server);
    client = Map.copyOf(client);
  }

  /// How many of the server's ends are in this state.
  public int atServer(State state) {
    return server.getOrDefault(state, 0);
  }

  /// How many of the clients' ends are in this state.
  public int atClients(State state) {
    return client.getOrDefault(state, 0);
  }

  /// The connections that were added since an earlier reading.
  public TcpStates since(TcpStates earlier) {
    return new TcpStates(more(server, earlier.server), more(client, earlier.client));
  }

  private static Map<State, Integer> more(Map<State, Integer> now, Map<State, Integer> then) {
    Map<State, Integer> more = new EnumMap<>(State.class);
    now.forEach((state, count) -> {
      int difference = count - then.getOrDefault(state, 0);
      if (difference > 0) {
        more.put(state, difference);
      }
    });
    return more;
  }

  /// Reads `/proc/net/tcp` and `tcp6`; empty where they are not.
  public static TcpStates ofPort(int port) {
    Count count = new Count(port);
    for (String table : new String[] {"tcp", "tcp6"}) {
      try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/net", table))) {
        lines.lines().skip(1).forEach(count::line);
      } catch (IOException notHere) {
        // No IPv6, or not Linux: nothing to count.
      }
    }
    return count.states();
  }

  /// Counts lines such as `0: 0100007F:1F90 0100007F:C350 01 …`: number, own address, other side's
  /// address, state, all in hexadecimal.
  static final class Count {
    private static final State[] STATES = State.values();

    private final String port;
    private final Map<State, Integer> server = new EnumMap<>(State.class);
    private final Map<State, Integer> client = new EnumMap<>(State.class);

    Count(int port) {
      this.port = ":%04X".formatted(port);
    }

    void line(String line) {
      String[] fields = line.strip().split("\\s+", 5);
      if (fields.length < 5) {
        return;
      }
      int number = Integer.parseInt(fields[3], 16);
      if (number < 1 || number > STATES.length) {
        return;
      }
      State state = STATES[number - 1];
      if (fields[1].endsWith(port) && state != State.LISTEN) {
        server.merge(state, 1, Integer::sum);
      } else if (fields[2].endsWith(port)) {
        client.merge(state, 1, Integer::sum);
      }
    }

    TcpStates states() {
      return new TcpStates(server, client);
    }
  }
}
