package io.tercet.chat.people;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.text.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// People and their names. A name is unique and belongs to the person who registered it. A guest
/// keeps theirs until [PeopleSettings#guestIdleMax] after their last use.
///
/// Threading: any thread. Errors: a [ProblemException] of the type that each method names.
@Component
@EnableConfigurationProperties(PeopleSettings.class)
public class People {

  private static final Logger log = LoggerFactory.getLogger(People.class);
  private static final int PASSWORD_CHARACTERS_MIN = 8;
  private static final int PASSWORD_CHARACTERS_MAX = 256;

  private final PeopleStore store;
  private final PasswordHasher passwords;
  private final SignInThrottle throttle;
  private final PeopleSettings settings;
  private final InstantSource clock;

  People(
      PeopleStore store,
      PasswordHasher passwords,
      SignInThrottle throttle,
      PeopleSettings settings,
      InstantSource clock) {
    this.store = store;
    this.passwords = passwords;
    this.throttle = throttle;
    this.settings = settings;
    this.clock = clock;
  }

  /// Registers a person. If `requester` is the guest of this name, that guest becomes registered
  /// and keeps their id, and their display name if they give none. Throws `invalid-name`,
  /// `invalid-request`, `name-taken`, `name-resembles`.
  public Person register(
      String rawName,
      @Nullable String rawDisplayName,
      String password,
      @Nullable PersonId requester) {
    checkPassword(password);
    Optional<Person> guest =
        store
            .byName(Name.meantBy(rawName))
            .filter(account -> !hasLostName(account))
            .map(Account::person)
            .filter(person -> person.personId().equals(requester) && person.guest());
    if (guest.isPresent()) {
      return upgrade(guest.get(), rawDisplayName, passwords.hash(password));
    }
    Name name = Name.ofPerson(rawName);
    String displayName = DisplayName.of(rawDisplayName, name);
    if (store.byName(name).filter(account -> !hasLostName(account)).isPresent()) {
      throw nameTaken();
    }
    return add(name, displayName, passwords.hash(password));
  }

  /// Adds a guest. If `requester` is the guest of this name already, they stay the same person.
  /// Throws `guests-not-allowed`, `invalid-name`, `name-taken`, `name-resembles`.
  public Person signInAsGuest(
      String rawName, @Nullable String rawDisplayName, @Nullable PersonId requester) {
    if (!settings.guests()) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED,
          "Guests are not allowed here: register with a password first.");
    }
    Optional<Person> mine =
        store
            .byName(Name.meantBy(rawName))
            .map(Account::person)
            .filter(person -> person.personId().equals(requester) && person.guest());
    if (mine.isPresent()) {
      store.seen(mine.get().personId(), clock.instant());
      return mine.get();
    }
    Name name = Name.ofPerson(rawName);
    return add(name, DisplayName.of(rawDisplayName, name), null);
  }

  /// Checks a name and its password. A wrong name takes as long as a wrong password. Throws
  /// `wrong-password`, `too-many-attempts`.
  ///
  /// An attempt counts from its turn on, not while it waits: a program that signs in many times at
  /// once with the right password is not taken for one that guesses.
  public Person signIn(String rawName, String password, String address) {
    Name name = Name.meantBy(rawName);
    Optional<Account> account = store.byName(name);
    // Who has two names has no more attempts than others.
    String counted =
        account.map(found -> Name.fold(found.person().name())).orElseGet(() -> name.key());
    boolean right =
        password.length() <= PASSWORD_CHARACTERS_MAX * 2
            && passwords.matches(
                password,
                account.map(Account::passwordHash).orElse(null),
                () -> throttle.begin(counted, address),
                () -> throttle.succeeded(counted, address));
    if (!right || account.isEmpty()) {
      log.info("sign-in refused: address={}", address);
      throw new ProblemException(ProblemType.WRONG_PASSWORD);
    }
    store.seen(account.get().person().personId(), clock.instant());
    return account.get().person();
  }

  /// The person with this id.
  public Optional<Person> find(PersonId personId) {
    return store.byId(personId).map(Account::person);
  }

  /// Records that a person uses the service now; this keeps the name of a guest.
  public void seen(PersonId personId) {
    store.seen(personId, clock.instant());
  }

  /// The person with this name, or with this display name.
  public Optional<Person> findByName(String rawName) {
    return store.byName(Name.meantBy(rawName)).filter(a -> !hasLostName(a)).map(Account::person);
  }

  /// What the words begin with by which somebody is found who is meant by this text; nothing if
  /// nobody can be. Throws `invalid-request` if it is empty or too long.
  public static Optional<String> beginning(String typed) {
    int characters = typed.codePointCount(0, typed.length());
    if (characters < 1 || characters > DisplayName.CHARACTERS_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "q has 1 to " + DisplayName.CHARACTERS_MAX + " characters.");
    }
    return Words.beginning(Name.meantBy(typed).key()).filter(beginning -> !beginning.isEmpty());
  }

  /// The people of these ids, by name; unknown ids are left out.
  public List<Person> findAll(Collection<PersonId> personIds) {
    return store.byIds(personIds).stream().sorted(Comparator.comparing(Person::name)).toList();
  }

  /// Numbers that rise when something of a person changes.
  ///
  /// @param rooms … what the person sees in lists of rooms
  /// @param places … up to where the person has read rooms
  public record Versions(long rooms, long places) {}

  /// The versions of each of these people.
  public Map<PersonId, Versions> versions(Collection<PersonId> personIds) {
    return store.versions(personIds);
  }

  /// Gives a person another display name; null is none. False if they are called so already. Throws
  /// `invalid-name`, `name-taken`, `name-resembles`, and `too-fast` past
  /// [PeopleSettings#renamesPerDayMax].
  public boolean rename(PersonId personId, @Nullable String rawDisplayName) {
    Person person =
        find(personId).orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
    String displayName = DisplayName.of(rawDisplayName, Name.fromBefore(person.name()));
    Instant now = clock.instant();
    return store.rename(
        personId,
        displayName,
        now,
        now.minus(settings.guestIdleMax()),
        settings.renamesPerDayMax());
  }

  /// Brings at most `limit` names that are older than the rule for names under it, the oldest
  /// first, and returns their number. A name that resembles an older one stays, too.
  public int adoptNames(int limit) {
    return store.adoptNames(limit);
  }

  private Person add(Name name, @Nullable String displayName, @Nullable String hash) {
    Person person =
        new Person(
            new PersonId(UUID.randomUUID()),
            name.shown(),
            displayName == null ? name.shown() : displayName,
            hash == null);
    Instant now = clock.instant();
    checkGranted(store.add(person, name, hash, now, now.minus(settings.guestIdleMax())));
    log.info("person added: personId={} guest={}", person.personId(), person.guest());
    return person;
  }

  private Person upgrade(Person guest, @Nullable String rawDisplayName, String hash) {
    if (rawDisplayName != null) {
      rename(guest.personId(), rawDisplayName);
    }
    if (!store.upgrade(guest.personId(), hash, clock.instant())) {
      throw nameTaken();
    }
    log.info("guest registered: personId={}", guest.personId());
    return find(guest.personId()).orElseThrow();
  }

  private boolean hasLostName(Account account) {
    return account.person().guest()
        && account.lastSeenAt().isBefore(clock.instant().minus(settings.guestIdleMax()));
  }

  /// Throws `name-taken` or `name-resembles`.
  static void checkGranted(NameClaim claim) {
    switch (claim) {
      case NameClaim.Granted _ -> {}
      case NameClaim.Taken _ -> throw nameTaken();
      case NameClaim.Resembles(String other) -> throw ProblemException.resembling(other);
    }
  }

  private static void checkPassword(String password) {
    int characters = password.codePointCount(0, password.length());
    if (characters < PASSWORD_CHARACTERS_MIN || characters > PASSWORD_CHARACTERS_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A password has 8 to 256 characters.");
    }
  }

  private static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "Choose another name, or sign in if this one is yours.");
  }
}
