package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.id;
import static dev.slipway.cli.fake.FakePlatform.object;
import static dev.slipway.cli.fake.FakePlatform.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Apps, their variables and logs, and one server. */
public final class FakeApps {
  private static final String[] CREATE = {
    "name!",
    "slug",
    "server_id",
    "source_type",
    "repository_id",
    "repository_url",
    "branch",
    "root_directory",
    "dockerfile_path",
    "image",
    "framework",
    "install_command",
    "build_command",
    "start_command",
    "port",
    "health_check_path",
    "replicas",
    "project_id"
  };

  public final Map<String, ObjectNode> apps = new ConcurrentSkipListMap<>();
  public final Map<String, ObjectNode> variables = new ConcurrentSkipListMap<>();
  private final Map<String, ObjectNode> createdByKey = new ConcurrentHashMap<>();

  /** What each connection to an app's log sends; after the last one, the stream is over. */
  public final List<LogConnection> logConnections = new CopyOnWriteArrayList<>();

  /** The Last-Event-ID of each connection, empty where there was none. */
  public final List<String> resumedFrom = new CopyOnWriteArrayList<>();

  /** What was to become of the volumes of the last app that was deleted. */
  public volatile String volumesOfDeleted = "";

  /** How often an app is created without its answer reaching the client. */
  public final AtomicInteger lostAnswers = new AtomicInteger();

  /** How a connection ends. */
  public enum Ending {
    CLOSED,
    BROKEN,
    /** Not at all: it falls silent until the client has connected again. */
    SILENT
  }

  /** The raw text of one connection, and how it ends. */
  public record LogConnection(String text, Ending ending) {}

  void routes(FakePlatform platform) {
    platform.on("POST", "/api/apps", Needs.TENANT, this::create);
    platform.on(
        "GET", "/api/apps", Needs.TENANT, c -> c.answer(200, page(c, "apps", apps.values())));
    platform.on("GET", "/api/apps/{}", Needs.TENANT, c -> c.answer(200, "app", app(c)));
    platform.on("PATCH", "/api/apps/{}", Needs.TENANT, this::update);
    platform.on("DELETE", "/api/apps/{}", Needs.TENANT, this::delete);
    platform.on("POST", "/api/apps/{}/deploy-tokens", Needs.TENANT, this::makeToken);
    platform.on("POST", "/api/apps/{}/env-vars", Needs.TENANT, this::addVariable);
    platform.on("GET", "/api/apps/{}/env-vars", Needs.TENANT, this::listVariables);
    platform.on("PATCH", "/api/apps/{}/env-vars/{}", Needs.TENANT, this::changeVariable);
    platform.on("DELETE", "/api/apps/{}/env-vars/{}", Needs.TENANT, this::dropVariable);
    platform.on("GET", "/api/apps/{}/logs/stream", Needs.TENANT, this::logs);
    platform.on(
        "GET", "/api/servers", Needs.TENANT, c -> c.answer(200, page(c, "servers", servers())));
  }

  public ObjectNode add(String name, String sourceType) {
    var app = object().put("id", id()).put("name", name).put("slug", slug(name));
    app.put("source_type", sourceType).put("status", "created").put("port", 3000);
    app.put("health_check_path", "/").putNull("primary_domain");
    apps.put(app.path("id").asText(), app);
    return app;
  }

  ObjectNode app(Call call) {
    var app = apps.get(call.path.getFirst());
    if (app == null) {
      throw new Refusal(404, "no such app");
    }
    return app;
  }

  /** Twice the same key gives the first answer; a creating call without a key is refused. */
  static String key(Call call) {
    var key = call.header("Idempotency-Key");
    if (key == null) {
      throw new Refusal(400, "Idempotency-Key is missing");
    }
    return key;
  }

  private void create(Call call) throws IOException {
    var key = key(call);
    var body = call.json(CREATE);
    var name = body.path("name").asText();
    if (name.isEmpty() || name.length() > 63) {
      throw new Refusal(400, "the name does not fit", "name");
    }
    var app = createdByKey.get(key);
    if (app == null) {
      if (apps.values().stream().anyMatch(a -> a.path("slug").asText().equals(slug(name)))) {
        throw new Refusal(409, "the slug is taken");
      }
      app = add(name, body.path("source_type").asText("github"));
      app.setAll(body);
      createdByKey.put(key, app);
    }
    if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      call.exchange.close();
      return;
    }
    call.answer(201, "app", app);
  }

  private void update(Call call) throws IOException {
    var app = app(call);
    app.setAll(
        call.json(
            "name",
            "port",
            "install_command",
            "build_command",
            "start_command",
            "health_check_path"));
    call.answer(200, "app", app);
  }

  private void delete(Call call) throws IOException {
    call.noBody();
    volumesOfDeleted = call.query("volumes").getOrDefault("volumes", "");
    apps.remove(app(call).path("id").asText());
    call.answer(202, object().put("operation_id", FakeDeployments.GOOD_OPERATION));
  }

  private void makeToken(Call call) throws IOException {
    var app = app(call);
    var name = call.json("name!", "expires_in_days").path("name").asText();
    var answer = object().put("token", "sdt_of-" + app.path("slug").asText());
    answer.set("deploy_token", object().put("id", id()).put("name", name));
    call.answer(201, answer);
  }

  private void addVariable(Call call) throws IOException {
    key(call);
    app(call);
    var body = call.json("key!", "value!", "is_secret", "stage_bindings", "description");
    if (!body.path("key").asText().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new Refusal(400, "the key does not fit", "key");
    }
    var variable = object().put("id", id());
    variable.setAll(body);
    variables.put(variable.path("id").asText(), variable);
    call.answer(201, "env_var", shown(variable));
  }

  private void listVariables(Call call) throws IOException {
    app(call);
    var list = JsonNodeFactory.instance.arrayNode();
    variables.values().forEach(variable -> list.add(shown(variable)));
    call.answer(200, "env_vars", list);
  }

  private void changeVariable(Call call) throws IOException {
    var variable = variables.get(call.path.get(1));
    if (variable == null) {
      throw new Refusal(404, "no such variable");
    }
    variable.setAll(call.json("value", "is_secret", "stage_bindings", "description"));
    call.answer(200, "env_var", shown(variable));
  }

  private void dropVariable(Call call) throws IOException {
    if (variables.remove(call.path.get(1)) == null) {
      throw new Refusal(404, "no such variable");
    }
    call.answer(204, null);
  }

  private void logs(Call call) throws IOException {
    app(call);
    call.query("tail", "level", "container", "since");
    var last = call.header("Last-Event-ID");
    resumedFrom.add(last == null ? "" : last);
    if (logConnections.isEmpty()) {
      call.answer(204, null);
      return;
    }
    var connection = logConnections.removeFirst();
    try (var out = call.events(connection.ending() == Ending.BROKEN)) {
      out.write(connection.text().getBytes(StandardCharsets.UTF_8));
      out.flush();
      switch (connection.ending()) {
        case CLOSED -> out.close();
        case BROKEN -> call.exchange.close();
        case SILENT -> awaitNext(resumedFrom.size());
      }
    }
  }

  private void awaitNext(int connections) {
    var deadline = System.nanoTime() + 20_000_000_000L;
    while (resumedFrom.size() == connections && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static List<ObjectNode> servers() {
    return List.of(object().put("id", id()).put("name", "local").put("status", "online"));
  }

  private static ObjectNode shown(ObjectNode variable) {
    var shown = variable.deepCopy().put("masked_value", "****");
    if (shown.path("is_secret").asBoolean()) {
      shown.remove("value");
    }
    return shown;
  }

  private static String slug(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
