package io.tercet.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.database.Database;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody renames, publishes and deletes a folder with very many items, and sends forms whose
/// names are taken hundreds of times, on the heap that the launcher gives.
///
/// The service lives, and others who store files at the same time are never refused and seldom
/// wait. `make soak` has 900,000 items and takes `SOAK_MINUTES`, and as long as it takes to remove
/// the items; the tests have a few, and measure nothing.
@Tag("soak")
@Timeout(14_400)
class LargeFoldersSoakTest {
  private static final String MINUTES = System.getenv("SOAK_MINUTES");
  private static final boolean WHOLE = MINUTES != null;
  private static final Duration TIME =
      WHOLE ? Duration.ofSeconds((long) (Double.parseDouble(MINUTES) * 60)) : Duration.ofSeconds(2);
  private static final int ITEMS = WHOLE ? 900_000 : 20_000;
  private static final int NUMBERED = 800;
  private static final int CALM = 200;

  private static final Duration OTHERS_P99_MAX = Duration.ofMillis(500);
  private static final Duration DELETION_MAX = Duration.ofSeconds(1);
  private static final double HEAP_MAX = 0.8;

  private static final String MINE = "/api/files/people/me/";

  @TempDir Path data;
  private final AtomicBoolean ended = new AtomicBoolean();
  private ChatStub chat;
  private Person hoarder;
  private Person sender;
  private ServiceProcess service;

  @BeforeEach
  void startWithALargeFolder() throws Exception {
    chat = ChatStub.start();
    hoarder = chat.person("hoarder");
    sender = chat.person("sender");
    try (RunningService seeded = RunningService.start(data, chat)) {
      seeded.put(hoarder, MINE + "large/", "");
      seed(seeded, hoarder, "large", "'f' || i", ITEMS);
      seeded.put(sender, MINE + "forms/plan.pdf", "x");
      seed(seeded, sender, "forms", "'plan (' || (i + 1) || ').pdf'", NUMBERED - 1);
    }
    service =
        ServiceProcess.start(
            data,
            chat,
            "--tercet.files.ftp.passive-ports=0",
            "--tercet.files.quota.person-items=2000000");
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    chat.close();
  }

  /// Fills a folder at the top of a person's own.
  private static void seed(
      RunningService service, Person person, String folder, String name, int count) {
    service
        .bean(Database.class)
        .write(jdbc -> {
          jdbc.sql(
                  """
                  with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
                  insert into node (id, space, parent, name, kind, version, modified_at, person_id)
                    select printf('%s-0000-4000-8000-%012d', substr(f.id, 1, 8), i),
                      f.space, f.id,\
                  """
                      + name
                      + """
                          , 1, 1, 0, f.person_id
                        from n join node f on f.space = ? and f.parent = '' and f.name = ?
                      """)
              .params(count, "people/" + person.personId(), folder)
              .update();
          return jdbc.sql(
                  """
                  insert into version
                      (file_id, number, sha256, size, media_type, person_id, written_at)
                    select n.id, 1, ?, 1, 'text/plain', n.person_id, 0
                    from node f join node n on n.parent = f.id
                    where f.space = ? and f.parent = '' and f.name = ? and not exists
                      (select 1 from version v where v.file_id = n.id)
                  """)
              .params("ab".repeat(32), "people/" + person.personId(), folder)
              .update();
        });
  }

  @Test
  void areNoticedByNobodyElse() throws Exception {
    Latencies calm = new Latencies("others' uploads before");
    Latencies puts = new Latencies("others' uploads meanwhile");
    Latencies renames = new Latencies("renames");
    Latencies publications = new Latencies("refused publications");
    Latencies forms = new Latencies("forms with 100 files of one name");
    Latencies deletion = new Latencies("deletion");
    storeSome(chat.person("ada"), calm, CALM);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> others = new ArrayList<>();
      for (String name : List.of("grace", "linus")) {
        Person other = chat.person(name);
        others.add(threads.submit(() -> storeUntilTheEnd(other, puts)));
      }
      try {
        long until = System.nanoTime() + TIME.toNanos();
        List<Future<?>> attacks =
            List.of(
                threads.submit(() -> renameUntil(until, renames)),
                threads.submit(() -> publishUntil(until, publications)),
                threads.submit(() -> sendFormsUntil(until, forms)));
        for (Future<?> attack : attacks) {
          attack.get();
        }
        Answer deleted = deletion.time(() -> service.delete(hoarder, MINE + "large/"));
        assertThat(deleted.status()).isEqualTo(204);
        await().atMost(Duration.ofHours(1)).until(() -> itemsOf(hoarder) == 0);
      } finally {
        ended.set(true);
      }
      for (Future<?> other : others) {
        other.get();
      }
    }

    System.out.println("large folders soak, items: " + ITEMS + ", heap: " + service.heapInUse());
    for (Latencies each : List.of(calm, puts, renames, publications, forms, deletion)) {
      System.out.println("large folders soak, " + each);
    }
    assertThat(service.said()).doesNotContain("OutOfMemoryError");
    assertThat(service.heapInUse()).isLessThan(HEAP_MAX);
    assertThat(service.names(hoarder, MINE)).isEmpty();
    if (WHOLE) {
      assertThat(puts.permille(990)).isLessThan(OTHERS_P99_MAX);
      assertThat(deletion.permille(1000)).isLessThan(DELETION_MAX);
    }
  }

  private long itemsOf(Person person) throws Exception {
    return service.get(person, "/api/files/usage").json().get("items").asLong();
  }

  private void storeSome(Person person, Latencies latencies, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String path = MINE + "f" + i % 100;
      Answer stored = latencies.time(() -> service.put(person, path, "a note"));
      assertThat(stored.status()).as(stored.text()).isBetween(200, 201);
    }
  }

  private Void storeUntilTheEnd(Person person, Latencies latencies) throws Exception {
    while (!ended.get()) {
      storeSome(person, latencies, 10);
    }
    return null;
  }

  private Void renameUntil(long until, Latencies latencies) throws Exception {
    do {
      rename("large", "named/deep/large", latencies);
      rename("named/deep/large", "large", latencies);
      rename("named", "emptied", latencies);
      service.delete(hoarder, MINE + "emptied/");
    } while (System.nanoTime() < until);
    return null;
  }

  private void rename(String from, String to, Latencies latencies) throws Exception {
    String body = "{\"from\":\"people/me/%s\",\"to\":\"people/me/%s\"}".formatted(from, to);
    Answer moved = latencies.time(() -> service.json(hoarder, "POST", "/api/files/moves", body));
    assertThat(moved.status()).as(moved.text()).isEqualTo(200);
  }

  private Void publishUntil(long until, Latencies latencies) throws Exception {
    do {
      Answer refused =
          latencies.time(
              () -> service.json(hoarder, "PUT", "/api/sites/large", "{\"folder\":\"people/me\"}"));
      assertThat(refused.problem()).isEqualTo("413 too-large");
    } while (System.nanoTime() < until);
    return null;
  }

  /// Sends forms, and takes their files away again so that the names are the same for the next.
  private Void sendFormsUntil(long until, Latencies latencies) throws Exception {
    String part =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"plan.pdf\"\r\n\r\nx\r\n";
    byte[] form = (part.repeat(100) + "--B--\r\n").getBytes(UTF_8);
    String type = "multipart/form-data; boundary=B";
    do {
      Answer stored =
          latencies.time(
              () -> service.send(sender, "POST", MINE + "forms/", form, "Content-Type", type));
      assertThat(stored.status()).as(stored.text()).isEqualTo(201);
      for (var item : stored.json().get("items")) {
        String path = MINE + "forms/" + RunningService.encoded(item.get("name").asString());
        assertThat(service.delete(sender, path).status()).isEqualTo(204);
      }
    } while (System.nanoTime() < until);
    return null;
  }
}
