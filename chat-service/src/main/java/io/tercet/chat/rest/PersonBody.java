package io.tercet.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.people.Person;
import org.jspecify.annotations.Nullable;

/// A person in a response. The display name is there if it is not the name.
@JsonInclude(JsonInclude.Include.NON_NULL)
record PersonBody(String personId, String name, @Nullable String displayName, boolean guest) {

  static PersonBody of(Person person) {
    return new PersonBody(
        person.personId().toString(), person.name(), person.ownDisplayName(), person.guest());
  }
}
