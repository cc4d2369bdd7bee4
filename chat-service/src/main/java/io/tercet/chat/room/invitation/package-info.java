/// Invitations to rooms, which people accept or decline.
///
/// Talks to: `hint`, `log` for ids, `people`, and the database through [InvitationStore].
@NullMarked
package io.tercet.chat.room.invitation;

import org.jspecify.annotations.NullMarked;
