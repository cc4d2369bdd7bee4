/// What only PostgreSQL needs: transactions that meet, commits without an answer, reasons why it
/// cannot be used at the start. Never here: a connection.
@NullMarked
package io.tercet.chat.database.postgres;

import org.jspecify.annotations.NullMarked;
