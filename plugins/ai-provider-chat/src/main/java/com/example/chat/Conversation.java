package com.example.chat;

import dev.slipway.api.ai.AiMessage;
import dev.slipway.api.ai.AiReply;
import dev.slipway.api.ai.AiRequest;
import dev.slipway.api.platform.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Conversations as the API writes them. */
final class Conversation {
  private final Json json;

  Conversation(Json json) {
    this.json = json;
  }

  Map<String, Object> written(AiRequest request) {
    var body = new LinkedHashMap<String, Object>();
    body.put("model", request.model());
    body.put("messages", request.messages().stream().map(this::written).toList());
    body.put("max_tokens", request.maxTokens());
    if (!request.tools().isEmpty()) {
      body.put("tools", request.tools().stream().map(this::written).toList());
    }
    if (request.json()) {
      body.put("response_format", Map.of("type", "json_object"));
    }
    return body;
  }

  private Map<String, Object> written(AiMessage message) {
    var written = new LinkedHashMap<String, Object>();
    written.put("role", message.role().name().toLowerCase(Locale.ROOT));
    written.put("content", message.text());
    if (!message.calls().isEmpty()) {
      written.put("tool_calls", message.calls().stream().map(this::written).toList());
    }
    if (message.callId() != null) {
      written.put("tool_call_id", message.callId());
    }
    return written;
  }

  private Map<String, Object> written(AiMessage.Call call) {
    var function = Map.of("name", call.tool(), "arguments", json.write(call.arguments()));
    return Map.of("id", call.id(), "type", "function", "function", function);
  }

  private Map<String, Object> written(AiRequest.Tool tool) {
    var function =
        Map.of(
            "name", tool.name(),
            "description", tool.description(),
            "parameters", json.read(tool.parameters(), Map.class));
    return Map.of("type", "function", "function", function);
  }

  /** Reads an answer; an IllegalArgumentException where it is none. */
  AiReply read(Map<?, ?> answer) {
    var choice = member(list(answer, "choices"), 0);
    var message = map(choice, "message");
    var calls =
        message.get("tool_calls") instanceof List<?> some
            ? some.stream().map(this::call).toList()
            : List.<AiMessage.Call>of();
    var usage = answer.get("usage") instanceof Map<?, ?> told ? told : Map.of();
    return new AiReply(
        AiMessage.assistant(Objects.toString(message.get("content"), ""), calls),
        end(choice.get("finish_reason"), calls),
        count(usage, "prompt_tokens"),
        count(usage, "completion_tokens"));
  }

  private AiMessage.Call call(Object written) {
    var call = written instanceof Map<?, ?> members ? members : Map.of();
    var function = map(call, "function");
    return new AiMessage.Call(text(call, "id"), text(function, "name"), arguments(function));
  }

  /** Models write them themselves, and not always well. */
  @SuppressWarnings("unchecked")
  private Map<String, @Nullable Object> arguments(Map<?, ?> function) {
    var text = text(function, "arguments");
    return text.isBlank() ? Map.of() : json.read(text, Map.class);
  }

  private static AiReply.End end(@Nullable Object reason, List<AiMessage.Call> calls) {
    if (!calls.isEmpty()) {
      return AiReply.End.CALLS;
    }
    return switch (Objects.toString(reason, "stop")) {
      case "length" -> AiReply.End.LENGTH;
      case "content_filter" -> AiReply.End.WITHHELD;
      default -> AiReply.End.DONE;
    };
  }

  private static List<?> list(Map<?, ?> from, String name) {
    if (from.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("there is no list " + name);
  }

  private static Map<?, ?> member(List<?> list, int index) {
    if (list.size() > index && list.get(index) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("there is no object " + index);
  }

  private static Map<?, ?> map(Map<?, ?> from, String name) {
    if (from.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("there is no object " + name);
  }

  private static String text(Map<?, ?> from, String name) {
    if (from.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("there is no text " + name);
  }

  private static long count(Map<?, ?> from, String name) {
    return from.get(name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }
}
