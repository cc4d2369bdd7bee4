package io.tercet.chat.database;

/// A database with a life: opened and migrated before anything uses it, closed after everything.
interface OpenableDatabase extends Database {

  /// Connects and brings the schema up to date.
  void open();

  /// Finishes the work that was accepted and lets go.
  void close();
}
