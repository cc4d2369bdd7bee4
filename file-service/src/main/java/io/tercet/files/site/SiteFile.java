package io.tercet.files.site;

/// A file of a site's version; `path` is below the published folder, `size` in bytes.
public record SiteFile(String path, long size, String sha256, String mediaType) {}
