package io.tercet.chat.rest;

import io.tercet.chat.people.Person;

/// A person in a response.
record PersonBody(String personId, String name, boolean guest) {

  static PersonBody of(Person person) {
    return new PersonBody(person.personId().toString(), person.name(), person.guest());
  }
}
