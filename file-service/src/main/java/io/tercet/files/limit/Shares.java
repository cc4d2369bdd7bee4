package io.tercet.files.limit;

/// How many places there are.
///
/// @param all places
/// @param perPerson places that one person may take
/// @param perAddress places that one address, or one IPv6 network (/64), may take
public record Shares(int all, int perPerson, int perAddress) {}
