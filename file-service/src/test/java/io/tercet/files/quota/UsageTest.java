package io.tercet.files.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Editor;
import io.tercet.files.catalog.FilePath;
import io.tercet.files.catalog.Item;
import io.tercet.files.catalog.Preconditions;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.folder.Folders;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Usage equals the sum of what is there, after any sequence of operations.
class UsageTest {
  private static final int OPERATIONS = 400;

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheSumOfWhatIsThere(long seed) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (ChatStub chat = ChatStub.start();
        RunningService service = RunningService.start(data, chat)) {
      Person ada = chat.person("ada");
      Person bob = chat.person("bob");
      Space.Room room = new Space.Room(chat.room("r", ada, bob));
      Space.Room other = new Space.Room(chat.room("s", ada, bob));
      Catalog catalog = service.bean(Catalog.class);
      for (int i = 0; i < OPERATIONS; i++) {
        Person person = random.nextBoolean() ? ada : bob;
        List<Space> spaces = List.of(new Space.Home(person.personId()), room, other);
        try {
          operate(service, random, person, spaces);
        } catch (ProblemException _) {
          // such as a missing file: it changed nothing
        }
        if (i % 10 == 0) {
          // At once: what was deleted is removed for good meanwhile.
          List<Map<String, String>> both =
              catalog.write(tree -> List.of(counted(tree), summed(tree)));
          assertThat(both.getFirst()).isEqualTo(both.getLast());
        }
      }
      assertThat(catalog.read(UsageTest::counted)).isNotEmpty();
    }
  }

  private static void operate(
      RunningService service, RandomGenerator random, Person person, List<Space> spaces) {
    Folders folders = service.bean(Folders.class);
    Space space = spaces.get(random.nextInt(spaces.size()));
    FilePath path = path(random);
    switch (random.nextInt(8)) {
      case 0 -> folders.make(person, space, path, Preconditions.NONE);
      case 1 -> folders.delete(person, space, path, Preconditions.NONE);
      case 2, 3 -> {
        Tree.Location to =
            new Tree.Location(spaces.get(random.nextInt(spaces.size())), path(random));
        folders.move(person, new Tree.Location(space, path), to, random.nextBoolean());
      }
      default -> {
        Item.Content content =
            new Item.Content(
                Integer.toHexString(random.nextInt(1, 9)).repeat(64), random.nextInt(100), "a/b");
        service
            .bean(Catalog.class)
            .write(tree ->
                tree.write(space, path, content, new Editor(person, true)).item().version());
      }
    }
  }

  private static FilePath path(RandomGenerator random) {
    FilePath path = FilePath.TOP;
    int depth = random.nextInt(1, 4);
    for (int i = 0; i < depth; i++) {
      path = path.child(List.of("a", "b", "c").get(random.nextInt(3)));
    }
    return path;
  }

  private static Map<String, String> counted(Tree tree) {
    return rows(
        tree,
        """
        select account, bytes || ' ' || items amount from usage where bytes <> 0 or items <> 0
        union all
        select space || '|' || parent, items from folder_size where items <> 0
        """);
  }

  private static Map<String, String> summed(Tree tree) {
    return rows(
        tree,
        """
        select account, sum(bytes) || ' ' || sum(items) amount from (
          select space account, 0 bytes, 1 items from node
          union all select 'people/' || person_id, 0, 1 from node
            where space like 'rooms/%' and person_id is not null
          union all select n.space, v.size, 0 from version v join node n on n.id = v.file_id
          union all select 'people/' || v.person_id, v.size, 0
            from version v join node n on n.id = v.file_id where n.space like 'rooms/%')
          group by account having sum(bytes) <> 0 or sum(items) <> 0
        union all
        select space || '|' || parent, count(*) from node where parent <> 'deleted'
          group by space, parent
        """);
  }

  private static Map<String, String> rows(Tree tree, String sql) {
    Map<String, String> rows = new TreeMap<>();
    tree.jdbc().sql(sql).query((row, _) -> rows.put(row.getString(1), row.getString(2))).list();
    return rows;
  }
}
