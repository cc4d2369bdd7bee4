package io.tercet.files.http;

import io.tercet.files.catalog.Space;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import io.tercet.files.site.Site;
import io.tercet.files.site.Sites;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/sites`; contracts/http.md, Sites.
@RestController
@RequestMapping("/api/sites")
class SitesController {
  private final Sites sites;

  SitesController(Sites sites) {
    this.sites = sites;
  }

  /// The sites of the person who asks, or of a room.
  record SitesBody(List<Site> sites) {}

  /// The folder to publish.
  record PublishBody(@Nullable String folder) {}

  @GetMapping
  SitesBody list(@AuthenticationPrincipal Person person, @RequestParam @Nullable String folder) {
    if (folder == null) {
      return new SitesBody(sites.of(person));
    }
    if (ResourcePath.ofText(folder, person).space() instanceof Space.Room room) {
      return new SitesBody(sites.in(room, person));
    }
    throw new ProblemException(
        ProblemType.INVALID_REQUEST, "Say rooms/{roomId}, or leave the folder out.");
  }

  @PutMapping("/{site}")
  ResponseEntity<Site> publish(
      @AuthenticationPrincipal Person person,
      @PathVariable String site,
      @RequestBody PublishBody body) {
    if (body.folder() == null) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "Say the folder, for instance people/me/web.");
    }
    ResourcePath folder = ResourcePath.ofText(body.folder(), person);
    Sites.Source source = new Sites.Source(folder.space(), folder.path(), body.folder());
    Sites.Publication done = sites.publish(person, site, source);
    HttpStatus status = done.created() ? HttpStatus.CREATED : HttpStatus.OK;
    return ResponseEntity.status(status).body(done.site());
  }

  @DeleteMapping("/{site}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void takeDown(@AuthenticationPrincipal Person person, @PathVariable String site) {
    sites.takeDown(person, site);
  }
}
