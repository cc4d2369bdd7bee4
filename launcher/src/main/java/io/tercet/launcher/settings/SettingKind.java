package io.tercet.launcher.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which values a setting may have.
sealed interface SettingKind {

  /// The rule that this value breaks, in words.
  Optional<String> brokenRule(String value);

  /// One of a few words.
  record OneOf(List<String> words) implements SettingKind {

    static OneOf words(String... words) {
      return new OneOf(List.of(words));
    }

    @Override
    public Optional<String> brokenRule(String value) {
      return words.contains(value)
          ? Optional.empty()
          : Optional.of("it is " + String.join(" or ", words));
    }
  }

  /// A value of a common form.
  enum Form implements SettingKind {
    TEXT(".*", ""),
    PATH(".*", ""),
    PORT("\\d{1,5}", "a port is a number from 1 to 65535"),
    PORT_RANGE("\\d{1,5}-\\d{1,5}", "a range of ports is first-last, such as 2130-2139"),
    COUNT("[1-9]\\d{0,6}", "it is a number, at least 1"),
    SECONDS("[1-9]\\d{0,4}", "it is a number of seconds, at least 1"),
    TIME("\\d{1,6}[smhd]", "it is a time, such as 15m or 24h"),
    SIZE("\\d{1,9}(B|KB|MB|GB|TB)", "it is a size, such as 500MB or 50GB"),
    ADDRESS(
        "(\\d{1,3}\\.){3}\\d{1,3}|.*:.*:.*",
        "it is an IP address of this machine, such as 127.0.0.1 or 0.0.0.0"),
    ADDRESS_RANGES(
        "([\\da-fA-F:.]+(/\\d{1,3})?(,\\s*(?!$)|$))*",
        "it is IP addresses and ranges, such as 10.0.0.0/8,::1"),
    URL("https?://\\S+", "it is an http:// address");

    private final Pattern pattern;
    private final String rule;

    Form(String pattern, String rule) {
      this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
      this.rule = rule;
    }

    @Override
    public Optional<String> brokenRule(String value) {
      boolean valid = pattern.matcher(value).matches() && portsAreInRange(value);
      return valid ? Optional.empty() : Optional.of(rule);
    }

    private boolean portsAreInRange(String value) {
      if (this != PORT && this != PORT_RANGE) {
        return true;
      }
      int lowest = 1;
      for (String port : value.split("-", -1)) {
        int number = Integer.parseInt(port);
        if (number < lowest || number > 65_535) {
          return false;
        }
        lowest = number;
      }
      return true;
    }
  }
}
