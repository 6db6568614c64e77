package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Apps as files; what a file would do is what the test says. */
public final class FakeAppFiles {
  public static final String FILE = "version: 1\napp:\n  slug: shop\n  name: Shop\n";

  private static final String FINGERPRINT = "ab".repeat(32);

  /** The answer to a plan, without its fingerprint. */
  public final ObjectNode plan = object().put("app", "shop");

  /** Each file that was applied. */
  public final List<String> applied = new CopyOnWriteArrayList<>();

  /** Whether the app changes between a plan and its application. */
  public volatile boolean drifting;

  private final FakeApps apps;

  FakeAppFiles(FakeApps apps) {
    this.apps = apps;
    plan.putArray("changes");
    plan.putArray("values_needed");
    plan.putArray("conflicts");
  }

  /** The plan has one more change. */
  public FakeAppFiles change(String action, String path, Object from, Object to) {
    var change = plan.withArray("changes").addObject().put("action", action).put("path", path);
    change.set("from", Call.JSON.<JsonNode>valueToTree(from));
    change.set("to", Call.JSON.<JsonNode>valueToTree(to));
    return this;
  }

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/apps/{}/export", Needs.TENANT, this::export);
    platform.on("POST", "/api/apps/plan", Needs.TENANT, this::plan);
    platform.on("POST", "/api/apps/apply", Needs.TENANT, this::apply);
  }

  private void export(Call call) throws IOException {
    apps.app(call);
    var accepted = call.header("Accept");
    if (accepted == null || !accepted.contains("application/yaml")) {
      throw new Refusal(406, "this is YAML");
    }
    var bytes = FILE.getBytes(StandardCharsets.UTF_8);
    call.exchange.getResponseHeaders().set("Content-Type", "application/yaml");
    call.exchange.sendResponseHeaders(200, bytes.length);
    call.exchange.getResponseBody().write(bytes);
  }

  private void plan(Call call) throws IOException {
    yaml(call);
    call.answer(200, plan.deepCopy().put("fingerprint", FINGERPRINT));
  }

  private void apply(Call call) throws IOException {
    var file = yaml(call);
    FakeApps.key(call);
    if (!FINGERPRINT.equals(call.query("fingerprint").get("fingerprint")) || drifting) {
      throw new Refusal(409, "the app has changed since the file was planned");
    }
    applied.add(file);
    var done = plan.deepCopy();
    done.remove("conflicts");
    call.answer(200, done);
  }

  private static String yaml(Call call) {
    if (!"application/yaml".equals(call.header("Content-Type"))) {
      throw new Refusal(415, "YAML is expected");
    }
    return new String(call.body(), StandardCharsets.UTF_8);
  }
}
