package io.tercet.launcher.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The TCP ports of this machine that somebody listens on.
interface Listeners {

  /// Who listens on this port: ` by nginx (pid 4711)`, or an empty text if we may not see it;
  /// nothing if nobody does.
  Optional<String> listenerOn(int port);

  /// A look at this moment.
  static Listeners now(boolean linux) {
    return linux ? Linux.read() : new Bindable();
  }

  /// What Linux tells in /proc.
  ///
  /// @param inodes of the listening sockets, by port
  record Linux(Map<Integer, String> inodes) implements Listeners {

    private static final String LISTEN = "0A";
    private static final List<Path> TABLES =
        List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    static Linux read() {
      Map<Integer, String> inodes = new HashMap<>();
      for (Path table : TABLES) {
        try {
          Files.readAllLines(table).forEach(line -> readLine(line, inodes));
        } catch (IOException absent) {
          // A kernel without IPv6 has no second table.
        }
      }
      return new Linux(inodes);
    }

    /// Columns: number, local address and port, remote, state, …; the tenth is the inode.
    static void readLine(String line, Map<Integer, String> inodes) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length > 9 && columns[3].equals(LISTEN)) {
        String port = columns[1].substring(columns[1].lastIndexOf(':') + 1);
        inodes.put(Integer.parseInt(port, 16), columns[9]);
      }
    }

    @Override
    public Optional<String> listenerOn(int port) {
      return Optional.ofNullable(inodes.get(port)).map(Linux::ownerOf);
    }

    private static String ownerOf(String inode) {
      String link = "socket:[" + inode + "]";
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : processes) {
          if (holds(process, link)) {
            String name = Files.readString(process.resolve("comm")).strip();
            return " by " + name + " (pid " + process.getFileName() + ")";
          }
        }
      } catch (IOException | DirectoryIteratorException hidden) {
        // The owner is another user's, or gone: the port is taken all the same.
      }
      return "";
    }

    private static boolean holds(Path process, String link) {
      try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
        for (Path descriptor : descriptors) {
          if (Files.readSymbolicLink(descriptor).toString().equals(link)) {
            return true;
          }
        }
      } catch (IOException | DirectoryIteratorException hidden) {
        // Another user's, or a descriptor that was closed meanwhile.
      }
      return false;
    }
  }

  /// Where there is no table to read: a port is taken if it cannot be bound.
  record Bindable() implements Listeners {

    @Override
    public Optional<String> listenerOn(int port) {
      for (String address : List.of("127.0.0.1", "0.0.0.0")) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(address))) {
          // It is free there.
        } catch (IOException taken) {
          return Ports.isDenied(taken) ? Optional.empty() : Optional.of("");
        }
      }
      return Optional.empty();
    }
  }
}
