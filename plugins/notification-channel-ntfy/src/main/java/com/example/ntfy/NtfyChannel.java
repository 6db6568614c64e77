package com.example.ntfy;

import dev.slipway.api.net.Egress;
import dev.slipway.api.notification.Notification;
import dev.slipway.api.notification.Notification.Severity;
import dev.slipway.api.notification.NotificationChannel;
import dev.slipway.api.offering.RemoteCalls;
import dev.slipway.api.offering.RemoteFailure;
import dev.slipway.api.offering.Setup;
import dev.slipway.api.platform.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Publishes notifications to a topic of an ntfy server, for phones and browsers that follow it. */
@Component
public final class NtfyChannel implements NotificationChannel {
  private final RemoteCalls calls;
  private final Json json;

  @Activate
  public NtfyChannel(@Reference Egress egress, @Reference Json json) {
    this.calls = new RemoteCalls(egress);
    this.json = json;
  }

  @Override
  public String key() {
    return "ntfy";
  }

  @Override
  public String name() {
    return "ntfy";
  }

  @Override
  public String description() {
    return "Publishes to a topic of an ntfy server, for phones and browsers that follow it.";
  }

  @Override
  public String configuration() {
    return """
        { "type": "object", "required": ["url", "topic"], "properties": {
          "url": { "type": "string", "format": "uri", "pattern": "^https?://", "title": "Server" },
          "topic": { "type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$", "title": "Topic" },
          "token": { "type": "string", "writeOnly": true, "title": "Access token",
                     "description": "Where the server asks for one" } } }
        """;
  }

  @Override
  public Receipt send(Notification notification, Setup setup)
      throws RemoteFailure, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(setup.required("url")))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.write(message(notification, setup))));
    var token = setup.text("token");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return new Receipt(calls.send(request.build()).status());
  }

  private static Map<String, Object> message(Notification notification, Setup setup) {
    var message = new LinkedHashMap<String, Object>();
    message.put("topic", setup.required("topic"));
    message.put("title", notification.title());
    message.put("message", text(notification));
    message.put("priority", notification.resolved() ? 2 : priority(notification.severity()));
    message.put("tags", List.of(notification.resolved() ? "white_check_mark" : tag(notification)));
    if (notification.link() != null) {
      message.put("click", notification.link().toString());
    }
    return message;
  }

  private static String text(Notification notification) {
    var facts =
        notification.facts().entrySet().stream()
            .map(fact -> fact.getKey() + ": " + fact.getValue())
            .collect(Collectors.joining("\n"));
    return (notification.text() + "\n\n" + facts).strip();
  }

  private static int priority(Severity severity) {
    return switch (severity) {
      case INFO -> 3;
      case WARNING -> 4;
      case CRITICAL -> 5;
    };
  }

  private static String tag(Notification notification) {
    return switch (notification.severity()) {
      case INFO -> "information_source";
      case WARNING -> "warning";
      case CRITICAL -> "rotating_light";
    };
  }
}
