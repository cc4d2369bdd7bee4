package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a version of a site consists of. Never changes.
///
/// Files lie close together, in the order of their paths as UTF-8: all sites together may have a
/// hundred thousand, and each takes its path and 44 bytes.
final class Manifest {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int DIGEST_BYTES = 32;

  private final SiteVersion of;
  private final byte[] paths;
  private final int[] ends;
  private final long[] sizes;
  private final byte[] digests;

  /// A file of a site.
  ///
  /// @param path names with `/` between them; none is empty, `.` or `..`, or has a control
  ///     character
  /// @param size in bytes
  record File(String path, long size, String sha256) {
    File {
      if (!isPlain(path) || size < 0 || !SHA256.matcher(sha256).matches()) {
        throw new IllegalArgumentException("not a file of a site");
      }
    }

    private static boolean isPlain(String path) {
      for (String name : path.split("/", -1)) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
          return false;
        }
      }
      return path.chars().noneMatch(Character::isISOControl);
    }
  }

  /// @throws IllegalArgumentException if two files have the same path
  Manifest(SiteVersion of, List<File> files) {
    this.of = of;
    SortedMap<byte[], File> byPath = new TreeMap<>(Arrays::compareUnsigned);
    for (File file : files) {
      if (byPath.put(file.path().getBytes(UTF_8), file) != null) {
        throw new IllegalArgumentException("two files at one path");
      }
    }
    ends = new int[byPath.size()];
    sizes = new long[byPath.size()];
    ByteArrayOutputStream joinedPaths = new ByteArrayOutputStream();
    ByteArrayOutputStream joinedDigests = new ByteArrayOutputStream();
    int count = 0;
    for (Map.Entry<byte[], File> each : byPath.entrySet()) {
      joinedPaths.writeBytes(each.getKey());
      joinedDigests.writeBytes(HexFormat.of().parseHex(each.getValue().sha256()));
      ends[count] = joinedPaths.size();
      sizes[count] = each.getValue().size();
      count++;
    }
    paths = joinedPaths.toByteArray();
    digests = joinedDigests.toByteArray();
  }

  SiteVersion of() {
    return of;
  }

  /// In the order of their paths; each is made when it is asked for.
  List<File> files() {
    return new AbstractList<>() {
      @Override
      public File get(int index) {
        int from = start(index);
        String path = new String(paths, from, ends[index] - from, UTF_8);
        return new File(path, sizes[index], sha256(index));
      }

      @Override
      public int size() {
        return ends.length;
      }
    };
  }

  /// What its contents take on disk, each once, as [SiteStore] counts.
  long bytesOnDisk() {
    long bytes = 0;
    Set<String> counted = new HashSet<>();
    for (File file : files()) {
      bytes += counted.add(file.sha256()) ? SiteStore.onDisk(file.size()) : 0;
    }
    return bytes;
  }

  /// The digest of the file at a path; null if there is none.
  @Nullable String sha256(String path) {
    byte[] wanted = path.getBytes(UTF_8);
    int place = place(wanted);
    boolean isThere =
        place < ends.length
            && Arrays.equals(paths, start(place), ends[place], wanted, 0, wanted.length);
    return isThere ? sha256(place) : null;
  }

  /// Whether there are files below a path; an empty one is the root.
  boolean isFolder(String path) {
    if (path.isEmpty()) {
      return true;
    }
    byte[] prefix = (path + "/").getBytes(UTF_8);
    int place = place(prefix);
    if (place == ends.length || ends[place] - start(place) < prefix.length) {
      return false;
    }
    int from = start(place);
    return Arrays.equals(paths, from, from + prefix.length, prefix, 0, prefix.length);
  }

  /// Adds the digests of its contents that begin with these two digits.
  void addContents(String twoDigits, Set<String> contents) {
    byte first = (byte) HexFormat.fromHexDigits(twoDigits);
    for (int i = 0; i < ends.length; i++) {
      if (digests[DIGEST_BYTES * i] == first) {
        contents.add(sha256(i));
      }
    }
  }

  /// The first file whose path is not before this one.
  private int place(byte[] path) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(paths, start(middle), ends[middle], path, 0, path.length) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private String sha256(int index) {
    return HexFormat.of().formatHex(digests, DIGEST_BYTES * index, DIGEST_BYTES * (index + 1));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Manifest that
        && of.equals(that.of)
        && Arrays.equals(paths, that.paths)
        && Arrays.equals(ends, that.ends)
        && Arrays.equals(sizes, that.sizes)
        && Arrays.equals(digests, that.digests);
  }

  @Override
  public int hashCode() {
    return Objects.hash(of, ends.length);
  }

  /// The form in which it is kept on disk: the version, then `sha256 size path` a line.
  String toText() {
    StringBuilder text = new StringBuilder();
    text.append("%s %d\n".formatted(of.site(), of.version()));
    for (File file : files()) {
      text.append(
          String.format(Locale.ROOT, "%s %d %s\n", file.sha256(), file.size(), file.path()));
    }
    return text.append("end\n").toString();
  }

  /// Reads what [#toText()] wrote.
  ///
  /// @throws IllegalArgumentException when it is not that, or not all of it
  static Manifest parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 2 || !lines.getLast().equals("end")) {
      throw new IllegalArgumentException("cut off");
    }
    String[] first = fields(lines.getFirst(), 2);
    SiteVersion of = new SiteVersion(first[0], Long.parseLong(first[1]));
    List<File> files =
        lines.subList(1, lines.size() - 1).stream()
            .map(line -> fields(line, 3))
            .map(fields -> new File(fields[2], Long.parseLong(fields[1]), fields[0]))
            .toList();
    return new Manifest(of, files);
  }

  private static String[] fields(String line, int count) {
    String[] fields = line.split(" ", count);
    if (fields.length != count) {
      throw new IllegalArgumentException("not a line of a manifest");
    }
    return fields;
  }
}
