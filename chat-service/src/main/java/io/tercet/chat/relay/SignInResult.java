package io.tercet.chat.relay;

import io.tercet.chat.people.OpenedSession;
import io.tercet.chat.people.Person;

/// Somebody came in, and this is their session.
public record SignInResult(Person person, OpenedSession session) {}
