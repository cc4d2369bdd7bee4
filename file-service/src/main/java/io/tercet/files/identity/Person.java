package io.tercet.files.identity;

import java.util.UUID;

/// Somebody who has proved who they are.
public record Person(UUID personId, String name, boolean guest) {}
