package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// The calls on processes and pipes. Each returns what the C function returns, or the errno
/// negated, unless it says otherwise.
final class ProcessCalls {
  static final int SIGKILL = 9;

  private static final int O_CLOEXEC = 0x80000;
  private static final int F_DUPFD_CLOEXEC = 1030;

  /// `posix_spawn_file_actions_t` takes 80 bytes in glibc and in musl; generously more.
  private static final long FILE_ACTIONS_BYTES = 256;

  /// `posix_spawnattr_t` takes 336 bytes in glibc.
  private static final long ATTRIBUTES_BYTES = 512;

  private static final short SETPGROUP = 2;

  private static final MethodHandle PIPE2 =
      Libc.capturing("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FCNTL =
      Libc.variadic("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  private static final MethodHandle READ = Libc.capturing("read", Libc.LONG_OF_BUFFER);
  private static final MethodHandle WRITE = Libc.capturing("write", Libc.LONG_OF_BUFFER);
  private static final MethodHandle SPAWN =
      Libc.plain(
          "posix_spawn",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final FunctionDescriptor OF_ACTIONS = FunctionDescriptor.of(JAVA_INT, ADDRESS);
  private static final MethodHandle ACTIONS_INIT =
      Libc.plain("posix_spawn_file_actions_init", OF_ACTIONS);
  private static final MethodHandle ACTIONS_DESTROY =
      Libc.plain("posix_spawn_file_actions_destroy", OF_ACTIONS);
  private static final MethodHandle ACTIONS_DUP2 =
      Libc.plain(
          "posix_spawn_file_actions_adddup2",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle ACTIONS_CLOSE_FROM =
      Libc.plain(
          "posix_spawn_file_actions_addclosefrom_np",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle ATTRIBUTES_INIT =
      Libc.plain("posix_spawnattr_init", OF_ACTIONS);
  private static final MethodHandle ATTRIBUTES_FLAGS =
      Libc.plain("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
  private static final MethodHandle WAITPID =
      Libc.capturing("waitpid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle KILL = Libc.plain("kill", Libc.INT_OF_INTS);

  private ProcessCalls() {}

  /// `int pipe2(int fds[2], int flags)`: pipe2(2). Fills `ends` with the one to read and the one to
  /// write.
  static int pipe(int[] ends) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      int result = (int) PIPE2.invokeExact(state, both, O_CLOEXEC);
      ends[0] = both.getAtIndex(JAVA_INT, 0);
      ends[1] = both.getAtIndex(JAVA_INT, 1);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int fcntl(int, F_DUPFD_CLOEXEC, int)`: another descriptor of the same thing, at least so
  /// large: fcntl(2).
  static int duplicate(int fd, int atLeast) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int copy = (int) FCNTL.invokeExact(state, fd, F_DUPFD_CLOEXEC, atLeast);
      return copy >= 0 ? copy : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `ssize_t read(int, void *, size_t)`, which waits: read(2).
  static int read(int fd, byte[] into, int offset, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment buffer = arena.allocate(length);
      long count = (long) READ.invokeExact(state, fd, buffer, (long) length);
      if (count < 0) {
        return -Libc.errno(state);
      }
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, (int) count);
      return (int) count;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `ssize_t write(int, const void *, size_t)`, which waits while a pipe is full: write(2).
  static int write(int fd, byte[] from, int offset, int length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment buffer = arena.allocate(length);
      MemorySegment.copy(from, offset, buffer, JAVA_BYTE, 0, length);
      long count = (long) WRITE.invokeExact(state, fd, buffer, (long) length);
      return count >= 0 ? (int) count : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int posix_spawn(pid_t *, const char *path, const posix_spawn_file_actions_t *, const
  /// posix_spawnattr_t *, char *const argv[], char *const envp[])`: posix_spawn(3).
  ///
  /// The child leads a process group of its own, so that a Ctrl-C of the terminal reaches only its
  /// parent.
  ///
  /// @param inherited its descriptors in the child are their places in this list; -1 leaves a place
  ///     as it is. All must be larger than the length of the list.
  /// @return the number of the process, or the errno negated
  static int spawn(List<String> command, List<String> environment, int[] inherited) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(FILE_ACTIONS_BYTES, 8);
      int ignored = (int) ACTIONS_INIT.invokeExact(actions);
      for (int place = 0; place < inherited.length; place++) {
        if (inherited[place] >= 0) {
          ignored = (int) ACTIONS_DUP2.invokeExact(actions, inherited[place], place);
        }
      }
      // Ours are closed on exec anyway, but not the sockets that the platform opens.
      ignored = (int) ACTIONS_CLOSE_FROM.invokeExact(actions, inherited.length);
      MemorySegment pid = arena.allocate(JAVA_INT);
      MemorySegment path = arena.allocateFrom(command.getFirst());
      MemorySegment arguments = strings(command, arena);
      MemorySegment variables = strings(environment, arena);
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 8);
      ignored = (int) ATTRIBUTES_INIT.invokeExact(attributes);
      ignored = (int) ATTRIBUTES_FLAGS.invokeExact(attributes, SETPGROUP);
      int errno = (int) SPAWN.invokeExact(pid, path, actions, attributes, arguments, variables);
      ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
      return errno == 0 ? pid.get(JAVA_INT, 0) : -errno;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `pid_t waitpid(pid_t, int *status, 0)`, which waits: waitpid(2).
  ///
  /// @return the exit status, or 128 and the signal
  static int awaitEnd(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment status = arena.allocate(JAVA_INT);
      int result;
      do {
        result = (int) WAITPID.invokeExact(state, pid, status, 0);
      } while (result < 0 && Libc.errno(state) == Errno.EINTR);
      int code = status.get(JAVA_INT, 0);
      int signal = code & 0x7f;
      return signal == 0 ? code >> 8 & 0xff : 128 + signal;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int kill(pid_t, int)`: kill(2).
  static void kill(int pid, int signal) {
    try {
      int ignored = (int) KILL.invokeExact(pid, signal);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// An array of texts with NULL at its end.
  private static MemorySegment strings(List<String> texts, Arena arena) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }
}
