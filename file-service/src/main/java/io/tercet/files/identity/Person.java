package io.tercet.files.identity;

import java.util.UUID;

/// A person who has signed in.
public record Person(UUID personId, String name, boolean guest) {}
