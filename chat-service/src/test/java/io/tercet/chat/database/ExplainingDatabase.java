package io.tercet.chat.database;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A database that explains each statement before it runs it, with the same parameters and in the
/// same transaction.
public final class ExplainingDatabase implements OpenableDatabase {

  private static final Pattern POSTGRES_COST = Pattern.compile("cost=[\\d.]+\\.\\.(\\d+)");
  private static final Set<Class<?>> SPECS =
      Set.of(
          JdbcClient.StatementSpec.class,
          JdbcClient.ResultQuerySpec.class,
          JdbcClient.MappedQuerySpec.class);

  private final OpenableDatabase database;
  private final String explain;
  private final ThreadLocal<AtomicLong> steps;
  private final List<ExplainedStatement> statements = new CopyOnWriteArrayList<>();

  /// `explain` is the database's statement for it; `steps` counts what SQLite does on a thread.
  ExplainingDatabase(OpenableDatabase database, String explain, ThreadLocal<AtomicLong> steps) {
    this.database = database;
    this.explain = explain;
    this.steps = steps;
  }

  /// What ran so far.
  public List<ExplainedStatement> statements() {
    return List.copyOf(statements);
  }

  /// Forgets what ran so far.
  public void forget() {
    statements.clear();
  }

  /// The database without explanations, to fill it and to look into it.
  public Database plain() {
    return database;
  }

  @Override
  public void open() {
    database.open();
  }

  @Override
  public void close() {
    database.close();
  }

  @Override
  public String rowLock() {
    return database.rowLock();
  }

  @Override
  public <T> T read(Function<JdbcClient, T> work) {
    return database.read(client -> work.apply(explained(client)));
  }

  @Override
  public <T> CompletableFuture<T> commit(Function<JdbcClient, T> work) {
    return database.commit(client -> work.apply(explained(client)));
  }

  private JdbcClient explained(JdbcClient client) {
    return proxy(
        JdbcClient.class,
        (method, arguments) -> {
          JdbcClient.StatementSpec spec =
              (JdbcClient.StatementSpec) call(method, client, arguments);
          String sql = (String) arguments[0];
          ExplainedStatement statement =
              new ExplainedStatement(site(), sql, new ArrayList<>(), new AtomicLong());
          return explained(spec, client.sql(explain + sql), statement);
        });
  }

  /// Gives every parameter to the explanation, too, and asks for it before the statement runs.
  private JdbcClient.StatementSpec explained(
      JdbcClient.StatementSpec spec,
      JdbcClient.StatementSpec explanation,
      ExplainedStatement statement) {
    return proxy(
        JdbcClient.StatementSpec.class,
        (method, arguments) -> {
          if (method.getReturnType() == JdbcClient.StatementSpec.class) {
            call(method, explanation, arguments);
            call(method, spec, arguments);
            return explained(spec, explanation, statement);
          }
          for (Map<String, Object> row : explanation.query().listOfRows()) {
            statement.plan().add(String.valueOf(row.values().toArray()[row.size() - 1]));
          }
          statements.add(statement);
          return counted(method, spec, arguments, statement);
        });
  }

  private Object counted(
      Method method, Object spec, Object[] arguments, ExplainedStatement statement)
      throws Throwable {
    long before = steps.get().get();
    Object result = call(method, spec, arguments);
    statement.cost().addAndGet(steps.get().get() - before);
    statement.cost().accumulateAndGet(postgresCost(statement), Math::max);
    Class<?> type = method.getReturnType();
    return SPECS.contains(type)
        ? proxy(type, (next, nextArguments) -> counted(next, result, nextArguments, statement))
        : result;
  }

  private static long postgresCost(ExplainedStatement statement) {
    Matcher cost = POSTGRES_COST.matcher(String.join("\n", statement.plan()));
    return cost.find() ? Long.parseLong(cost.group(1)) : 0;
  }

  /// The line of the service that makes the statement.
  private static String site() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(ExplainingDatabase::isOfTheService).findFirst())
        .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
        .orElseThrow();
  }

  private static boolean isOfTheService(StackFrame frame) {
    return frame.getClassName().startsWith("io.tercet.chat.")
        && !frame.getClassName().startsWith(ExplainingDatabase.class.getName());
  }

  private interface Call {

    Object answer(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call.answer(method, arguments)));
  }

  private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
