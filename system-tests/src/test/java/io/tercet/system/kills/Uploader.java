package io.tercet.system.kills;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Person;
import io.tercet.system.stack.Processes;
import io.tercet.system.stack.Service;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Somebody who puts one file after the other into a room, each once, and remembers how it went.
///
/// - Threading: confined to the thread that uploads.
final class Uploader {

  private static final int SIZE_MAX = 1_500_000;

  private final Person person;
  private final String folder;
  private final RandomGenerator random;
  private final Milestones acknowledgements;

  Uploader(Person person, String folder, RandomGenerator random, Milestones acknowledgements) {
    this.person = person;
    this.folder = folder;
    this.random = random;
    this.acknowledgements = acknowledgements;
  }

  /// A file that was sent.
  ///
  /// @param acknowledged whether 201 came back
  record Sent(String path, String sha256, boolean acknowledged) {}

  /// Uploads so many files; after one that failed, goes on when the services answer again.
  Map<String, Sent> upload(String stem, int count, Processes processes) {
    Map<String, Sent> sent = new LinkedHashMap<>();
    for (int each = 0; each < count; each++) {
      Sent file = send("kills/" + stem + "-" + each + ".bin");
      sent.put(file.path(), file);
      if (file.acknowledged()) {
        acknowledgements.reached();
      } else {
        processes.awaitAnswering(Service.CHAT);
        processes.awaitAnswering(Service.FILES);
      }
    }
    return sent;
  }

  private Sent send(String path) {
    byte[] bytes = Bytes.random(random.nextInt(1, SIZE_MAX), random);
    try {
      Answer answer = person.browser().upload(folder + path, bytes);
      return new Sent(path, Bytes.sha256(bytes), answer.status() == 201);
    } catch (UncheckedIOException cutOff) {
      return new Sent(path, Bytes.sha256(bytes), false);
    }
  }
}
