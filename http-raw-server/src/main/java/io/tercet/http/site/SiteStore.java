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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Copies of published sites on local disk: `blobs/<two digits>/<sha256>` for contents and
/// `sites/<site>` for manifests.
///
/// Everything is written beside its place, checked, flushed, and renamed into it, so that what has
/// its name is whole even after a power cut; what is broken nevertheless is fetched again, because
/// nothing here is the only copy. Worker processes share the folder, each with a file of its own
/// for what it writes. Confined to the thread that pulls, once started.
public final class SiteStore {
  private static final System.Logger LOG = System.getLogger(SiteStore.class.getName());
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final String UNFINISHED = "unfinished-";

  private final Path blobs;
  private final Path sites;
  private final Path unfinished;

  /// Folders with names that may not survive a power cut yet.
  private final Set<Path> changed = new LinkedHashSet<>();

  /// Makes the folders if they are missing. They are for this user of the system alone.
  public SiteStore(Path folder) throws IOException {
    OwnerOnly.makeFolder(folder);
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
  void add(Manifest.File file, InputStream bytes) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (OutputStream out = OwnerOnly.newFile(unfinished)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        size += read;
        if (size > file.size()) {
          throw new IOException("a content is longer than announced");
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (size != file.size() || !found.equals(file.sha256())) {
      throw new IOException("a content is not what was announced");
    }
    flush(unfinished);
    Path place = blobs.resolve(blobPath(file.sha256()));
    Path folder = OwnerOnly.makeFolder(blobs.resolve(file.sha256().substring(0, 2)));
    Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    changed.add(folder);
    changed.add(blobs);
  }

  /// Remembers a version, whose contents are all here; on return it survives a power cut.
  void keep(Manifest manifest) throws IOException {
    for (Path folder : changed) {
      flush(folder);
    }
    changed.clear();
    try (OutputStream out = OwnerOnly.newFile(unfinished)) {
      out.write(manifest.toText().getBytes(UTF_8));
    }
    flush(unfinished);
    Files.move(unfinished, sites.resolve(manifest.of().site()), StandardCopyOption.ATOMIC_MOVE);
    flush(sites);
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
          forgot |= Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    if (forgot) {
      flush(sites);
    }
  }

  /// Deletes the contents that no site needs. A response that sends one keeps it open.
  ///
  /// @param neededBelow the digests that begin with two digits and are needed
  void sweep(Function<String, Set<String>> neededBelow) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(blobs)) {
      for (Path folder : folders) {
        Set<String> needed = neededBelow.apply(folder.getFileName().toString());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            if (!needed.contains(file.getFileName().toString())) {
              Files.deleteIfExists(file);
            }
          }
        }
      }
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
