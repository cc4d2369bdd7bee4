package io.tercet.files.site;

/// A file in a version of a site. `path` is relative to the published folder; `size` in bytes.
public record SiteFile(String path, long size, String sha256, String mediaType) {}
