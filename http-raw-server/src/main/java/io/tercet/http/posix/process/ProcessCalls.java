package io.tercet.http.posix.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// The calls on processes and pipes. Each returns what the C function returns, or the errno
/// negated, unless it says otherwise.
final class ProcessCalls {
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_DUPFD_CLOEXEC = 1030;

  /// `posix_spawn_file_actions_t` takes 80 bytes in glibc and in musl; generously more.
  private static final long FILE_ACTIONS_BYTES = 256;

  /// `posix_spawnattr_t` takes 336 bytes in glibc.
  private static final long ATTRIBUTES_BYTES = 512;

  private static final short SETPGROUP = 2;

  private static final CFunction PIPE2 = Libc.function("pipe2");
  private static final CFunction FCNTL = Libc.function("fcntl");
  private static final CFunction SPAWN = Libc.function("posix_spawn");
  private static final CFunction ACTIONS_INIT = Libc.function("posix_spawn_file_actions_init");
  private static final CFunction ACTIONS_DESTROY =
      Libc.function("posix_spawn_file_actions_destroy");
  private static final CFunction ACTIONS_DUP2 = Libc.function("posix_spawn_file_actions_adddup2");
  private static final CFunction ACTIONS_CLOSE_FROM =
      Libc.function("posix_spawn_file_actions_addclosefrom_np");
  private static final CFunction ATTRIBUTES_INIT = Libc.function("posix_spawnattr_init");
  private static final CFunction ATTRIBUTES_FLAGS = Libc.function("posix_spawnattr_setflags");
  private static final CFunction WAITPID = Libc.function("waitpid");

  private ProcessCalls() {}

  /// `int pipe2(int fds[2], int flags)`: pipe2(2). Fills `ends` with the one to read and the one to
  /// write.
  static int pipe(int[] ends) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      int result = PIPE2.callChecked(both.address(), O_CLOEXEC);
      ends[0] = both.getAtIndex(JAVA_INT, 0);
      ends[1] = both.getAtIndex(JAVA_INT, 1);
      return result;
    }
  }

  /// `int fcntl(int, F_DUPFD_CLOEXEC, int)`: another descriptor of the same thing, at least so
  /// large: fcntl(2).
  static int duplicate(int fd, int atLeast) {
    return FCNTL.callChecked(fd, F_DUPFD_CLOEXEC, atLeast);
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
      ACTIONS_INIT.call(actions.address());
      for (int place = 0; place < inherited.length; place++) {
        if (inherited[place] >= 0) {
          ACTIONS_DUP2.call(actions.address(), inherited[place], place);
        }
      }
      // Ours are closed on exec anyway, but not the sockets that the platform opens.
      ACTIONS_CLOSE_FROM.call(actions.address(), inherited.length);
      MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 8);
      ATTRIBUTES_INIT.call(attributes.address());
      ATTRIBUTES_FLAGS.call(attributes.address(), SETPGROUP);
      MemorySegment pid = arena.allocate(JAVA_INT);
      MemorySegment path = arena.allocateFrom(command.getFirst());
      MemorySegment arguments = strings(command, arena);
      MemorySegment variables = strings(environment, arena);
      int errno =
          SPAWN.call(
              pid.address(),
              path.address(),
              actions.address(),
              attributes.address(),
              arguments.address(),
              variables.address());
      ACTIONS_DESTROY.call(actions.address());
      return errno == 0 ? pid.get(JAVA_INT, 0) : -errno;
    }
  }

  /// `pid_t waitpid(pid_t, int *status, 0)`, which waits: waitpid(2).
  ///
  /// @return the exit status, or 128 and the signal
  static int awaitEnd(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      int result;
      do {
        result = WAITPID.callChecked(pid, status.address(), 0);
      } while (result == -Errno.EINTR);
      int code = status.get(JAVA_INT, 0);
      int signal = code & 0x7f;
      return signal == 0 ? code >> 8 & 0xff : 128 + signal;
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
