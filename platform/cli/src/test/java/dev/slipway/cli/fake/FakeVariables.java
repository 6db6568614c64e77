package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.id;
import static dev.slipway.cli.fake.FakePlatform.object;
import static dev.slipway.cli.fake.FakePlatform.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one variable was, its rule, and who has it; it is the only one that is inherited. */
public final class FakeVariables {
  public static final String KEY = "INHERITED";
  public static final String ID = id();

  /** The newest first. */
  public final List<ObjectNode> versions = new CopyOnWriteArrayList<>();

  public final ObjectNode rule = object();
  public final ObjectNode lease =
      object().put("id", id()).put("version", 1).put("status", "active");

  /** The last body of a rotation. */
  public volatile ObjectNode rotated = object();

  public ObjectNode version(int number, String value, String origin) {
    var version = object().put("id", id()).put("version", number).put("value", value);
    version.put("masked_value", "****").put("is_secret", false).put("origin", origin);
    version.putArray("stage_bindings");
    version.putArray("phases");
    version.put("made_by_name", "Somebody").put("created_at", "2026-01-0" + number);
    version.putNull("restored_from").putNull("revoked_at");
    versions.addFirst(version);
    return version;
  }

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/apps/{}/env", Needs.TENANT, this::inherited);
    platform.on("GET", "/api/environments/{}/env-vars", Needs.TENANT, this::inherited);
    platform.on("GET", "/api/env-vars/{}/versions", Needs.TENANT, this::list);
    platform.on("POST", "/api/env-vars/{}/versions/{}/restore", Needs.TENANT, this::restore);
    platform.on("GET", "/api/secret-rotations", Needs.TENANT, this::rotations);
    platform.on("GET", "/api/env-vars/{}/rotation", Needs.TENANT, this::rotation);
    platform.on("PUT", "/api/env-vars/{}/rotation", Needs.TENANT, this::setRotation);
    platform.on("DELETE", "/api/env-vars/{}/rotation", Needs.TENANT, this::dropRotation);
    platform.on("POST", "/api/env-vars/{}/rotate", Needs.TENANT, this::rotate);
    platform.on("GET", "/api/env-vars/{}/leases", Needs.TENANT, this::leases);
    platform.on("POST", "/api/env-vars/{}/leases/{}/revoke", Needs.TENANT, this::revoke);
  }

  private static void check(Call call) {
    if (!call.path.getFirst().equals(ID)) {
      throw new Refusal(404, "there is no such variable");
    }
  }

  private void inherited(Call call) throws IOException {
    var answer = object();
    var all = answer.putArray("variables");
    all.addObject().put("key", "PORT").put("source", "platform").putNull("env_var_id");
    all.addObject().put("key", KEY).put("env_var_id", ID).put("source", "project");
    call.answer(200, answer);
  }

  private void list(Call call) throws IOException {
    check(call);
    call.answer(200, "versions", JsonNodeFactory.instance.arrayNode().addAll(versions));
  }

  private void restore(Call call) throws IOException {
    check(call);
    call.noBody();
    var version =
        versions.stream()
            .filter(one -> one.path("id").asText().equals(call.path.get(1)))
            .findFirst()
            .orElseThrow(() -> new Refusal(404, "there is no such version"));
    var number = versions.getFirst().path("version").asInt() + 1;
    version(number, version.path("value").asText(), "restored")
        .set("restored_from", version.path("version"));
    call.answer(200, "env_var", object().put("id", ID).put("key", KEY));
  }

  private void rotations(Call call) throws IOException {
    var due = call.query("due", "limit", "offset").get("due");
    var all = rule.isEmpty() || "true".equals(due) ? List.<ObjectNode>of() : List.of(shown());
    call.answer(200, page(call, "rotations", all));
  }

  private ObjectNode shown() {
    var shown = object().put("env_var_id", ID).put("key", KEY).put("scope", "project");
    shown.put("scope_id", "p-1").put("status", "scheduled").putNull("due_at");
    return shown.setAll(rule);
  }

  private void rotation(Call call) throws IOException {
    check(call);
    if (rule.isEmpty()) {
      throw new Refusal(404, "the variable has no rule for its rotation");
    }
    call.answer(200, "rotation", shown());
  }

  private void setRotation(Call call) throws IOException {
    check(call);
    rule.removeAll();
    rule.setAll(call.json("interval_days", "expires_at", "generate", "redeploy"));
    call.answer(200, "rotation", shown());
  }

  private void dropRotation(Call call) throws IOException {
    check(call);
    rule.removeAll();
    call.answer(204, null);
  }

  private void rotate(Call call) throws IOException {
    check(call);
    rotated = call.json("value");
    call.answer(200, "env_var", object().put("id", ID).put("key", KEY));
  }

  private void leases(Call call) throws IOException {
    check(call);
    call.query("limit");
    call.answer(200, "leases", JsonNodeFactory.instance.arrayNode().add(lease));
  }

  private void revoke(Call call) throws IOException {
    check(call);
    if (!lease.path("id").asText().equals(call.path.get(1))) {
      throw new Refusal(404, "there is no such lease");
    }
    call.answer(200, "lease", lease.put("status", "revoked"));
  }
}
