package io.tercet.chat.rate;

/// What is limited, for each person or for each [ClientNetwork].
public enum Action {
  /// Any request over HTTP, and any frame; each person.
  REQUEST("requests"),
  /// Writing an entry to a room: a message, its edit, a reaction, joining, leaving; each person.
  POST("messages"),
  /// Making a room; each person.
  ROOM("new rooms"),
  /// Opening a direct conversation that is new to the person; each person.
  DIRECT("new direct conversations"),
  /// Subscribing to a room; each person.
  SUBSCRIPTION("subscriptions"),
  /// Reading a page of a room's history; each person.
  HISTORY("pages of history"),
  /// Changing one's card: display name, picture, status; each person.
  CARD("changes of a card"),
  /// Looking for people; each person.
  SEARCH("searches"),
  /// Entering as a guest, or registering; each network.
  NEWCOMER("new people"),
  /// Signing in with a password; each network.
  SIGN_IN("sign-ins"),
  /// Opening a WebSocket; each network.
  HANDSHAKE("WebSockets");

  private final String title;

  Action(String title) {
    this.title = title;
  }

  /// Whether replicas ask the bucket that they share for each token: what is rare and costly.
  boolean isAskedEachTime() {
    return this == NEWCOMER || this == SIGN_IN;
  }

  /// What is done too often, for people.
  String title() {
    return title;
  }
}
