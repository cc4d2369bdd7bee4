package io.tercet.chat.people;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
  /// and keeps their id. Throws `invalid-name`, `invalid-request`, `name-taken`.
  public Person register(String rawName, String password, @Nullable PersonId requester) {
    Name name = Name.ofPerson(rawName);
    checkPassword(password);
    Optional<Account> owner = store.byKey(name.key()).filter(account -> !hasLostName(account));
    if (owner.isPresent() && !owner.get().personId().equals(requester)) {
      throw nameTaken();
    }
    String hash = passwords.hash(password);
    if (owner.isPresent()) {
      return upgrade(owner.get(), hash);
    }
    return add(name, hash);
  }

  /// Adds a guest. If `requester` is the guest of this name already, they stay the same person.
  /// Throws `guests-not-allowed`, `invalid-name`, `name-taken`.
  public Person signInAsGuest(String rawName, @Nullable PersonId requester) {
    if (!settings.guests()) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED,
          "Guests are not allowed here: register with a password first.");
    }
    Name name = Name.ofPerson(rawName);
    Optional<Account> mine =
        store.byKey(name.key()).filter(account -> account.personId().equals(requester));
    if (mine.isPresent() && mine.get().person().guest()) {
      store.seen(mine.get().personId(), clock.instant());
      return mine.get().person();
    }
    return add(name, null);
  }

  /// Checks a name and its password. A wrong name takes as long as a wrong password. Throws
  /// `wrong-password`, `too-many-throttle`.
  public Person signIn(String rawName, String password, String address) {
    String key = keyOrEmpty(rawName);
    throttle.begin(key, address);
    Optional<Account> account = store.byKey(key);
    boolean right =
        password.length() <= PASSWORD_CHARACTERS_MAX * 2
            && passwords.matches(password, account.map(Account::passwordHash).orElse(null));
    if (!right || account.isEmpty()) {
      log.info("sign-in refused: address={}", address);
      throw new ProblemException(ProblemType.WRONG_PASSWORD);
    }
    throttle.succeeded(key, address);
    store.seen(account.get().personId(), clock.instant());
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

  /// The person with this name.
  public Optional<Person> findByName(String rawName) {
    return store.byKey(keyOrEmpty(rawName)).filter(a -> !hasLostName(a)).map(Account::person);
  }

  /// The people of these ids, by name; unknown ids are left out.
  public List<Person> findAll(Collection<PersonId> personIds) {
    return store.byIds(personIds).stream().sorted(Comparator.comparing(Person::name)).toList();
  }

  private Person add(Name name, @Nullable String hash) {
    PersonId personId = new PersonId(UUID.randomUUID());
    Instant now = clock.instant();
    if (!store.add(personId, name, hash, now, now.minus(settings.guestIdleMax()))) {
      throw nameTaken();
    }
    log.info("person added: personId={} guest={}", personId, hash == null);
    return new Person(personId, name.shown(), hash == null);
  }

  private Person upgrade(Account guest, String hash) {
    if (!store.upgrade(guest.personId(), hash, clock.instant())) {
      throw nameTaken();
    }
    log.info("guest registered: personId={}", guest.personId());
    return new Person(guest.personId(), guest.name(), false);
  }

  private boolean hasLostName(Account account) {
    return account.passwordHash() == null
        && account.lastSeenAt().isBefore(clock.instant().minus(settings.guestIdleMax()));
  }

  private static void checkPassword(String password) {
    int characters = password.codePointCount(0, password.length());
    if (characters < PASSWORD_CHARACTERS_MIN || characters > PASSWORD_CHARACTERS_MAX) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A password has 8 to 256 characters.");
    }
  }

  /// The key of a name; an invalid name has a key that nobody has.
  private static String keyOrEmpty(String rawName) {
    try {
      return Name.ofPerson(rawName).key();
    } catch (ProblemException invalid) {
      return "";
    }
  }

  private static ProblemException nameTaken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "Choose another name, or sign in if this one is yours.");
  }
}
