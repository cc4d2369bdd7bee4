package io.tercet.chat.rest;

import io.tercet.chat.people.People;
import io.tercet.chat.token.SigningKeys;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Finds people, and publishes the keys that verify their tokens.
@RestController
class PeopleController {

  private final People people;
  private final SigningKeys signingKeys;

  PeopleController(People people, SigningKeys signingKeys) {
    this.people = people;
    this.signingKeys = signingKeys;
  }

  record PeopleBody(List<PersonBody> people) {}

  @GetMapping(path = "/api/people", params = "!q")
  PeopleBody find(@RequestParam String name) {
    return new PeopleBody(people.findByName(name).map(PersonBody::of).stream().toList());
  }

  @GetMapping("/.well-known/jwks.json")
  Map<String, Object> keys() {
    return signingKeys.publicKeys();
  }
}
