/// Rooms, members and invitations: who may read, write and manage what. Never here: a connection, a
/// JSON document or who is online.
@NullMarked
package io.tercet.chat.room;

import org.jspecify.annotations.NullMarked;
