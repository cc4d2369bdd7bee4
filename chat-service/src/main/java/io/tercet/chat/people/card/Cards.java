package io.tercet.chat.people.card;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.people.People;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.picture.Picture;
import io.tercet.chat.people.picture.PictureMaker;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// The cards of people: reading, changing and finding them. A change is durable when the method
/// returns; then it tells the hint [Hint.CardChanged].
///
/// Threading: any thread that may block. Errors: a [ProblemException], as each method says.
@Component
@EnableConfigurationProperties(CardSettings.class)
public class Cards {

  private final CardStore store;
  private final People people;
  private final PictureMaker pictures;
  private final HintBroker hints;
  private final CardSettings settings;
  private final InstantSource clock;

  Cards(
      CardStore store,
      People people,
      PictureMaker pictures,
      HintBroker hints,
      CardSettings settings,
      InstantSource clock) {
    this.store = store;
    this.people = people;
    this.pictures = pictures;
    this.hints = hints;
    this.settings = settings;
    this.clock = clock;
  }

  /// The card of a person, for a viewer who sees it. Throws `person-not-found`.
  public Card get(PersonId viewer, PersonId personId) {
    check(viewer, personId);
    return own(personId);
  }

  /// The card of a person for themselves. Throws `person-not-found`.
  public Card own(PersonId personId) {
    return findAll(List.of(personId)).stream().findFirst().orElseThrow(Cards::notFound);
  }

  /// The cards of these people, by name; unknown ids are left out. The caller checks who sees them.
  public List<Card> findAll(Collection<PersonId> personIds) {
    Instant now = clock.instant();
    return store.findAll(personIds).stream()
        .map(card -> card.at(now))
        .sorted(Comparator.comparing(card -> card.person().name()))
        .toList();
  }

  /// People of whose names a word begins so, at most [CardSettings#foundMax]. Who is registered is
  /// found by everybody; the card says no more than the person if the viewer does not see it. A
  /// guest is found by who sees their card. Throws `invalid-request`.
  public List<Card> search(PersonId viewer, String typed) {
    Optional<String> beginning = People.beginning(typed);
    if (beginning.isEmpty()) {
      return List.of();
    }
    List<Card> found = store.search(beginning.get(), settings.searchedWordsMax());
    Set<PersonId> seen =
        store.seenBy(
            viewer,
            found.stream().map(card -> card.person().personId()).toList(),
            settings.sharedRoomsMax());
    Instant now = clock.instant();
    return found.stream()
        .filter(card -> !card.person().guest() || isSeen(card, viewer, seen))
        .map(card -> isSeen(card, viewer, seen) ? card.at(now) : new Card(card.person()))
        .limit(settings.foundMax())
        .toList();
  }

  /// Gives a person another display name; null is none. Throws what [People#rename] throws.
  public void rename(PersonId personId, @Nullable String displayName) {
    if (people.rename(personId, displayName)) {
      changed(personId);
    }
  }

  /// Whether a time zone has this name.
  public static boolean isTimeZone(String name) {
    return ZoneId.getAvailableZoneIds().contains(name);
  }

  /// Says in which time zone a person is; null takes it away. The caller checks the name.
  public void setTimeZone(PersonId personId, @Nullable String timeZone) {
    store.setTimeZone(personId, timeZone, clock.instant());
    changed(personId);
  }

  /// Says what a person is up to. Throws `invalid-request`.
  public void setStatus(
      PersonId personId, @Nullable String emoji, String text, @Nullable Instant until) {
    Instant now = clock.instant();
    store.setStatus(personId, Status.of(emoji, text, until, now), now);
    changed(personId);
  }

  /// Takes the status away.
  public void removeStatus(PersonId personId) {
    store.setStatus(personId, null, clock.instant());
    changed(personId);
  }

  /// Makes the picture of a person from a file. Throws what [PictureMaker#make] throws.
  public void setPicture(PersonId personId, byte[] file) {
    store.setPicture(personId, pictures.make(file), clock.instant());
    changed(personId);
  }

  /// Takes the picture away.
  public void removePicture(PersonId personId) {
    store.setPicture(personId, null, clock.instant());
    changed(personId);
  }

  /// A picture of a person, for a viewer who sees their card. Throws `person-not-found`,
  /// `invalid-request` if there is no such size, and `not-found` if they have another picture now.
  public Picture.Rendition picture(PersonId viewer, PersonId personId, String hash, int size) {
    if (!PictureMaker.SIZES.contains(size)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "size is one of " + PictureMaker.SIZES + ".");
    }
    check(viewer, personId);
    return store
        .picture(personId, hash, size)
        .orElseThrow(() ->
            new ProblemException(ProblemType.NOT_FOUND, "The person has another picture now."));
  }

  /// The rooms of a person, those that they joined first.
  public List<UUID> rooms(PersonId personId) {
    return store.rooms(personId, settings.toldRoomsMax());
  }

  /// The people whose cards changed at a time or later, at most `limit`, and when they did.
  public Map<PersonId, Instant> changedSince(Instant time, int limit) {
    return store.changedSince(time, limit);
  }

  private void check(PersonId viewer, PersonId personId) {
    if (!viewer.equals(personId)
        && store.seenBy(viewer, List.of(personId), settings.sharedRoomsMax()).isEmpty()) {
      throw notFound();
    }
  }

  private void changed(PersonId personId) {
    hints.publish(new Hint.CardChanged(personId.value()));
  }

  private static boolean isSeen(Card card, PersonId viewer, Set<PersonId> seen) {
    PersonId personId = card.person().personId();
    return personId.equals(viewer) || seen.contains(personId);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemType.PERSON_NOT_FOUND);
  }
}
