package io.tercet.files.ftp.command;

import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.CatalogFtpFile;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;

/// The commands that set up or describe a session. `FEAT` names what works here, and nothing else.
final class SessionCommands {
  private static final String FACTS = "io.tercet.facts";
  private static final String ANNOUNCED = "io.tercet.announced";
  private static final String HASH = "SHA-256";

  private SessionCommands() {}

  static Map<String, Command> all() {
    return Map.of(
        "PWD", new ReplyCommand((session, _) -> workingFolder(session)),
        "CDUP", new ReplyCommand((session, _) -> enterParent(session)),
        "FEAT", new ReplyCommand((session, _) -> features(session)),
        "OPTS", new ReplyCommand(SessionCommands::option),
        "MLST", new ReplyCommand(SessionCommands::describe),
        "MODE", new ReplyCommand((_, argument) -> mode(argument)),
        "ALLO", new ReplyCommand(SessionCommands::announce),
        "STAT", new ReplyCommand((session, argument) -> status(session, argument)));
  }

  /// `HELP` for commands of these names.
  static Command help(Collection<String> names) {
    String line = " " + names.stream().sorted().collect(Collectors.joining(" "));
    return new ReplyCommand((_, _) -> Replies.lines(214, "These commands work here:", line, "End"));
  }

  private static FtpReply workingFolder(FtpIoSession session) {
    String path = ReplyCommand.view(session).getWorkingDirectory().getAbsolutePath();
    return Replies.of(257, Replies.quoted(path) + " is the working folder.");
  }

  private static FtpReply enterParent(FtpIoSession session) {
    ReplyCommand.view(session).changeWorkingDirectory("..");
    return Replies.of(250, "This is the working folder now.");
  }

  private static FtpReply features(FtpIoSession session) {
    Set<Facts> enabled = facts(session);
    String facts =
        Stream.of(Facts.values())
            .map(fact -> fact.title() + (enabled.contains(fact) ? "*;" : ";"))
            .collect(Collectors.joining());
    return Replies.lines(
        211,
        "These extensions work here:",
        " AUTH TLS",
        " EPSV",
        " HASH " + HASH + "*",
        " MDTM",
        " MFMT",
        " MLST " + facts,
        " PBSZ",
        " PROT",
        " REST STREAM",
        " SIZE",
        " TVFS",
        " UTF8",
        "End");
  }

  /// The facts that the client wants in lists.
  static Set<Facts> facts(FtpIoSession session) {
    return session.getAttribute(FACTS) instanceof Wanted wanted ? wanted.facts() : Facts.all();
  }

  private record Wanted(Set<Facts> facts) {}

  private static FtpReply option(FtpIoSession session, @Nullable String argument) {
    String[] words = argument == null ? new String[] {""} : argument.strip().split(" +", 2);
    String value = words.length < 2 ? "" : words[1];
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "MLST" -> wantFacts(session, value);
      case "UTF8" ->
          value.equalsIgnoreCase("OFF")
              ? Replies.of(504, "Names are always UTF-8 here.")
              : Replies.of(200, "Names are UTF-8.");
      case "HASH" ->
          value.isEmpty() || value.equalsIgnoreCase(HASH)
              ? Replies.of(200, HASH)
              : Replies.of(504, "Only " + HASH + " is offered here.");
      default -> Replies.of(501, "MLST, UTF8 and HASH have options here.");
    };
  }

  private static FtpReply wantFacts(FtpIoSession session, String list) {
    Set<Facts> wanted = Facts.named(list);
    session.setAttribute(FACTS, new Wanted(wanted));
    String names = wanted.stream().map(fact -> fact.title() + ";").collect(Collectors.joining());
    return Replies.of(200, "MLST OPTS " + names);
  }

  private static FtpReply describe(FtpIoSession session, @Nullable String path) {
    CatalogFileSystemView view = ReplyCommand.view(session);
    CatalogFtpFile file = path == null ? view.getWorkingDirectory() : view.getFile(path);
    if (!file.doesExist()) {
      throw new ProblemException(ProblemType.FILE_NOT_FOUND, "Check the path.");
    }
    String line = " " + Facts.line(facts(session), file, file.getAbsolutePath());
    return Replies.lines(250, "The facts:", line, "End");
  }

  // No compression: a small upload could expand without limit.
  private static FtpReply mode(@Nullable String mode) {
    return "S".equalsIgnoreCase(mode)
        ? Replies.of(200, "Stream mode.")
        : Replies.of(504, "Only MODE S is offered here.");
  }

  private static FtpReply announce(FtpIoSession session, @Nullable String argument) {
    try {
      long bytes = Long.parseLong(argument == null ? "" : argument.strip().split(" ", 2)[0]);
      session.setAttribute(ANNOUNCED, Math.max(0, bytes));
      return Replies.of(200, "The next upload has this many bytes.");
    } catch (NumberFormatException _) {
      return Replies.of(501, "Send ALLO with a number of bytes.");
    }
  }

  /// How many bytes the next upload has, as the client said; -1 if it did not. It holds for one
  /// upload.
  static long takeAnnounced(FtpIoSession session) {
    return session.removeAttribute(ANNOUNCED) instanceof Long bytes ? bytes : -1;
  }

  private static FtpReply status(FtpIoSession session, @Nullable String path) {
    return path == null
        ? Replies.of(211, "You have signed in as " + session.getUser().getName() + ".")
        : Replies.of(504, "Use LIST or MLST for a path.");
  }
}
