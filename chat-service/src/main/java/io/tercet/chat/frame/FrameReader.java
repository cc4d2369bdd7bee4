package io.tercet.chat.frame;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Parses one line from a client; unknown members are ignored.
///
/// Immutable; any thread. Source: contracts/chat/frames.md.
@Component
public class FrameReader {

  private static final int REQUEST_ID_MAX = 64;
  private static final int EPOCH_MAX = 64;

  /// Most entries that one `subscribe` with `latest`, or one `history`, may ask for.
  private static final int ENTRIES_MAX = 200;

  private final JsonMapper json;

  FrameReader(JsonMapper json) {
    this.json = json;
  }

  /// Parses one line, without its line break.
  public ParsedFrame read(String line) {
    JsonNode node;
    try {
      node = json.readTree(line);
    } catch (JacksonException e) {
      return new ParsedFrame.Malformed("not JSON");
    }
    if (!node.isObject()) {
      return new ParsedFrame.Malformed("not an object");
    }
    JsonNode type = node.get("type");
    if (type == null || !type.isString()) {
      return new ParsedFrame.Malformed("no type");
    }
    String requestId = requestId(node);
    try {
      return new ParsedFrame.Valid(frame(type.stringValue(), requestId, node));
    } catch (ProblemException refusal) {
      return new ParsedFrame.Invalid(requestId, refusal.type(), refusal.detail());
    }
  }

  private static ClientFrame frame(String type, @Nullable String requestId, JsonNode node) {
    return switch (type) {
      case "subscribe" ->
          new ClientFrame.Subscribe(required(requestId), roomId(node), position(node));
      case "unsubscribe" -> new ClientFrame.Unsubscribe(required(requestId), roomId(node));
      case "post" ->
          new ClientFrame.Post(
              required(requestId),
              roomId(node),
              string(node, "clientMessageId"),
              string(node, "text"),
              node.has("replyTo") ? number(node, "replyTo", Long.MAX_VALUE) : null,
              FileIds.read(node.get("files"), ProblemType.INVALID_FRAME));
      case "history" ->
          new ClientFrame.History(
              required(requestId),
              roomId(node),
              number(node, "before", Long.MAX_VALUE),
              (int) number(node, "limit", ENTRIES_MAX));
      case "ping" -> new ClientFrame.Ping(required(requestId));
      default ->
          throw new ProblemException(
              ProblemType.UNKNOWN_FRAME, "There are: subscribe, unsubscribe, post, history, ping.");
    };
  }

  private static @Nullable String requestId(JsonNode node) {
    JsonNode value = node.get("requestId");
    if (value == null || !value.isString()) {
      return null;
    }
    String text = value.stringValue();
    return text.isEmpty() || text.length() > REQUEST_ID_MAX ? null : text;
  }

  private static String required(@Nullable String requestId) {
    if (requestId == null) {
      throw invalid("requestId has 1 to 64 characters.");
    }
    return requestId;
  }

  private static RoomId roomId(JsonNode node) {
    return RoomId.parse(string(node, "roomId")).orElseThrow(() -> invalid("roomId is a UUID."));
  }

  private static StartPosition position(JsonNode node) {
    boolean hasAfter = node.has("after");
    if (hasAfter == node.has("latest")) {
      throw invalid("subscribe says either after or latest.");
    }
    return hasAfter
        ? new StartPosition.After(number(node, "after", Long.MAX_VALUE), epoch(node))
        : new StartPosition.Latest((int) number(node, "latest", ENTRIES_MAX));
  }

  private static @Nullable String epoch(JsonNode node) {
    if (!node.has("epoch")) {
      return null;
    }
    String epoch = string(node, "epoch");
    if (epoch.isEmpty() || epoch.length() > EPOCH_MAX) {
      throw invalid("epoch is the logEpoch of a welcome.");
    }
    return epoch;
  }

  private static String string(JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null || !value.isString()) {
      throw invalid(member + " is a string.");
    }
    return value.stringValue();
  }

  private static long number(JsonNode node, String member, long max) {
    JsonNode value = node.get(member);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid(member + " is a whole number.");
    }
    long number = value.longValue();
    if (number < 0 || number > max) {
      throw invalid(member + " is from 0 to " + max + ".");
    }
    return number;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_FRAME, detail);
  }
}
