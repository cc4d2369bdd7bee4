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

/// Who may call themselves what. A name is unique and belongs to whoever registered it; a guest's
/// stays theirs until [PeopleSettings#guestIdleMax] after they were last seen.
///
/// Threading: any thread. Errors: [ProblemException], with the type named at each method.
@Component
@EnableConfigurationProperties(PeopleSettings.class)
public class People {

  private static final Logger log = LoggerFactory.getLogger(People.class);
  private static final int PASSWORD_CHARACTERS_MIN = 8;
  private static final int PASSWORD_CHARACTERS_MAX = 256;

  private final PeopleStore store;
  private final PasswordHasher passwords;
  private final SignInThrottle attempts;
  private final PeopleSettings settings;
  private final InstantSource clock;

  People(
      PeopleStore store,
      PasswordHasher passwords,
      SignInThrottle attempts,
      PeopleSettings settings,
      InstantSource clock) {
    this.store = store;
    this.passwords = passwords;
    this.attempts = attempts;
    this.settings = settings;
    this.clock = clock;
  }

  /// Registers somebody new. With the id of a guest of the same name, that guest becomes registered
  /// and stays the same person. Refuses with `invalid-name`, `invalid-request`, `name-taken`.
  public Person register(String rawName, String password, @Nullable PersonId asker) {
    Name name = Name.ofPerson(rawName);
    checkPassword(password);
    Optional<Account> owner = store.byKey(name.key()).filter(account -> !isGone(account));
    if (owner.isPresent() && !owner.get().personId().equals(asker)) {
      throw taken();
    }
    String hash = passwords.hash(password);
    if (owner.isPresent()) {
      return upgrade(owner.get(), hash);
    }
    return add(name, hash);
  }

  /// Lets somebody in with only a name. Who already is the guest of that name stays it. Refuses
  /// with `guests-not-allowed`, `invalid-name`, `name-taken`.
  public Person enterAsGuest(String rawName, @Nullable PersonId asker) {
    if (!settings.guests()) {
      throw new ProblemException(
          ProblemType.GUESTS_NOT_ALLOWED, "Here one enters with a password: register first.");
    }
    Name name = Name.ofPerson(rawName);
    Optional<Account> mine =
        store.byKey(name.key()).filter(account -> account.personId().equals(asker));
    if (mine.isPresent() && mine.get().person().guest()) {
      store.seen(mine.get().personId(), clock.instant());
      return mine.get().person();
    }
    return add(name, null);
  }

  /// Checks a name and its password. A wrong name takes as long as a wrong password. Refuses with
  /// `wrong-password`, `too-many-attempts`.
  public Person signIn(String rawName, String password, String address) {
    String key = keyOrNobodys(rawName);
    attempts.begin(key, address);
    Optional<Account> account = store.byKey(key);
    boolean right =
        password.length() <= PASSWORD_CHARACTERS_MAX * 2
            && passwords.matches(password, account.map(Account::passwordHash).orElse(null));
    if (!right || account.isEmpty()) {
      log.info("sign-in refused: address={}", address);
      throw new ProblemException(ProblemType.WRONG_PASSWORD);
    }
    attempts.succeeded(key, address);
    store.seen(account.get().personId(), clock.instant());
    return account.get().person();
  }

  /// The person of an id.
  public Optional<Person> find(PersonId personId) {
    return store.byId(personId).map(Account::person);
  }

  /// Keeps the name of a guest for longer: they were here just now.
  public void seen(PersonId personId) {
    store.seen(personId, clock.instant());
  }

  /// The person of a name, after folding.
  public Optional<Person> findByName(String rawName) {
    return store.byKey(keyOrNobodys(rawName)).filter(a -> !isGone(a)).map(Account::person);
  }

  /// Those of the ids who exist, by name.
  public List<Person> findAll(Collection<PersonId> personIds) {
    return store.byIds(personIds).stream().sorted(Comparator.comparing(Person::name)).toList();
  }

  private Person add(Name name, @Nullable String hash) {
    PersonId personId = new PersonId(UUID.randomUUID());
    Instant now = clock.instant();
    if (!store.add(personId, name, hash, now, now.minus(settings.guestIdleMax()))) {
      throw taken();
    }
    log.info("person entered: personId={} guest={}", personId, hash == null);
    return new Person(personId, name.shown(), hash == null);
  }

  private Person upgrade(Account guest, String hash) {
    if (!store.upgrade(guest.personId(), hash, clock.instant())) {
      throw taken();
    }
    log.info("guest registered: personId={}", guest.personId());
    return new Person(guest.personId(), guest.name(), false);
  }

  private boolean isGone(Account account) {
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

  /// A name that breaks the rule belongs to nobody; it is answered like any other wrong name.
  private static String keyOrNobodys(String rawName) {
    try {
      return Name.ofPerson(rawName).key();
    } catch (ProblemException invalid) {
      return "";
    }
  }

  private static ProblemException taken() {
    return new ProblemException(
        ProblemType.NAME_TAKEN, "Choose another name, or sign in if this one is yours.");
  }
}
