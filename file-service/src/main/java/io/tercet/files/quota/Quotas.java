package io.tercet.files.quota;

import io.tercet.files.catalog.Catalog;
import io.tercet.files.catalog.Space;
import io.tercet.files.catalog.Tree;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.quota.Allowance.Remaining;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Holds what people and rooms store below their quotas.
///
/// Everything in a person's own folder counts for that person. What lies in a room counts for the
/// room, and for the person who wrote it. Triggers of the catalogue count in the transaction of
/// each change: all versions that are kept, and deleted items until they are removed for good. Two
/// files with the same content count twice, although the content is stored once.
///
/// - Threading: safe.
/// - Errors: `quota-exceeded`; its detail says how much is left.
@Component
@EnableConfigurationProperties(QuotaSettings.class)
public final class Quotas {
  private final Catalog catalog;
  private final QuotaSettings settings;
  private final ConcurrentHashMap<String, Long> onTheWay = new ConcurrentHashMap<>();

  Quotas(Catalog catalog, QuotaSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  private record Account(String key, Usage most) {}

  /// Opens the allowance of an upload: what the person, and the room if there is one, have left.
  ///
  /// `announced` is the size in bytes if the client sent it, else 0.
  public Allowance open(Tree tree, Person person, Space space, long announced) {
    List<Remaining> left = new ArrayList<>();
    for (Account account : accounts(person, space)) {
      Usage used = usage(tree, account.key());
      left.add(new Remaining(account.key(), account.most().bytes() - used.bytes()));
    }
    return new Allowance(onTheWay, left).announced(announced);
  }

  /// Makes a change of a space. If it takes an account past its quota, the transaction is undone.
  /// An account that is past its quota already may change, but not grow.
  public <T> T within(Tree tree, Person person, Space space, Supplier<T> change) {
    List<Account> accounts = accounts(person, space);
    List<Usage> before = accounts.stream().map(account -> usage(tree, account.key())).toList();
    T result = change.get();
    for (int i = 0; i < accounts.size(); i++) {
      check(accounts.get(i).most(), before.get(i), usage(tree, accounts.get(i).key()));
    }
    return result;
  }

  private static void check(Usage most, Usage before, Usage after) {
    if (after.bytes() > before.bytes() && after.bytes() > most.bytes()) {
      throw Allowance.tooMany(most.bytes() - before.bytes());
    }
    if (after.items() > before.items() && after.items() > most.items()) {
      long left = Math.max(0, most.items() - before.items());
      throw exceeded(left + " of " + most.items() + " files and folders are left");
    }
  }

  /// What the person's account holds, and the most that it may hold.
  public Statement of(Person person) {
    Account account = personal(person);
    return new Statement(catalog.read(tree -> usage(tree, account.key())), account.most());
  }

  /// What an account holds, and the most that it may hold.
  public record Statement(Usage used, Usage most) {}

  private List<Account> accounts(Person person, Space space) {
    return switch (space) {
      case Space.Home _ -> List.of(personal(person));
      case Space.Room room -> List.of(personal(person), shared(room));
    };
  }

  private Account personal(Person person) {
    Usage most =
        person.guest()
            ? new Usage(settings.guestBytes().toBytes(), settings.guestItems())
            : new Usage(settings.personBytes().toBytes(), settings.personItems());
    return new Account(new Space.Home(person.personId()).key(), most);
  }

  private Account shared(Space.Room room) {
    return new Account(room.key(), new Usage(settings.roomBytes().toBytes(), settings.roomItems()));
  }

  private static Usage usage(Tree tree, String account) {
    return tree.jdbc()
        .sql("select bytes, items from usage where account = ?")
        .param(account)
        .query((row, _) -> new Usage(row.getLong("bytes"), row.getLong("items")))
        .optional()
        .orElse(Usage.NONE);
  }

  static ProblemException exceeded(String left) {
    return new ProblemException(
        ProblemType.QUOTA_EXCEEDED, left + ": delete what is not needed any more.");
  }
}
