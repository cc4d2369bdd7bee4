package io.tercet.http.posix;

/// Error numbers of Linux, the same on x86-64 and aarch64. Calls return them negated.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ENXIO = 6;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EXDEV = 18;
  public static final int ENODEV = 19;
  public static final int ENOTDIR = 20;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int EPIPE = 32;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ELOOP = 40;
  public static final int EILSEQ = 84;
  public static final int EADDRINUSE = 98;
  public static final int ENOBUFS = 105;

  private Errno() {}

  /// Whether the system has no descriptor left, no memory for what is behind one, or watches no
  /// more of them for this user (epoll(7), `max_user_watches`): later it may.
  public static boolean isExhaustion(int errno) {
    return switch (errno) {
      case EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC -> true;
      default -> false;
    };
  }

  /// Whether it is certain that nothing can be had at a path: nothing is there, or nothing for us,
  /// or nothing that can be read, or it leads out of the tree (EXDEV), or the file system can have
  /// no such name. Any other trouble may be over at the next try.
  public static boolean isAbsence(int errno) {
    return switch (errno) {
      case ENOENT, ENOTDIR, ELOOP, EXDEV -> true;
      case EACCES, EPERM, ENXIO, ENODEV -> true;
      case ENAMETOOLONG, EINVAL, EILSEQ -> true;
      default -> false;
    };
  }

  /// What the number means, for the few that people meet.
  public static String describe(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> "permission denied";
      case ENOENT -> "no such file or folder";
      case ENOTDIR -> "not a folder";
      case ENFILE, EMFILE -> "too many open files";
      case ENOMEM, ENOBUFS -> "no memory";
      case ENOSPC -> "no room for more";
      case EPIPE -> "the other end is closed";
      case EADDRINUSE -> "address in use";
      case 99 -> "this machine does not have the address";
      case 111 -> "nobody listens there";
      default -> "error " + errno;
    };
  }
}
