package io.tercet.files.site;

import java.time.Instant;

/// A folder that was published: `folder` is its path with its space, as the publisher gave it.
public record Site(String site, String url, String folder, int version, Instant publishedAt) {}
