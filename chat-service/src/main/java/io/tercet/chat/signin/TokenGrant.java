package io.tercet.chat.signin;

import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.token.IssuedToken;

/// A token, its person, and the session that it depends on.
public record TokenGrant(Person person, SessionId sessionId, IssuedToken token) {}
