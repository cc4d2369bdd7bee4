package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Copies of published sites on local disk: `blobs/<two digits>/<sha256>` for contents and
/// `sites/<site>` for manifests.
///
/// Everything is written beside its place, checked, flushed, and renamed into it, so that what has
/// its name is whole even after a power cut; what is broken nevertheless is fetched again, because
/// nothing here is the only copy. Processes may share the folder, each with a file of its own for
/// what it writes.
///
/// - Bounds: contents and manifests together take at most so many bytes as the store was made with.
///   Each file counts with whole blocks of 4 KiB, as the disk and a volume's limit count it, so ten
///   thousand tiny files are 40 MiB. A content counts once, however many sites have it.
/// - Errors: `NoRoomException` past that bound, and when the disk takes no more; nothing is left of
///   what did not fit. Any other `IOException` means that the sender failed.
/// - Threading: confined to the thread that pulls, once started; any thread may ask for the bytes.
public final class SiteStore {
  private static final System.Logger LOG = System.getLogger(SiteStore.class.getName());
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String UNFINISHED = "unfinished-";
  private static final long BLOCK_BYTES = 4096;

  private final long bytesMax;
  private final Path blobs;
  private final Path sites;
  private final Path unfinished;

  private final AtomicLong bytes = new AtomicLong();

  /// Folders with names that may not survive a power cut yet.
  private final Set<Path> changed = new LinkedHashSet<>();

  private interface DiskWork {
    void run() throws IOException;
  }

  /// Makes the folders if they are missing. They are for this user of the system alone.
  ///
  /// @param bytesMax what all contents and manifests together may take on disk
  public SiteStore(Path folder, long bytesMax) throws IOException {
    this.bytesMax = bytesMax;
    // What others have in a folder of this name is not ours to close.
    if (!Files.exists(folder) || Files.exists(folder.resolve("sites"))) {
      OwnerOnly.makeFolder(folder);
    }
    blobs = OwnerOnly.makeFolder(folder.resolve("blobs"));
    sites = OwnerOnly.makeFolder(folder.resolve("sites"));
    unfinished = folder.resolve(UNFINISHED + ProcessHandle.current().pid());
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path file : left) {
        if (isOfNobody(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /// Where contents are, for the handlers that serve them.
  public Path blobs() {
    return blobs;
  }

  /// What is stored, in bytes on disk.
  public long bytes() {
    return bytes.get();
  }

  /// What may be stored, in bytes on disk.
  public long bytesMax() {
    return bytesMax;
  }

  /// Counts what is stored; what changes later is counted as it changes.
  void measure() throws IOException {
    long found = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(blobs)) {
      for (Path folder : folders) {
        found += measured(folder);
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    bytes.set(found + measured(sites));
  }

  private static long measured(Path folder) throws IOException {
    long found = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        found += sizeOnDisk(file);
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return found;
  }

  /// 0 if there is no such file.
  private static long sizeOnDisk(Path file) {
    try {
      return onDisk(Files.size(file));
    } catch (IOException absent) {
      return 0;
    }
  }

  /// A size in whole blocks; a file without bytes takes one too.
  static long onDisk(long size) {
    long blocks = size / BLOCK_BYTES + (size % BLOCK_BYTES == 0 && size > 0 ? 0 : 1);
    return blocks > Long.MAX_VALUE / BLOCK_BYTES ? Long.MAX_VALUE : blocks * BLOCK_BYTES;
  }

  /// The contents of a version that are not here, each once.
  List<Manifest.File> missing(Manifest manifest) {
    Map<String, Manifest.File> missing = new LinkedHashMap<>();
    for (Manifest.File file : manifest.files()) {
      if (!missing.containsKey(file.sha256()) && !has(file)) {
        missing.put(file.sha256(), file);
      }
    }
    return List.copyOf(missing.values());
  }

  /// Refuses a version for whose missing contents there is no room beside all that is here.
  void checkRoom(Manifest manifest, List<Manifest.File> missing) throws NoRoomException {
    long needed = onDisk(manifest.toText().getBytes(UTF_8).length);
    for (Manifest.File file : missing) {
      needed = added(needed, onDisk(file.size()));
    }
    long used = bytes.get();
    if (added(used, needed) > bytesMax) {
      throw new NoRoomException(
          "it needs %d bytes more, and %d of %d are used; take other sites down, or raise"
                  .formatted(needed, used, bytesMax)
              + " TERCET_SITES_DISK");
    }
    long free = blobs.toFile().getUsableSpace();
    if (needed > free) {
      throw new NoRoomException(
          "it needs %d bytes more, and the disk has %d left".formatted(needed, free));
    }
  }

  private static long added(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /// Where a content is below [#blobs()].
  static String blobPath(String sha256) {
    return sha256.substring(0, 2) + "/" + sha256;
  }

  /// The sites that are here with all their contents; others count as absent.
  List<Manifest> load() throws IOException {
    List<Manifest> whole = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sites)) {
      for (Path file : files) {
        try {
          Manifest manifest = Manifest.parse(Files.readString(file, UTF_8));
          if (manifest.files().stream().allMatch(this::has)) {
            whole.add(manifest);
          }
        } catch (CharacterCodingException | IllegalArgumentException broken) {
          LOG.log(System.Logger.Level.WARNING, "deletes the broken " + file + ": " + broken);
          Files.deleteIfExists(file);
        } catch (IOException unreadable) {
          LOG.log(System.Logger.Level.WARNING, "cannot read " + file + ": " + unreadable);
        }
      }
    }
    return whole;
  }

  /// Whether a content is here, as far as its size tells.
  boolean has(Manifest.File file) {
    try {
      return Files.size(blobs.resolve(blobPath(file.sha256()))) == file.size();
    } catch (IOException absent) {
      return false;
    }
  }

  /// Takes in a content, if it is what was announced.
  void add(Manifest.File file, InputStream source) throws IOException {
    Path place = blobs.resolve(blobPath(file.sha256()));
    Path folder = blobs.resolve(file.sha256().substring(0, 2));
    try {
      receive(file, source);
      toDisk(() -> {
        flush(unfinished);
        OwnerOnly.makeFolder(folder);
        moveTo(place);
      });
    } finally {
      Files.deleteIfExists(unfinished);
    }
    changed.add(folder);
    changed.add(blobs);
  }

  private void receive(Manifest.File file, InputStream source) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (OutputStream out = unfinished()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        size += read;
        if (size > file.size()) {
          throw new IOException("a content is longer than announced");
        }
        digest.update(buffer, 0, read);
        write(out, buffer, read);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (size != file.size() || !found.equals(file.sha256())) {
      throw new IOException("a content is not what was announced");
    }
  }

  /// Remembers a version, whose contents are all here; on return it survives a power cut.
  void keep(Manifest manifest) throws IOException {
    toDisk(() -> {
      for (Path folder : changed) {
        flush(folder);
      }
      changed.clear();
      try {
        try (OutputStream out = OwnerOnly.newFile(unfinished)) {
          out.write(manifest.toText().getBytes(UTF_8));
        }
        flush(unfinished);
        moveTo(sites.resolve(manifest.of().site()));
      } finally {
        Files.deleteIfExists(unfinished);
      }
      flush(sites);
    });
  }

  private void moveTo(Path place) throws IOException {
    long before = sizeOnDisk(place);
    long after = sizeOnDisk(unfinished);
    Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    bytes.addAndGet(after - before);
  }

  private void delete(Path file) throws IOException {
    long before = sizeOnDisk(file);
    if (Files.deleteIfExists(file)) {
      bytes.addAndGet(-before);
    }
  }

  private OutputStream unfinished() throws NoRoomException {
    try {
      return OwnerOnly.newFile(unfinished);
    } catch (IOException notTaken) {
      throw new NoRoomException(notTaken);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int length) throws NoRoomException {
    toDisk(() -> out.write(buffer, 0, length));
  }

  private static void toDisk(DiskWork work) throws NoRoomException {
    try {
      work.run();
    } catch (IOException notTaken) {
      throw new NoRoomException(notTaken);
    }
  }

  /// Whether the process that wrote an unfinished file has ended.
  private static boolean isOfNobody(Path file) {
    try {
      String pid = file.getFileName().toString().substring(UNFINISHED.length());
      return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    } catch (NumberFormatException notOurs) {
      return false;
    }
  }

  private static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Forgets the sites that are not among these; on return that survives a power cut.
  void forgetAllBut(Set<String> listed) throws IOException {
    boolean forgot = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sites)) {
      for (Path file : files) {
        if (!listed.contains(file.getFileName().toString())) {
          delete(file);
          forgot = true;
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    if (forgot) {
      flush(sites);
    }
  }

  /// Deletes the contents that are not needed. A response that sends one keeps it open.
  ///
  /// @param neededBelow the digests that begin with two digits and are needed
  void sweep(Function<String, Set<String>> neededBelow) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(blobs)) {
      for (Path folder : folders) {
        Set<String> needed = neededBelow.apply(folder.getFileName().toString());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            if (!needed.contains(file.getFileName().toString())) {
              delete(file);
            }
          }
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
