package io.tercet.files.blob;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Set;

/// What a failure to write bytes means for the request, by the error number of the system.
///
/// Java tells only the system's text for the number, in the language of the system. So the same
/// system is asked for its texts of the two numbers that mean a full disk.
final class DiskFailure {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final int ENOSPC = 28;
  private static final int EDQUOT =
      System.getProperty("os.name").startsWith("Linux") ? 122 : 69; // 69 on macOS and BSD

  /// Longest text of an error number, in bytes; those of glibc have less than 100.
  private static final int TEXT_BYTES_MAX = 1024;

  private static final Set<String> FULL = Set.of(text(ENOSPC), text(EDQUOT));

  private DiskFailure() {}

  /// `storage-full`, or `service-unavailable` for any other failure of the disk.
  static ProblemException of(IOException e) {
    return isFull(e)
        ? ProblemException.causedBy(e, ProblemType.STORAGE_FULL, "The disk is full.")
        : ProblemException.retryCausedBy(
            e, ProblemType.SERVICE_UNAVAILABLE, "Bytes cannot be written.", RETRY_AFTER);
  }

  private static boolean isFull(IOException e) {
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return text != null && FULL.contains(text);
  }

  static String text(int errorNumber) {
    Linker linker = Linker.nativeLinker();
    MethodHandle strerror =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(errorNumber);
      Charset charset = Charset.forName(System.getProperty("native.encoding"));
      return text.reinterpret(TEXT_BYTES_MAX).getString(0, charset);
    } catch (Throwable e) { // declared by MethodHandle; strerror cannot fail
      throw new IllegalStateException("strerror cannot be called", e);
    }
  }
}
