package io.tercet.chat.log;

/// A site in an entry, as the conversation shows it. `published`: whether it shows a folder of the
/// room from now on, or does so no more.
public record SiteReference(String site, String url, boolean published) {}
