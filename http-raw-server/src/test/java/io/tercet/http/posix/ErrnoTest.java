package io.tercet.http.posix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the numbers mean for whoever asked for a file.
class ErrnoTest {
  @ParameterizedTest
  @CsvSource({
    "ENOENT, 2",
    "ENOTDIR, 20",
    "EACCES, 13",
    "EPERM, 1",
    "ELOOP, 40",
    "EXDEV, 18",
    "ENXIO, 6",
    "ENODEV, 19",
    "ENAMETOOLONG, 36",
    "EINVAL, 22",
    "EILSEQ, 84"
  })
  void nothingIsThere(String name, int errno) {
    assertThat(Errno.isAbsence(errno)).as(name).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "EINTR, 4",
    "EIO, 5",
    "EAGAIN, 11",
    "ENOMEM, 12",
    "ENFILE, 23",
    "EMFILE, 24",
    "ENOBUFS, 105",
    "ETIMEDOUT, 110",
    "EHOSTDOWN, 112",
    "ESTALE, 116"
  })
  void nobodyKnowsWhatIsThere(String name, int errno) {
    assertThat(Errno.isAbsence(errno)).as(name).isFalse();
  }
}
