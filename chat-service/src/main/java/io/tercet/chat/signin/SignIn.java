package io.tercet.chat.signin;

import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.RateLimiter;
import io.tercet.chat.session.Session;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.session.Sessions;
import io.tercet.chat.token.TokenIssuer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Signs people in and out, and issues their tokens.
///
/// Threading: any thread. Errors: a [ProblemException]: those of [People] and [RateLimiter], and
/// those named here. `address` is where the client connects from.
@Component
public class SignIn {

  private final People people;
  private final Sessions sessions;
  private final TokenIssuer tokenIssuer;
  private final DefaultRoom defaultRoom;
  private final RateLimiter rates;

  SignIn(
      People people,
      Sessions sessions,
      TokenIssuer tokenIssuer,
      DefaultRoom defaultRoom,
      RateLimiter rates) {
    this.people = people;
    this.sessions = sessions;
    this.tokenIssuer = tokenIssuer;
    this.defaultRoom = defaultRoom;
    this.rates = rates;
  }

  /// Registers a person, or the guest `requester`, and opens a session.
  public SignInResult register(
      String name,
      @Nullable String displayName,
      String password,
      @Nullable PersonId requester,
      String address) {
    rates.take(Action.NEWCOMER, address);
    Person person = people.register(name, displayName, password, requester);
    return open(person, !person.personId().equals(requester));
  }

  /// Signs a guest in.
  public SignInResult asGuest(
      String name, @Nullable String displayName, @Nullable PersonId requester, String address) {
    rates.take(Action.NEWCOMER, address);
    Person person = people.signInAsGuest(name, displayName, requester);
    return open(person, !person.personId().equals(requester));
  }

  /// Signs a registered person in.
  public SignInResult withPassword(String name, String password, String address) {
    return open(authenticate(name, password, address), false);
  }

  /// Issues a token for a name and password, with a session of its own.
  public TokenGrant issueToken(String name, String password, String address) {
    Person person = authenticate(name, password, address);
    SessionId sessionId = sessions.openForToken(person.personId()).sessionId();
    return new TokenGrant(person, sessionId, tokenIssuer.issue(person, sessionId));
  }

  /// Issues another token for a session. Throws `session-ended`.
  public TokenGrant renewToken(SessionId sessionId) {
    return issueToken(sessions.use(sessionId).orElseThrow(SignIn::sessionEnded));
  }

  /// Issues a token for the secret of a session. Throws `session-ended`.
  public TokenGrant exchangeSecret(String secret) {
    return issueToken(sessions.use(secret).orElseThrow(SignIn::sessionEnded));
  }

  /// Ends a session of a person; [EndedSessions] closes its connections.
  public void signOut(PersonId personId, SessionId sessionId) {
    sessions.end(personId, sessionId);
  }

  /// Ends the session with this secret, if it is alive.
  public void signOut(String secret) {
    sessions.use(secret).ifPresent(session -> signOut(session.personId(), session.sessionId()));
  }

  private Person authenticate(String name, String password, String address) {
    rates.take(Action.SIGN_IN, address);
    return people.signIn(name, password, address);
  }

  private SignInResult open(Person person, boolean newcomer) {
    if (newcomer) {
      defaultRoom.join(person);
    }
    return new SignInResult(person, sessions.open(person.personId()));
  }

  private TokenGrant issueToken(Session session) {
    Person person = people.find(session.personId()).orElseThrow(SignIn::sessionEnded);
    return new TokenGrant(
        person, session.sessionId(), tokenIssuer.issue(person, session.sessionId()));
  }

  private static ProblemException sessionEnded() {
    return new ProblemException(ProblemType.SESSION_ENDED, "Sign in again.");
  }
}
