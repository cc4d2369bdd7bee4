package io.tercet.chat.rest.card;

import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.card.Cards;
import io.tercet.chat.people.picture.Picture;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.Action;
import io.tercet.chat.rate.Costs;
import io.tercet.chat.security.AuthenticatedPerson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Cards of people: read, found, and changed by themselves.
@RestController
@RequestMapping("/api/people")
class CardController {

  private static final Duration YEAR = Duration.ofDays(365);

  private final Cards cards;
  private final PictureUploads uploads;

  CardController(Cards cards, PictureUploads uploads) {
    this.cards = cards;
    this.uploads = uploads;
  }

  record FoundBody(List<CardBody> people) {}

  record CardChange(@Nullable JsonNode displayName, @Nullable JsonNode timeZone) {}

  record StatusChange(@Nullable String emoji, @Nullable String text, @Nullable String until) {}

  @GetMapping(params = "q")
  @Costs(Action.SEARCH)
  FoundBody search(@RequestParam String q, @AuthenticationPrincipal Jwt token) {
    return new FoundBody(cards.search(me(token), q).stream().map(CardBody::of).toList());
  }

  @GetMapping("/{personId}")
  CardBody get(@PathVariable String personId, @AuthenticationPrincipal Jwt token) {
    return CardBody.of(cards.get(me(token), personId(personId)));
  }

  @GetMapping("/me")
  CardBody own(@AuthenticationPrincipal Jwt token) {
    return CardBody.of(cards.own(me(token)));
  }

  @PatchMapping("/me")
  @Costs(Action.CARD)
  CardBody change(@RequestBody CardChange change, @AuthenticationPrincipal Jwt token) {
    PersonId me = me(token);
    String timeZone = text(change.timeZone(), "timeZone");
    String displayName = text(change.displayName(), "displayName");
    if (timeZone != null && !Cards.isTimeZone(timeZone)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "timeZone is a name such as Europe/Berlin.");
    }
    if (change.displayName() != null) {
      cards.rename(me, displayName);
    }
    if (change.timeZone() != null) {
      cards.setTimeZone(me, timeZone);
    }
    return CardBody.of(cards.own(me));
  }

  @PutMapping("/me/picture")
  @Costs(Action.CARD)
  CardBody setPicture(HttpServletRequest request, @AuthenticationPrincipal Jwt token)
      throws IOException {
    PersonId me = me(token);
    uploads.receive(
        request.getRemoteAddr(), request.getInputStream(), file -> cards.setPicture(me, file));
    return CardBody.of(cards.own(me));
  }

  @DeleteMapping("/me/picture")
  @Costs(Action.CARD)
  CardBody removePicture(@AuthenticationPrincipal Jwt token) {
    cards.removePicture(me(token));
    return CardBody.of(cards.own(me(token)));
  }

  @PutMapping("/me/status")
  @Costs(Action.CARD)
  CardBody setStatus(@RequestBody StatusChange status, @AuthenticationPrincipal Jwt token) {
    if (status.text() == null) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, "text is missing.");
    }
    cards.setStatus(me(token), status.emoji(), status.text(), instant(status.until()));
    return CardBody.of(cards.own(me(token)));
  }

  @DeleteMapping("/me/status")
  @Costs(Action.CARD)
  CardBody removeStatus(@AuthenticationPrincipal Jwt token) {
    cards.removeStatus(me(token));
    return CardBody.of(cards.own(me(token)));
  }

  /// Its address never shows another picture.
  @GetMapping("/{personId}/picture/{picture}")
  ResponseEntity<byte[]> picture(
      @PathVariable String personId,
      @PathVariable String picture,
      @RequestParam(defaultValue = "128") int size,
      @AuthenticationPrincipal Jwt token) {
    Picture.Rendition found = cards.picture(me(token), personId(personId), picture, size);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(found.mediaType()))
        .cacheControl(CacheControl.maxAge(YEAR).cachePrivate().immutable())
        .body(found.bytes());
  }

  /// A text, or null if the client takes it away.
  private static @Nullable String text(@Nullable JsonNode value, String member) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new ProblemException(ProblemType.INVALID_REQUEST, member + " is a text, or null.");
    }
    return value.stringValue();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "until is a time such as 2026-11-23T08:00:00Z.");
    }
  }

  private static PersonId personId(String text) {
    return PersonId.parse(text)
        .orElseThrow(() -> new ProblemException(ProblemType.PERSON_NOT_FOUND));
  }

  private static PersonId me(Jwt token) {
    return AuthenticatedPerson.of(token).person().personId();
  }
}
