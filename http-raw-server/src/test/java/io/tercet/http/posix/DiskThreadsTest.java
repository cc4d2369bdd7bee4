package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.file.FileTree;
import io.tercet.http.posix.file.PosixFileTree;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Virtual threads keep no carrier while a call waits. A pipe into which nothing is written stands
/// for a disk that takes its time.
@Timeout(60)
class DiskThreadsTest {
  private static final int CALLERS = DiskThreads.THREADS_MAX + 4;

  @TempDir Path folder;

  @Test
  void aVirtualThreadRunsWhileMoreThanThereAreCarriersWaitInCalls() throws Exception {
    assertThat(CALLERS).isGreaterThan(Runtime.getRuntime().availableProcessors());
    int[] ends = new int[2];
    pipe(ends);
    List<FutureTask<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      waiting.add(virtually(() -> DiskThreads.call(() -> read(ends[0]))));
    }
    try {
      assertThat(virtually(() -> "ran").get(20, TimeUnit.SECONDS)).isEqualTo("ran");
      assertThat(waiting).noneMatch(FutureTask::isDone);
    } finally {
      Descriptor.close(ends[1]);
    }
    for (FutureTask<Integer> each : waiting) {
      assertThat(each.get()).isZero();
    }
    Descriptor.close(ends[0]);
  }

  @Test
  void aPlatformThreadCallsItself() {
    assertThat(DiskThreads.call(Thread::currentThread)).isSameAs(Thread.currentThread());
  }

  @Test
  void aVirtualThreadHasAnotherCall() throws Exception {
    Thread called = virtually(() -> DiskThreads.call(Thread::currentThread)).get();
    assertThat(called.isVirtual()).isFalse();
    assertThat(called.isDaemon()).isTrue();
  }

  @Test
  void aVirtualThreadCallsItselfWhereTheSystemGivesNoOther() throws Exception {
    Executor none =
        call -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    Thread called = virtually(() -> DiskThreads.call(Thread::currentThread, none)).get();
    assertThat(called.isVirtual()).isTrue();
  }

  @Test
  void severalQuestionsAreAskedByOneThread() throws Exception {
    PosixFileTree tree = new PosixFileTree(folder);
    Set<Thread> asking = ConcurrentHashMap.newKeySet();
    virtually(() ->
            tree.inOneWait(() -> {
              asking.add(Thread.currentThread());
              return DiskThreads.call(() -> asking.add(Thread.currentThread()));
            }))
        .get();
    assertThat(asking).hasSize(1).noneMatch(Thread::isVirtual);
  }

  @Test
  void whatTheCallThrowsIsThrown() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug");
    AtomicReference<Throwable> caught = new AtomicReference<>();
    virtually(
            () -> {
              assertThatThrownBy(() ->
                      DiskThreads.call(() -> {
                        throw bug;
                      }))
                  .satisfies(caught::set);
              return null;
            })
        .get();
    assertThat(caught).hasValue(bug);
  }

  @Test
  void aVirtualThreadFindsAndReadsFiles() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "letters");
    PosixFileTree tree = new PosixFileTree(folder);
    byte[] read = new byte[7];
    int count =
        virtually(
                () -> {
                  try (var file = ((FileTree.Entry.File) tree.find("a.txt")).file()) {
                    return file.read(0, read, 0, read.length);
                  }
                })
            .get();
    assertThat(new String(read, 0, count)).isEqualTo("letters");
    assertThat(virtually(() -> tree.list("", 10)).get()).isPresent();
  }

  /// pipe2(2): fills the end to read and the end to write.
  private static void pipe(int[] ends) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      assertThat(Libc.function("pipe2").callChecked(both.address(), 0)).isZero();
      ends[0] = both.getAtIndex(JAVA_INT, 0);
      ends[1] = both.getAtIndex(JAVA_INT, 1);
    }
  }

  /// read(2) of one byte, which waits; 0 at the end.
  private static int read(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.function("read").callChecked(fd, arena.allocate(1).address(), 1);
    }
  }

  private static <T> FutureTask<T> virtually(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }
}
