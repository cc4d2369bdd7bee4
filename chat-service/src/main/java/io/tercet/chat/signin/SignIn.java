package io.tercet.chat.signin;

import io.tercet.chat.delivery.CloseReason;
import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.session.Session;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.TokenIssuer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Coming in and going out: where people, sessions, tokens, the lobby and open connections meet.
///
/// Threading: any thread. Errors: [ProblemException], those of [People] and the ones named here.
@Component
public class SignIn {

  private final People people;
  private final Sessions sessions;
  private final TokenIssuer tokens;
  private final DefaultRoom lobby;
  private final Connections connections;

  SignIn(
      People people,
      Sessions sessions,
      TokenIssuer tokens,
      DefaultRoom lobby,
      Connections connections) {
    this.people = people;
    this.sessions = sessions;
    this.tokens = tokens;
    this.lobby = lobby;
    this.connections = connections;
  }

  /// Registers somebody, or the guest who asks.
  public SignInResult register(String name, String password, @Nullable PersonId asker) {
    Person person = people.register(name, password, asker);
    return enter(person, !person.personId().equals(asker));
  }

  /// Lets a guest in.
  public SignInResult enterAsGuest(String name, @Nullable PersonId asker) {
    Person person = people.enterAsGuest(name, asker);
    return enter(person, !person.personId().equals(asker));
  }

  /// Lets somebody in who has a password.
  public SignInResult signIn(String name, String password, String address) {
    return enter(people.signIn(name, password, address), false);
  }

  /// A token for a program that shows name and password.
  public TokenGrant tokenFor(String name, String password, String address) {
    Person person = people.signIn(name, password, address);
    SessionId sessionId = sessions.openForToken(person.personId()).sessionId();
    return new TokenGrant(person, sessionId, tokens.issue(person, sessionId));
  }

  /// A fresh token within a session. Refuses with `session-ended`.
  public TokenGrant renew(SessionId sessionId) {
    return tokenFor(sessions.use(sessionId).orElseThrow(SignIn::ended));
  }

  /// A token for the value of a session's cookie. Refuses with `session-ended`.
  public TokenGrant exchange(String secret) {
    return tokenFor(sessions.use(secret).orElseThrow(SignIn::ended));
  }

  /// Ends a session and closes what is open by it.
  public void signOut(SessionId sessionId) {
    sessions.end(sessionId);
    for (Connection connection : connections.of(sessionId)) {
      connection.close(CloseReason.SIGNED_OUT);
    }
  }

  /// Ends the session of a cookie's value, if it is alive.
  public void signOut(String secret) {
    sessions.use(secret).map(Session::sessionId).ifPresent(this::signOut);
  }

  private SignInResult enter(Person person, boolean first) {
    if (first) {
      lobby.welcome(person);
    }
    return new SignInResult(person, sessions.open(person.personId()));
  }

  private TokenGrant tokenFor(Session session) {
    Person person = people.find(session.personId()).orElseThrow(SignIn::ended);
    return new TokenGrant(person, session.sessionId(), tokens.issue(person, session.sessionId()));
  }

  private static ProblemException ended() {
    return new ProblemException(ProblemType.SESSION_ENDED, "Enter again.");
  }
}
