package io.tercet.chat.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The address of the database and the limits of its use.
///
/// @param url `jdbc:sqlite:<file>` or `jdbc:postgresql://…`
/// @param user for PostgreSQL
/// @param password for PostgreSQL
/// @param readers reading transactions at once
/// @param writers writing transactions at once; SQLite always has one
/// @param queueMax pieces of work in a queue; more are refused
/// @param waitMax longest wait of a caller for SQLite's threads
/// @param connectionMax longest wait of a caller for a connection to PostgreSQL; at least 500 ms
/// @param answerMax longest wait for PostgreSQL's answer to a statement, in whole seconds; then the
///     connection is replaced
/// @param conflictsMax attempts to run a transaction that PostgreSQL rolls back because of others
/// @param conflictTimeMax longest time from the first attempt to the last one
/// @param startMax longest wait for a PostgreSQL server at the start
@ConfigurationProperties("tercet.database")
record DatabaseSettings(
    String url,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue("3") int readers,
    @DefaultValue("3") int writers,
    @DefaultValue("1000") int queueMax,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("1s") Duration connectionMax,
    @DefaultValue("1s") Duration answerMax,
    @DefaultValue("10") int conflictsMax,
    @DefaultValue("1s") Duration conflictTimeMax,
    @DefaultValue("60s") Duration startMax) {}
