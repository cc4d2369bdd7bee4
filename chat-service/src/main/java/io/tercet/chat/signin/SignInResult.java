package io.tercet.chat.signin;

import io.tercet.chat.people.Person;
import io.tercet.chat.session.OpenedSession;

/// A person who signed in, and their new session.
public record SignInResult(Person person, OpenedSession session) {}
