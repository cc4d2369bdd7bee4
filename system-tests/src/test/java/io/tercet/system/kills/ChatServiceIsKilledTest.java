package io.tercet.system.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Service;
import io.tercet.system.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// chat-service dies in the middle of a thousand messages from ten people, twice.
@DrivesTheStack
@Tag("process")
@Order(Integer.MAX_VALUE)
class ChatServiceIsKilledTest {

  private static final int PEOPLE = 10;
  private static final int MESSAGES_EACH = 100;

  private final Stack stack;

  ChatServiceIsKilledTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void everyAcknowledgedMessageIsInTheLogOnceAndInOrder() throws Exception {
    RandomGenerator random = Seed.announced("ChatServiceIsKilledTest").generator();
    Milestones acknowledgements = new Milestones();
    Person ada = Person.guest(stack, "ada");
    String room = ada.createsRoom("thousand");
    List<Talker> talkers = talkers(room, acknowledgements);

    Map<Talker, Map<String, Long>> acknowledged = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<Talker, CompletableFuture<Map<String, Long>>> saying = new LinkedHashMap<>();
      for (Talker talker : talkers) {
        saying.put(talker, CompletableFuture.supplyAsync(() -> talker.say(MESSAGES_EACH), threads));
      }
      for (int moment : new int[] {random.nextInt(150, 400), random.nextInt(500, 850)}) {
        acknowledgements.await(moment);
        stack.killable().kill(Service.CHAT);
      }
      saying.forEach((talker, said) -> acknowledged.put(talker, said.join()));
    }

    List<JsonNode> log = ada.readsLog(room);
    assertThat(log.stream().map(entry -> entry.path("seq").asLong()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
    acknowledged.forEach((talker, seqs) -> assertSaidOnce(talker, seqs, log));
    assertThat(talkers).allSatisfy(talker -> assertThat(talker.reconnects()).isPositive());
  }

  private List<Talker> talkers(String room, Milestones acknowledgements) {
    List<Talker> talkers = new ArrayList<>();
    for (int each = 0; each < PEOPLE; each++) {
      Person person = Person.guest(stack, "talker");
      person.joins(room);
      talkers.add(new Talker(person, room, acknowledgements));
    }
    return talkers;
  }

  /// What a person said stands in the log in the order in which it was said, under the very numbers
  /// that were acknowledged.
  private static void assertSaidOnce(Talker talker, Map<String, Long> seqs, List<JsonNode> log) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (JsonNode entry : log) {
      if (isMessageOf(talker, entry)) {
        String id = entry.path("clientMessageId").asString();
        assertThat(entry.path("text").asString()).isEqualTo(talker.text(id));
        assertThat(found.put(id, entry.path("seq").asLong())).as("%s, twice", id).isNull();
      }
    }
    assertThat(new ArrayList<>(found.entrySet())).isEqualTo(new ArrayList<>(seqs.entrySet()));
  }

  private static boolean isMessageOf(Talker talker, JsonNode entry) {
    return entry.path("kind").asString().equals("message")
        && entry.path("personId").asString().equals(talker.person().personId());
  }
}
