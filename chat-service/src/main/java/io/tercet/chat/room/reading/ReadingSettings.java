package io.tercet.chat.room.reading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of counting what is unread, and of moving the place of a member.
///
/// @param lookedAtMax messages and files behind the place that are looked at, the newest ones
/// @param countedMax where counting ends
/// @param writePeriod time from the beginning of one write to that of the next
/// @param waitMax longest wait of a caller
/// @param pendingMax places that wait for the next write
/// @param pendingPerPersonMax … of one person
/// @param toldPeopleMax people whose places one statement reads, to tell them
/// @param tellPause the pause before it is tried again
@ConfigurationProperties("tercet.reading")
public record ReadingSettings(
    @DefaultValue("1000") int lookedAtMax,
    @DefaultValue("100") int countedMax,
    @DefaultValue("1s") Duration writePeriod,
    @DefaultValue("10s") Duration waitMax,
    @DefaultValue("20000") int pendingMax,
    @DefaultValue("400") int pendingPerPersonMax,
    @DefaultValue("500") int toldPeopleMax,
    @DefaultValue("1s") Duration tellPause) {}
