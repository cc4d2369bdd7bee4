package io.tercet.files.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.SpoofChecker;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteNameTest {
  private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-";

  /// Compares all names of up to three characters with Unicode's own table.
  @Test
  void looksLikeThoseNamesThatUnicodeTakesForConfusable() {
    SpoofChecker unicode = new SpoofChecker.Builder().build();
    Map<String, String> ours = new HashMap<>();
    Map<String, String> theirs = new HashMap<>();
    for (char one : CHARACTERS.toCharArray()) {
      for (char two : CHARACTERS.toCharArray()) {
        for (char three : CHARACTERS.toCharArray()) {
          String name = "" + one + two + three;
          String skeleton = SiteName.skeleton(name);
          String expected = unicode.getSkeleton(name);
          assertThat(ours.merge(skeleton, expected, (known, next) -> known))
              .as("the names with the skeleton of %s", name)
              .isEqualTo(expected);
          assertThat(theirs.merge(expected, skeleton, (known, next) -> known))
              .as("the names that look like %s", name)
              .isEqualTo(skeleton);
        }
      }
    }
  }
}
