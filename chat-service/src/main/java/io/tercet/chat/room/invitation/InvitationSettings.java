package io.tercet.chat.room.invitation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of invitations; an invitation past one of them is refused.
///
/// @param perPersonMax open invitations that one person may have
/// @param perInviterMax open invitations that one person may have sent
/// @param fromOneInviterMax open invitations of one person to one other
/// @param blockedMax people whom one person may block
@ConfigurationProperties("tercet.invitations")
public record InvitationSettings(
    @DefaultValue("50") int perPersonMax,
    @DefaultValue("100") int perInviterMax,
    @DefaultValue("5") int fromOneInviterMax,
    @DefaultValue("1000") int blockedMax) {}
