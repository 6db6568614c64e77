package com.example.chat;

import dev.slipway.api.ai.AiModel;
import dev.slipway.api.ai.AiProvider;
import dev.slipway.api.ai.AiReply;
import dev.slipway.api.ai.AiRequest;
import dev.slipway.api.net.Egress;
import dev.slipway.api.offering.RemoteCalls;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.RemoteFailure.Reason;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.platform.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks models over the chat completions API, which many servers and runtimes speak. */
@Component
public final class ChatProvider implements AiProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(110);

  private final RemoteCalls calls;
  private final Conversation conversation;
  private final Json json;

  @Activate
  public ChatProvider(@Reference Egress egress, @Reference Json json) {
    this.calls = new RemoteCalls(egress);
    this.conversation = new Conversation(json);
    this.json = json;
  }

  @Override
  public String key() {
    return "chat-completions";
  }

  @Override
  public String name() {
    return "Chat completions";
  }

  @Override
  public String description() {
    return "Any server that speaks the chat completions API, your own included.";
  }

  @Override
  public String configuration() {
    return """
        { "type": "object", "required": ["url"], "properties": {
          "url": { "type": "string", "format": "uri", "pattern": "^https?://", "title": "Address",
                   "description": "Before /chat/completions; ends in /v1 as a rule" },
          "api_key": { "type": "string", "writeOnly": true, "title": "API key" },
          "model": { "type": "string", "title": "Recommended model" } } }
        """;
  }

  @Override
  public List<AiModel> models(Setup setup) throws RemoteFailure, InterruptedException {
    var answer = read(calls.send(request(setup, "/models").build()).text());
    if (!(answer.get("data") instanceof List<?> data)) {
      throw misunderstood();
    }
    var ids = new ArrayList<String>();
    for (var model : data) {
      if (model instanceof Map<?, ?> members && members.get("id") instanceof String id) {
        ids.add(id);
      }
    }
    var recommended = setup.text("model");
    if (recommended != null && ids.remove(recommended)) {
      ids.addFirst(recommended);
    }
    return ids.stream()
        .distinct()
        .map(id -> new AiModel(id, 0, Set.of(AiModel.Ability.TOOLS, AiModel.Ability.JSON)))
        .toList();
  }

  @Override
  public AiReply chat(AiRequest asked, Setup setup) throws RemoteFailure, InterruptedException {
    var body = json.write(conversation.written(asked));
    var request =
        request(setup, "/chat/completions").timeout(PATIENCE).POST(BodyPublishers.ofString(body));
    try {
      return conversation.read(read(calls.send(request.build()).text()));
    } catch (IllegalArgumentException malformed) {
      throw misunderstood();
    }
  }

  private static HttpRequest.Builder request(Setup setup, String path) {
    var base = setup.required("url").replaceAll("/+$", "");
    var request =
        HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
    var key = setup.text("api_key");
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private Map<?, ?> read(String text) throws RemoteFailure {
    try {
      return Objects.requireNonNullElse(json.read(text, Map.class), Map.of());
    } catch (IllegalArgumentException malformed) {
      throw misunderstood();
    }
  }

  private static RemoteFailure misunderstood() {
    return RemoteFailure.of(Reason.UNAVAILABLE, "The answer is not one of a chat server", null);
  }
}
