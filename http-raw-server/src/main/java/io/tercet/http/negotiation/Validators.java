package io.tercet.http.negotiation;

import java.time.Instant;

/// What tells two states of a representation apart. Source: RFC 9110 §8.8.
///
/// @param entityTag strong, with its quotes
/// @param modifiedAt in whole seconds, as HTTP can say it
/// @param hasStrongDate whether that date is a strong validator too
public record Validators(String entityTag, Instant modifiedAt, boolean hasStrongDate) {}
