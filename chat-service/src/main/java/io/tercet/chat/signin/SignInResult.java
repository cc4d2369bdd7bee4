package io.tercet.chat.signin;

import io.tercet.chat.people.Person;
import io.tercet.chat.session.OpenedSession;

/// Somebody came in, and this is their session.
public record SignInResult(Person person, OpenedSession session) {}
