package io.tercet.chat.database.postgres;

import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why PostgreSQL cannot be used at the start, and what an operator does about it: one line each.
///
/// No line has the password, nor any other option of the URL. Immutable.
public final class StartFailure {

  private static final String URL = "TERCET_CHAT_DATABASE_URL";
  private static final String USER = "TERCET_CHAT_DATABASE_USER";
  private static final String PASSWORD = "TERCET_CHAT_DATABASE_PASSWORD";

  /// Cannot connect, starting or shutting down, too many connections, resources.
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58");

  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final String NO_SUCH_DATABASE = "3D000";
  private static final String NO_SUCH_SCHEMA = "3F000";
  private static final String NO_RIGHT = "42501";
  private static final String READ_ONLY = "25006";

  private final Map<String, String> address;
  private final String user;

  public StartFailure(String url, String user) {
    this.address = address(url);
    this.user = user;
  }

  /// What is wrong with the URL itself; null if nothing is.
  public @Nullable String ofUrl() {
    return address.isEmpty()
        ? URL
            + " names no database that this service knows:"
            + " write jdbc:postgresql://host:5432/database, or jdbc:sqlite:/path/of/a/file"
        : null;
  }

  /// What is wrong with the version of the server; null if nothing is.
  public @Nullable String ofVersion(int major, int oldest) {
    return major >= oldest
        ? null
        : "the server of "
            + URL
            + " ("
            + host()
            + ") says that it is PostgreSQL "
            + major
            + ": upgrade it to "
            + oldest
            + " or newer, or name another server";
  }

  /// Whether a failure may pass by itself, such as a server that has not started yet.
  public static boolean mayPass(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
  }

  /// What to do about a failure; null if nobody knows. `waited` is how long it was waited for.
  public @Nullable String of(Throwable failure, Duration waited) {
    SQLException cause = sqlException(failure);
    String state = cause == null ? null : cause.getSQLState();
    if (cause == null || state == null) {
      return null;
    }
    return switch (state) {
      case INVALID_PASSWORD ->
          "PostgreSQL refuses the password of the user "
              + user
              + ": correct "
              + USER
              + " and "
              + PASSWORD;
      case INVALID_AUTHORIZATION ->
          "PostgreSQL at "
              + host()
              + " lets the user "
              + user
              + " not in (does the role exist, does pg_hba.conf allow it from here?): correct "
              + USER
              + " or the server";
      case NO_SUCH_DATABASE ->
          "PostgreSQL has no database "
              + database()
              + ": create it (CREATE DATABASE "
              + database()
              + " OWNER "
              + user
              + "), or correct "
              + URL;
      case NO_RIGHT, NO_SUCH_SCHEMA ->
          "the user "
              + user
              + " of "
              + USER
              + " may not create tables in the database "
              + database()
              + ": make it the owner (ALTER DATABASE "
              + database()
              + " OWNER TO "
              + user
              + ")";
      case READ_ONLY ->
          "the server of "
              + URL
              + " ("
              + host()
              + ") can only be read: name the primary, not a standby";
      default ->
          PASSING_CLASSES.contains(state.substring(0, 2)) ? unreachable(failure, waited) : null;
    };
  }

  private String unreachable(Throwable failure, Duration waited) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "nobody knows the host " + host() + " of " + URL + ": correct it";
      }
    }
    return "PostgreSQL at "
        + host()
        + " could not be used within "
        + waited.toSeconds()
        + " s: start it, or correct "
        + URL;
  }

  private String host() {
    return address.getOrDefault("PGHOST", "?") + ":" + address.getOrDefault("PGPORT", "?");
  }

  private String database() {
    return address.getOrDefault("PGDBNAME", "?");
  }

  /// Host, port and database of a URL, as the driver understands it; empty if it does not.
  private static Map<String, String> address(String url) {
    Map<String, String> known = new HashMap<>();
    if (url.startsWith("jdbc:postgresql:")) {
      try {
        Properties nothing = new Properties();
        for (DriverPropertyInfo each : DriverManager.getDriver(url).getPropertyInfo(url, nothing)) {
          if (each.value != null) {
            known.put(each.name, each.value);
          }
        }
      } catch (SQLException noDriverUnderstandsIt) {
        return Map.of();
      }
    }
    return known;
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }
}
