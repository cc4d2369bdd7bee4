package io.tercet.chat.people;

/// A person, as others see them.
public record Person(PersonId personId, String name, boolean guest) {}
