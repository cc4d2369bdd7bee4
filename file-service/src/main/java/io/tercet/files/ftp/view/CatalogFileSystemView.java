package io.tercet.files.ftp.view;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.chat.JoinedRoom;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;

/// The folders as one FTP session sees them: `/home` is the person's own, `/rooms/<name>` a room's.
///
/// Each path through `/rooms` asks chat-service for the person's rooms, so a room that the person
/// left disappears at once. A room whose name cannot be a name in a path is not shown.
///
/// - Threading: confined to its session.
/// - Errors: `invalid-path`; `service-unavailable` if chat-service does not answer.
public final class CatalogFileSystemView implements FileSystemView {
  private static final String HOME = "home";
  private static final String ROOMS = "rooms";

  private final Person person;
  private final FileOperations operations;
  private List<String> workingFolder = List.of();

  public CatalogFileSystemView(Person person, FileOperations operations) {
    this.person = person;
    this.operations = operations;
  }

  public Person person() {
    return person;
  }

  public FileOperations operations() {
    return operations;
  }

  @Override
  public CatalogFtpFile getHomeDirectory() {
    return file(List.of());
  }

  @Override
  public CatalogFtpFile getWorkingDirectory() {
    return file(workingFolder);
  }

  @Override
  public boolean changeWorkingDirectory(String path) {
    CatalogFtpFile target = getFile(path);
    if (!target.isDirectory()) {
      return false;
    }
    workingFolder = target.names();
    return true;
  }

  /// What a path refers to, from the working folder on; something that is not there, too.
  @Override
  public CatalogFtpFile getFile(String path) {
    return file(absolute(path));
  }

  private CatalogFtpFile file(List<String> names) {
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
      if (nameInPath(room).filter(name::equals).isPresent()) {
        return inSpace(new Space.Room(room.roomId()), names.subList(2, names.size()));
      }
    }
    return new FtpLocation.Unknown();
  }

  private static FtpLocation inSpace(Space space, List<String> names) {
    return new FtpLocation.InSpace(space, new FilePath(names));
  }

  private List<JoinedRoom> rooms() {
    return operations.folders().roomsOf(person);
  }

  private static Optional<String> nameInPath(JoinedRoom room) {
    try {
      return Optional.of(FilePath.checked(room.name()));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  /// What lies directly in a folder that is none of the catalogue's.
  List<CatalogFtpFile> filesAbove(FtpLocation location) {
    return switch (location) {
      case FtpLocation.Root _ -> List.of(file(List.of(HOME)), file(List.of(ROOMS)));
      case FtpLocation.Rooms _ -> roomFolders();
      case FtpLocation.InSpace _, FtpLocation.Unknown _ -> List.of();
    };
  }

  private List<CatalogFtpFile> roomFolders() {
    List<CatalogFtpFile> folders = new ArrayList<>();
    for (JoinedRoom room : rooms()) {
      FtpLocation top = inSpace(new Space.Room(room.roomId()), List.of());
      nameInPath(room)
          .ifPresent(name -> folders.add(new CatalogFtpFile(this, List.of(ROOMS, name), top)));
    }
    folders.sort(Comparator.comparing(CatalogFtpFile::getName));
    return folders;
  }

  @Override
  public boolean isRandomAccessible() {
    return true;
  }

  @Override
  public void dispose() {}
}
