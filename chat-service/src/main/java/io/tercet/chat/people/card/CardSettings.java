package io.tercet.chat.people.card;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The limits of cards: who is looked for, and who is told.
///
/// @param sharedRoomsMax rooms of a person that are looked through for one in which another is, those
///     that they joined first
/// @param searchedWordsMax words that one search looks through
/// @param foundMax people whom one search finds
/// @param tellPeriod shortest time between two frames about one person
/// @param toldPeopleMax people whose cards one statement reads, to tell others
/// @param toldRoomsMax rooms of a person whose listeners learn of a change, those joined first
/// @param tellPause the pause before it is tried again
@ConfigurationProperties("tercet.cards")
public record CardSettings(
    @DefaultValue("1000") int sharedRoomsMax,
    @DefaultValue("50") int searchedWordsMax,
    @DefaultValue("20") int foundMax,
    @DefaultValue("2s") Duration tellPeriod,
    @DefaultValue("100") int toldPeopleMax,
    @DefaultValue("2000") int toldRoomsMax,
    @DefaultValue("1s") Duration tellPause) {}
