package io.tercet.chat.room.mention;

import com.ibm.icu.text.Normalizer2;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.NameCharacters;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/// Finds the names behind each `@` of a text.
///
/// The text is Markdown as the page shows it: HTML is text, and addresses are links. Names in code,
/// quotes, links and behind `\@` do not count.
///
/// - Bounds: [#NAMES_MAX] different names; [#NESTING_MAX] blocks inside each other, and [#MARKS_MAX]
///   `*` and `_` of one paragraph that emphasise. What is beyond is text. The time grows with the
///   length of the text.
/// - Threading: any thread.
/// - Source: contracts/http.md, and the examples in contracts/mentions.json; CommonMark 0.31.
public final class MentionParser {

  /// What mentions everybody in the room.
  public static final String ROOM = "room";

  /// What mentions who is present.
  public static final String HERE = "here";

  /// Most different names of one text that are looked up.
  public static final int NAMES_MAX = 200;

  private static final int NESTING_MAX = 100;

  private static final int MARKS_MAX = 400;

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

  private static final Pattern ADDRESS =
      Pattern.compile("<[A-Za-z][A-Za-z0-9.+-]{1,31}:[^\\s<>]*>");

  /// All blocks but those of HTML.
  private static final Parser MARKDOWN =
      Parser.builder()
          .enabledBlockTypes(
              Set.of(
                  BlockQuote.class,
                  FencedCodeBlock.class,
                  Heading.class,
                  IndentedCodeBlock.class,
                  ListBlock.class,
                  ThematicBreak.class))
          .maxOpenBlockParsers(NESTING_MAX)
          .customInlineContentParserFactory(factory(Set.of('\\'), () -> MentionParser::escapedAt))
          .customInlineContentParserFactory(factory(Set.of('<'), () -> MentionParser::textOfHtml))
          .customInlineContentParserFactory(factory(Set.of('*', '_'), Emphasis::new))
          .extensions(List.of(AutolinkExtension.create()))
          .build();

  /// `\@`, between two texts.
  private static final class EscapedAt extends CustomNode {}

  /// Lets only so much of a paragraph be emphasised: the parser is recursive.
  private static final class Emphasis implements InlineContentParser {

    private int marks;

    @Override
    public ParsedInline tryParse(InlineParserState state) {
      Scanner scanner = state.scanner();
      String mark = Character.toString(scanner.peek());
      int count = scanner.matchMultiple(scanner.peek());
      marks += count;
      return marks <= MARKS_MAX
          ? ParsedInline.none()
          : ParsedInline.of(new Text(mark.repeat(count)), scanner.position());
    }
  }

  private MentionParser() {}

  /// For each `@` the keys of the names that it may mean, the longest first; each list once.
  public static List<List<String>> parse(String text) {
    if (text.indexOf('@') < 0) {
      return List.of();
    }
    Set<List<String>> names = new LinkedHashSet<>();
    Set<String> known = new HashSet<>();
    Node node = MARKDOWN.parse(text);
    while (node != null && known.size() < NAMES_MAX) {
      if (node instanceof Text words) {
        addNames(words.getLiteral(), names, known);
      }
      node = next(node);
    }
    return List.copyOf(names);
  }

  /// The node behind this one in the order of the text. It is not recursive: nodes may be as deep
  /// as the text is long.
  private static @Nullable Node next(Node node) {
    boolean counts = !(node instanceof BlockQuote || node instanceof Link || node instanceof Image);
    if (counts && node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    Node at = node;
    while (at != null && at.getNext() == null) {
      at = at.getParent();
    }
    return at == null ? null : at.getNext();
  }

  private static void addNames(String words, Set<List<String>> names, Set<String> known) {
    int[] text = NFC.normalize(words).codePoints().toArray();
    for (int at = 0; at < text.length; at++) {
      if (text[at] == '@' && (at == 0 || mayStandBefore(text[at - 1]))) {
        int end = endOfName(text, at + 1);
        if (end > at + 1 && (end == text.length || text[end] != '@')) {
          List<String> keys = keys(text, at + 1, end);
          known.addAll(keys);
          if (known.size() > NAMES_MAX) {
            return;
          }
          names.add(keys);
        }
      }
    }
  }

  private static boolean mayStandBefore(int character) {
    return switch (character) {
      case '.', '-' -> true;
      case '/', '@' -> false;
      default ->
          !NameCharacters.mayFollow(character)
              || NameCharacters.isOfAScriptWithoutBlanks(character);
    };
  }

  /// Where the characters end that a name may have; `from` if none begins there.
  private static int endOfName(int[] text, int from) {
    if (from == text.length || !NameCharacters.isLetterOrDigit(text[from])) {
      return from;
    }
    int end = from + 1;
    while (end < text.length && NameCharacters.mayFollow(text[end])) {
      end++;
    }
    return end;
  }

  /// The keys of the names that begin at `from` and end at `to`, or before it.
  private static List<String> keys(int[] text, int from, int to) {
    Set<String> keys = new LinkedHashSet<>();
    boolean ends = true;
    for (int end = to; end > from; end--) {
      ends = end == to || endsBefore(text[end - 1], text[end], ends);
      if (ends && end - from <= Name.PERSON_CHARACTERS_MAX) {
        keys.add(Name.fromBefore(new String(text, from, end - from)).key());
      }
    }
    return List.copyOf(keys);
  }

  /// Whether a name may end between two characters, if it may end behind both or not.
  private static boolean endsBefore(int last, int next, boolean endsBehind) {
    return switch (next) {
      case '.', '_', '-' -> endsBehind || NameCharacters.isOfAScriptWithoutBlanks(last);
      default ->
          NameCharacters.isLetterOrDigit(next)
              && (NameCharacters.isOfAScriptWithoutBlanks(last)
                  || NameCharacters.isOfAScriptWithoutBlanks(next));
    };
  }

  /// Makes a parser for each paragraph of what begins with one of these.
  private static InlineContentParserFactory factory(
      Set<Character> first, Supplier<InlineContentParser> parser) {
    return new InlineContentParserFactory() {
      @Override
      public Set<Character> getTriggerCharacters() {
        return first;
      }

      @Override
      public InlineContentParser create() {
        return parser.get();
      }
    };
  }

  private static ParsedInline escapedAt(InlineParserState state) {
    Scanner scanner = state.scanner();
    scanner.next();
    return scanner.next('@')
        ? ParsedInline.of(new EscapedAt(), scanner.position())
        : ParsedInline.none();
  }

  /// `<` begins the address of a link, which another parser reads, or is text.
  private static ParsedInline textOfHtml(InlineParserState state) {
    Scanner scanner = state.scanner();
    Position start = scanner.position();
    scanner.next();
    Position behind = scanner.position();
    scanner.find(character -> character == '<' || character == '>' || character <= ' ');
    boolean closed = scanner.next('>');
    return closed
            && ADDRESS.matcher(scanner.getSource(start, scanner.position()).getContent()).matches()
        ? ParsedInline.none()
        : ParsedInline.of(new Text("<"), behind);
  }
}
