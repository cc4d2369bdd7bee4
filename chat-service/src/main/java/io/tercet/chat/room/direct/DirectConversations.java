package io.tercet.chat.room.direct;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.direct.DirectConversationStore.Opened;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Opens direct conversations. The same people always get the same one.
///
/// Who opens it is its only member until something is written: then the log makes members of the
/// others, too. So nobody sees a conversation in which nothing was said.
///
/// Threading: any thread. Errors: a [io.tercet.chat.problem.ProblemException], as each method says.
@Component
@EnableConfigurationProperties(DirectSettings.class)
public class DirectConversations {

  private final DirectConversationStore store;
  private final HintBroker hints;
  private final InstantSource clock;

  DirectConversations(DirectConversationStore store, HintBroker hints, InstantSource clock) {
    this.store = store;
    this.hints = hints;
    this.clock = clock;
  }

  /// The conversation of these people, if this one is a member.
  public Optional<RoomId> find(DirectPeople people, PersonId member) {
    return store.find(people, member);
  }

  /// Opens the conversation of these people, of whom the opener is one. Throws `person-not-found`
  /// if the opener shares no room with one of the others, `messages-blocked` if one of them has
  /// blocked the opener, or `too-many-conversations`.
  public Opened open(DirectPeople people, PersonId opener) {
    Opened opened = store.open(people, opener, clock.instant());
    hints.publish(new Hint.PersonChanged(opener.value()));
    return opened;
  }
}
