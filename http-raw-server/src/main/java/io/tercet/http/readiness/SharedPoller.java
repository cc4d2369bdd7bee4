package io.tercet.http.readiness;

/// A poller whose sockets may be forgotten, and may say what they want, on any thread.
public interface SharedPoller extends Poller {}
