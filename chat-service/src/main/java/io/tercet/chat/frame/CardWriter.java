package io.tercet.chat.frame;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.people.card.Status;
import tools.jackson.core.JsonGenerator;

/// Writes cards of people as JSON. Source: contracts/http.md, "Cards of people".
final class CardWriter {

  private CardWriter() {}

  static void write(JsonGenerator out, Card card) {
    Person person = card.person();
    out.writeStartObject();
    out.writeStringProperty("personId", person.personId().toString());
    EntryWriter.writeNames(out, person.name(), person.displayName());
    out.writeBooleanProperty("guest", person.guest());
    if (card.picture() != null) {
      out.writeStringProperty("picture", card.picture());
    }
    if (card.status() != null) {
      writeStatus(out, card.status());
    }
    if (card.timeZone() != null) {
      out.writeStringProperty("timeZone", card.timeZone());
    }
    out.writeEndObject();
  }

  private static void writeStatus(JsonGenerator out, Status status) {
    out.writeObjectPropertyStart("status");
    if (status.emoji() != null) {
      out.writeStringProperty("emoji", status.emoji());
    }
    out.writeStringProperty("text", status.text());
    if (status.until() != null) {
      out.writeStringProperty("until", status.until().toString());
    }
    out.writeEndObject();
  }
}
