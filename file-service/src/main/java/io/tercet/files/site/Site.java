package io.tercet.files.site;

import java.time.Instant;
import java.util.UUID;

/// A published folder. `folder` is its path with its space, as the publisher wrote it.
public record Site(
    String site, String url, String folder, int version, Instant publishedAt, UUID personId) {}
