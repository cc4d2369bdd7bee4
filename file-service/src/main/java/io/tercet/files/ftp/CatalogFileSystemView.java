package io.tercet.files.ftp;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.chat.JoinedRoom;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/// The folders as one FTP session sees them: `/home` is the person's own, `/rooms/<name>` a room's.
///
/// Each path through `/rooms` asks chat-service for the person's rooms, so a room that the person
/// left disappears at once.
///
/// - Threading: confined to its session.
final class CatalogFileSystemView implements FileSystemView {
  private static final String HOME = "home";
  private static final String ROOMS = "rooms";

  private final Person person;
  private final FileOperations operations;
  private List<String> workingFolder = List.of();

  CatalogFileSystemView(Person person, FileOperations operations) {
    this.person = person;
    this.operations = operations;
  }

  Person person() {
    return person;
  }

  FileOperations operations() {
    return operations;
  }

  @Override
  public FtpFile getHomeDirectory() {
    return file(List.of());
  }

  @Override
  public FtpFile getWorkingDirectory() {
    return file(workingFolder);
  }

  @Override
  public boolean changeWorkingDirectory(String path) throws FtpException {
    CatalogFtpFile target = getFile(path);
    if (target == null || !target.isDirectory()) {
      return false;
    }
    workingFolder = target.names();
    return true;
  }

  /// Null for an invalid path.
  @Override
  public @Nullable CatalogFtpFile getFile(String path) throws FtpException {
    try {
      return file(absolute(path));
    } catch (ProblemException e) {
      if (e.type().status() < 500) {
        return null;
      }
      throw new FtpException(e.type().title(), e);
    }
  }

  CatalogFtpFile file(List<String> names) {
    return new CatalogFtpFile(this, names, location(names));
  }

  private List<String> absolute(String path) {
    List<String> names = new ArrayList<>(path.startsWith("/") ? List.of() : workingFolder);
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(FilePath.checked(name));
      }
    }
    return List.copyOf(names);
  }

  private FtpLocation location(List<String> names) {
    if (names.isEmpty()) {
      return new FtpLocation.Root();
    }
    if (names.getFirst().equals(HOME)) {
      return inSpace(new Space.Home(person.personId()), names.subList(1, names.size()));
    }
    if (!names.getFirst().equals(ROOMS)) {
      return new FtpLocation.Unknown();
    }
    return names.size() == 1 ? new FtpLocation.Rooms() : inRoom(names.get(1), names);
  }

  private FtpLocation inRoom(String name, List<String> names) {
    for (JoinedRoom room : rooms()) {
      if (FilePath.checked(room.name()).equals(name)) {
        return inSpace(new Space.Room(room.roomId()), names.subList(2, names.size()));
      }
    }
    return new FtpLocation.Unknown();
  }

  private static FtpLocation inSpace(Space space, List<String> names) {
    return new FtpLocation.InSpace(space, new FilePath(names));
  }

  List<JoinedRoom> rooms() {
    return operations.folders().roomsOf(person);
  }

  /// The entries directly in a folder that is none of the catalogue's.
  List<CatalogFtpFile> filesIn(FtpLocation location) {
    List<String> names =
        switch (location) {
          case FtpLocation.Root _ -> List.of(HOME, ROOMS);
          case FtpLocation.Rooms _ -> rooms().stream().map(JoinedRoom::name).sorted().toList();
          case FtpLocation.InSpace _, FtpLocation.Unknown _ -> List.of();
        };
    List<String> prefix = location instanceof FtpLocation.Rooms ? List.of(ROOMS) : List.of();
    return names.stream().map(name -> file(joined(prefix, name))).toList();
  }

  static List<String> joined(List<String> names, String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return List.copyOf(longer);
  }

  @Override
  public boolean isRandomAccessible() {
    return true;
  }

  @Override
  public void dispose() {}
}
