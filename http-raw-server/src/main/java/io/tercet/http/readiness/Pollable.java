package io.tercet.http.readiness;

/// Something that a [Poller] can watch.
public interface Pollable {}
