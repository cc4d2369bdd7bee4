package io.tercet.files.ftp.command;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.ftp.control.ConnectionSettings;
import io.tercet.files.ftp.control.ControlSession;
import io.tercet.files.ftp.view.CatalogFileSystemView;
import io.tercet.files.ftp.view.FileOperations;
import io.tercet.files.ftp.view.FtpUser;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.net.InetSocketAddress;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;
import org.apache.ftpserver.impl.ServerFtpStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `PASS`: signs a person in with the name and password of an account in chat-service.
///
/// 530 says that name and password do not belong together. What says nothing about them, such as
/// too many attempts, and the last attempt of a connection is 421, and the connection ends.
final class SignInCommand implements Command {
  private static final Logger log = LoggerFactory.getLogger(SignInCommand.class);

  private final ChatClient chat;
  private final FileOperations operations;
  private final ConnectionSettings settings;

  SignInCommand(ChatClient chat, FileOperations operations, ConnectionSettings settings) {
    this.chat = chat;
    this.operations = operations;
    this.settings = settings;
  }

  @Override
  public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request) {
    String name = session.getUserArgument();
    if (session.isLoggedIn()) {
      session.write(Replies.of(202, "You have signed in already."));
    } else if (name == null) {
      session.write(Replies.of(503, "Send USER first."));
    } else {
      String password = request.hasArgument() ? request.getArgument() : "";
      signIn(session, context, name, password);
    }
  }

  private void signIn(
      FtpIoSession session, FtpServerContext context, String name, String password) {
    String address = ((InetSocketAddress) session.getRemoteAddress()).getAddress().getHostAddress();
    try {
      Person person = chat.signIn(name, password, address);
      if (ControlSession.of(session).signIn(person.personId())) {
        welcome(session, context, person);
        log.info("signed in person={} address={}", person.personId(), address);
      } else {
        log.info("refused sign-in person={} reason=too-many-connections", person.personId());
        session.write(Replies.of(421, "You have too many connections: close one first."));
        session.closeOnFlush();
      }
    } catch (ProblemException e) {
      log.info("refused sign-in address={} reason={}", address, e.type().slug());
      refuse(session, context, e);
    }
  }

  private void welcome(FtpIoSession session, FtpServerContext context, Person person) {
    int idleSeconds = Math.toIntExact(settings.idleMax().toSeconds());
    session.setUser(new FtpUser(person, idleSeconds));
    session.setUserArgument(null);
    session.setMaxIdleTime(idleSeconds);
    session.setLogin(new CatalogFileSystemView(person, operations));
    ((ServerFtpStatistics) context.getFtpStatistics()).setLogin(session);
    session.write(Replies.of(230, "You have signed in."));
  }

  private void refuse(FtpIoSession session, FtpServerContext context, ProblemException problem) {
    pause();
    ((ServerFtpStatistics) context.getFtpStatistics()).setLoginFail(session);
    session.increaseFailedLogins();
    boolean wrong = problem.type() == ProblemType.WRONG_PASSWORD;
    if (wrong && session.getFailedLogins() < settings.loginFailuresMax()) {
      session.write(Replies.of(530, Replies.text(problem)));
    } else {
      String next = wrong ? " Then connect again." : " Connect again later.";
      session.write(Replies.of(421, Replies.text(problem) + next));
      session.closeOnFlush();
    }
  }

  private void pause() {
    try {
      Thread.sleep(settings.loginFailureDelay());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
