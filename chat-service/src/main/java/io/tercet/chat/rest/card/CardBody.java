package io.tercet.chat.rest.card;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.Status;
import org.jspecify.annotations.Nullable;

/// A card in a response. What a person does not have is left out.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CardBody(
    String personId,
    String name,
    @Nullable String displayName,
    boolean guest,
    @Nullable String picture,
    @Nullable StatusBody status,
    @Nullable String timeZone) {

  /// A status in a response.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StatusBody(@Nullable String emoji, String text, @Nullable String until) {

    static @Nullable StatusBody of(@Nullable Status status) {
      return status == null
          ? null
          : new StatusBody(
              status.emoji(),
              status.text(),
              status.until() == null ? null : status.until().toString());
    }
  }

  /// The response about a card.
  public static CardBody of(Card card) {
    return new CardBody(
        card.person().personId().toString(),
        card.person().name(),
        card.person().ownDisplayName(),
        card.person().guest(),
        card.picture(),
        StatusBody.of(card.status()),
        card.timeZone());
  }
}
