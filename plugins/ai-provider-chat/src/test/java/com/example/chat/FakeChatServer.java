package com.example.chat;

import dev.slipway.testkit.Parts;
import dev.slipway.testkit.RemoteHttp;
import dev.slipway.testkit.RemoteHttp.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The chat completions API as its documentation tells it, in front of a model that does what the
 * contract suite asks of one. Refuses conversations that no server would take.
 */
final class FakeChatServer {
  private static final String MODEL = "parrot-1";

  private final String key;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<String> proposed = new HashSet<>();

  FakeChatServer(String key) {
    this.key = key;
  }

  synchronized Reply answer(RemoteHttp.Request request) {
    if (!request.header("Authorization").equals("Bearer " + key)) {
      return error(401, "Incorrect API key provided");
    }
    if (request.path().equals("/v1/models")) {
      var models = List.of(Map.of("id", "owl-2"), Map.of("id", MODEL), Map.of("id", "owl-2"));
      return ok(Map.of("object", "list", "data", models));
    }
    if (!request.path().equals("/v1/chat/completions") || !request.method().equals("POST")) {
      return error(404, "Unknown request URL");
    }
    return complete(Parts.json().read(request.body(), Map.class));
  }

  private Reply complete(Map<?, ?> body) {
    if (!Set.of(MODEL, "owl-2").contains(body.get("model"))) {
      return error(404, "The model does not exist");
    }
    var messages = (List<?>) body.get("messages");
    for (var message : messages) {
      var members = (Map<?, ?>) message;
      if (!Set.of("system", "user", "assistant", "tool").contains(members.get("role"))) {
        return error(400, "Invalid role");
      }
      if (members.get("role").equals("tool") && !proposed.contains(members.get("tool_call_id"))) {
        return error(400, "A tool message must answer a preceding call");
      }
    }
    var last = (Map<?, ?>) messages.getLast();
    var text = last.get("content").toString();
    if (text.startsWith("call ") && last.get("role").equals("user")) {
      return propose(text.substring(5), body);
    }
    if (text.equals("talk")) {
      return say("bla ".repeat((int) body.get("max_tokens")).strip(), "length");
    }
    return say(text.replaceFirst("^echo ", ""), "stop");
  }

  private Reply propose(String tool, Map<?, ?> body) {
    if (!String.valueOf(body.get("tools")).contains("name=" + tool)) {
      return say("I know no such tool", "stop");
    }
    var id = "call_" + numbers.incrementAndGet();
    proposed.add(id);
    var function = Map.of("name", tool, "arguments", "{\"city\": \"Ulm\"}");
    var calls = List.of(Map.of("id", id, "type", "function", "function", function));
    return choice(Map.of("role", "assistant", "tool_calls", calls), "tool_calls");
  }

  private Reply say(String text, String reason) {
    return choice(Map.of("role", "assistant", "content", text), reason);
  }

  private static Reply choice(Map<String, ?> message, String reason) {
    var choice = Map.of("index", 0, "message", message, "finish_reason", reason);
    var usage = Map.of("prompt_tokens", 12, "completion_tokens", 3, "total_tokens", 15);
    return ok(Map.of("object", "chat.completion", "choices", List.of(choice), "usage", usage));
  }

  private static Reply ok(Object value) {
    return new Reply(200, Parts.json().write(value));
  }

  private static Reply error(int status, String message) {
    return new Reply(status, Parts.json().write(Map.of("error", Map.of("message", message))));
  }
}
