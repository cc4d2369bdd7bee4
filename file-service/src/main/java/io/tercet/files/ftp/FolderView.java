package io.tercet.files.ftp;

import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Space;
import io.tercet.files.chat.RoomName;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/// The folders as one session sees them: `/home` is one's own, `/rooms/<name>` a room's.
///
/// Names of rooms are asked of chat-service whenever a path goes through one, so a room that one
/// left is gone at once.
///
/// - Threading: confined to its session.
final class FolderView implements FileSystemView {
  private static final String HOME = "home";
  private static final String ROOMS = "rooms";

  private final Person person;
  private final Features features;
  private List<String> workingFolder = List.of();

  FolderView(Person person, Features features) {
    this.person = person;
    this.features = features;
  }

  Person person() {
    return person;
  }

  Features features() {
    return features;
  }

  @Override
  public FtpFile getHomeDirectory() {
    return entry(List.of());
  }

  @Override
  public FtpFile getWorkingDirectory() {
    return entry(workingFolder);
  }

  @Override
  public boolean changeWorkingDirectory(String path) throws FtpException {
    Entry target = getFile(path);
    if (target == null || !target.isDirectory()) {
      return false;
    }
    workingFolder = target.names();
    return true;
  }

  /// Null for a path that cannot be one.
  @Override
  public @Nullable Entry getFile(String path) throws FtpException {
    try {
      return entry(absolute(path));
    } catch (ProblemException e) {
      if (e.type().status() < 500) {
        return null;
      }
      throw new FtpException(e.type().title(), e);
    }
  }

  Entry entry(List<String> names) {
    return new Entry(this, names, place(names));
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

  private Place place(List<String> names) {
    if (names.isEmpty()) {
      return new Place.Root();
    }
    if (names.getFirst().equals(HOME)) {
      return inside(new Space.Home(person.personId()), names.subList(1, names.size()));
    }
    if (!names.getFirst().equals(ROOMS)) {
      return new Place.Nowhere();
    }
    return names.size() == 1 ? new Place.Rooms() : inRoom(names.get(1), names);
  }

  private Place inRoom(String name, List<String> names) {
    for (RoomName room : rooms()) {
      if (FilePath.checked(room.name()).equals(name)) {
        return inside(new Space.Room(room.roomId()), names.subList(2, names.size()));
      }
    }
    return new Place.Nowhere();
  }

  private static Place inside(Space space, List<String> names) {
    return new Place.Inside(space, new FilePath(names));
  }

  List<RoomName> rooms() {
    return features.folders().roomsOf(person);
  }

  /// The entries directly in a folder that is none of the catalogue's.
  List<Entry> entriesOf(Place place) {
    List<String> names =
        switch (place) {
          case Place.Root _ -> List.of(HOME, ROOMS);
          case Place.Rooms _ -> rooms().stream().map(RoomName::name).sorted().toList();
          case Place.Inside _, Place.Nowhere _ -> List.of();
        };
    List<String> prefix = place instanceof Place.Rooms ? List.of(ROOMS) : List.of();
    return names.stream().map(name -> entry(joined(prefix, name))).toList();
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
