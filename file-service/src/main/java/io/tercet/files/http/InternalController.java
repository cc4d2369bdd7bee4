package io.tercet.files.http;

import io.tercet.files.catalog.Item;
import io.tercet.files.site.PublishedSites;
import io.tercet.files.site.SiteFile;
import io.tercet.files.site.Sites;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The requests of http-raw-server about sites; contracts/internal.md.
@RestController
@RequestMapping("/internal")
class InternalController {
  private final Sites sites;

  InternalController(Sites sites) {
    this.sites = sites;
  }

  /// The files of one version of a site.
  record VersionBody(String site, int version, List<SiteFile> files) {}

  @GetMapping("/sites")
  PublishedSites changes(
      @RequestParam(defaultValue = "-1") long after, @RequestParam(defaultValue = "0") int wait)
      throws InterruptedException {
    return sites.changesAfter(after, Duration.ofSeconds(Math.max(0, wait)));
  }

  @GetMapping("/sites/{site}/versions/{version}")
  VersionBody version(@PathVariable String site, @PathVariable int version) {
    return new VersionBody(site, version, sites.files(site, version));
  }

  @GetMapping("/blobs/{sha256}")
  void blob(@PathVariable String sha256, HttpServletResponse response) throws IOException {
    Item.Content content = sites.content(sha256);
    try (InputStream in = sites.open(content)) {
      response.setContentType("application/octet-stream");
      response.setContentLengthLong(content.size());
      in.transferTo(response.getOutputStream());
    }
  }
}
