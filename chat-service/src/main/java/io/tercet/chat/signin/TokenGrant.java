package io.tercet.chat.signin;

import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import io.tercet.chat.token.IssuedToken;

/// A token, whose it is, and the session that it lives by.
public record TokenGrant(Person person, SessionId sessionId, IssuedToken issued) {}
