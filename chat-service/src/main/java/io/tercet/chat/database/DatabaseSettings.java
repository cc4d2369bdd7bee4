package io.tercet.chat.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the database is and how much of it is used at once.
///
/// @param url `jdbc:sqlite:<file>` or `jdbc:postgresql://…`
/// @param user for PostgreSQL
/// @param password for PostgreSQL
/// @param readers reading transactions at once
/// @param writers writing transactions at once; SQLite always has one
/// @param queueMax pieces of work that may wait; past it they are refused
/// @param waitMax longest a caller waits for a connection or a thread
/// @param startMax longest the start waits for a PostgreSQL server
@ConfigurationProperties("tercet.database")
record DatabaseSettings(
    String url,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue("3") int readers,
    @DefaultValue("3") int writers,
    @DefaultValue("1000") int queueMax,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("60s") Duration startMax) {}
