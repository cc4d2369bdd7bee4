package io.tercet.chat.database;

/// A database that must be opened before its first use, and closed at the end.
interface OpenableDatabase extends Database {

  /// Connects and migrates the schema.
  void open();

  /// Finishes accepted work and closes all connections.
  void close();
}
