package dev.slipway.scripts.service;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Json;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.data.Database;
import dev.slipway.scripts.Script;
import dev.slipway.scripts.ScriptsError;
import dev.slipway.scripts.store.ScriptStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes what other systems post to scripts' addresses. */
@Component(service = Receiver.class)
public final class Receiver {
  private static final Scope SCOPE = Scope.platform("the token says whose script it is");
  private static final Duration FULL_PAUSE = Duration.ofSeconds(30);

  /** Longest message id that is kept as it is, in characters. */
  private static final int LONGEST_ID = 200;

  private final Database database;
  private final Queue queue;
  private final Json json;
  private final ScriptStore scripts;

  @Activate
  public Receiver(@Reference Database database, @Reference Queue queue, @Reference Json json) {
    this.database = database;
    this.queue = queue;
    this.json = json;
    scripts = new ScriptStore(database);
  }

  /**
   * What was posted.
   *
   * @param messageId by which the sender tells repetitions; null where it does not
   */
  public record Post(
      String contentType,
      Map<String, String> headers,
      Map<String, String> query,
      String body,
      @Nullable String messageId) {}

  /** Queues a run; a token that is unknown, or whose script is disabled, is refused with 404. */
  public void receive(String token, Post post) {
    var script =
        database
            .read(SCOPE, () -> scripts.byReceiver(Tokens.hash(token)))
            .filter(Script::enabled)
            .orElseThrow(ScriptsError.RECEIVER_NOT_FOUND::of);
    var event = new LinkedHashMap<String, @Nullable Object>();
    event.put("content_type", post.contentType());
    event.put("headers", post.headers());
    event.put("query", post.query());
    event.put("body", body(post));
    var cause = new ScriptTrigger("webhook", cause(post.messageId()));
    var taken =
        database.write(Scope.tenant(script.tenantId()), () -> queue.add(script, event, cause));
    if (!taken) {
      throw ScriptsError.BUSY.of().retryAfter(FULL_PAUSE);
    }
  }

  /** A message without an id is like no other; a long one would not fit the index. */
  private static String cause(@Nullable String messageId) {
    if (messageId == null || messageId.isBlank()) {
      return UUID.randomUUID().toString();
    }
    return messageId.length() > LONGEST_ID ? Tokens.hash(messageId) : messageId;
  }

  /** JSON as values, all else as the text that it is; so is JSON that is nested too deep. */
  private @Nullable Object body(Post post) {
    if (!post.contentType().contains("json")) {
      return post.body();
    }
    try {
      var value = json.read(post.body(), Object.class);
      return Depth.fits(value, Depth.MOST) ? value : post.body();
    } catch (IllegalArgumentException broken) {
      return post.body();
    }
  }
}
