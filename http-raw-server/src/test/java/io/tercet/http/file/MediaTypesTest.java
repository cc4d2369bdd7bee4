package io.tercet.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of media types, and what is read from it.
class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "page.html, text/html; charset=utf-8",
    "PAGE.HTM, text/html; charset=utf-8",
    "style.css, text/css; charset=utf-8",
    "app.js, text/javascript; charset=utf-8",
    "app.mjs, text/javascript; charset=utf-8",
    "app.js.map, application/json",
    "part.jsx, text/jsx; charset=utf-8",
    "style.less, text/less; charset=utf-8",
    "style.sass, text/x-sass; charset=utf-8",
    "film.srt, application/x-subrip",
    "code.wasm, application/wasm",
    "app.webmanifest, application/manifest+json",
    "thing.jsonld, application/ld+json",
    "feed.atom, application/atom+xml",
    "logo.svg, image/svg+xml",
    "photo.avif, image/avif",
    "photo.webp, image/webp",
    "photo.jxl, image/jxl",
    "photo.heic, image/heic",
    "favicon.ico, image/vnd.microsoft.icon",
    "font.woff2, font/woff2",
    "voice.opus, audio/ogg",
    "song.m4a, audio/mp4",
    "film.webm, video/webm",
    "part.m4s, video/iso.segment",
    "list.m3u8, application/vnd.apple.mpegurl",
    "scene.glb, model/gltf-binary",
    "book.epub, application/epub+zip",
    "sheet.xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "archive.tar.gz, application/gzip",
    "program.exe, application/octet-stream",
    "name.of-nothing-known, application/octet-stream",
    "name, application/octet-stream",
    "folder.js/name, application/octet-stream"
  })
  void saysTheTypeOfAName(String name, String type) {
    assertThat(MediaTypes.of(name)).isEqualTo(type);
  }

  @Test
  void knowsWhatServersUsuallyKnow() {
    String usual =
        "html htm shtml css xml gif jpeg jpg js atom rss mml txt jad wml htc avif png svg tif tiff"
            + " wbmp webp ico jng bmp woff woff2 jar war ear json doc pdf ps eps ai rtf m3u8 kml"
            + " kmz xls eot odg odp ods odt ppt pptx xlsx docx wmlc wasm 7z cco jardiff jnlp pl pm"
            + " prc pdb rar rpm sea swf sit tcl tk der pem crt xpi xhtml xspf zip deb iso msi msp"
            + " msm mid midi kar mp3 ogg m4a ra 3gpp 3gp ts mp4 mpeg mpg mov webm flv m4v mng asx"
            + " asf wmv avi";
    assertThat(usual.split(" "))
        .allSatisfy(ending ->
            assertThat(MediaTypes.of("x." + ending))
                .as(ending)
                .isNotEqualTo("application/octet-stream"));
  }

  @Test
  void hasEachTypeOnceInOrderAndEachEndingOnce() {
    List<String> types = new ArrayList<>();
    List<String> endings = new ArrayList<>();
    for (String line : MediaTypes.table().strip().split("\n")) {
      String[] words = line.split(" ");
      assertThat(words[0]).matches("[a-z]+/[a-z0-9.+-]+");
      types.add(words[0]);
      endings.addAll(List.of(words).subList(1, words.length));
    }
    assertThat(types).isSorted().doesNotHaveDuplicates();
    assertThat(endings)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(300)
        .allMatch(e -> e.matches("[a-z0-9]+"));
  }

  @Test
  void knowsWhatIsWorthToBeCompressed() {
    for (String name :
        List.of("a.html", "a.json", "a.svg", "a.wasm", "a.rss", "a.jsonld", "a.sh", "a.srt")) {
      assertThat(MediaTypes.isCompressible(MediaTypes.of(name))).as(name).isTrue();
    }
    for (String name : List.of("a.png", "a.zip", "a.woff2", "a.mp4", "a.docx", "a")) {
      assertThat(MediaTypes.isCompressible(MediaTypes.of(name))).as(name).isFalse();
    }
  }
}
