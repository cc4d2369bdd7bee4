package io.tercet.chat.people;

/// Somebody, as others see them.
public record Person(PersonId personId, String name, boolean guest) {}
