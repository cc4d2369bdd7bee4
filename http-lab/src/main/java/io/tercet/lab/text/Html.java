package io.tercet.lab.text;

/// Texts inside HTML.
public final class Html {
  private Html() {}

  /// The text with all characters replaced that could end an element or an attribute.
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
