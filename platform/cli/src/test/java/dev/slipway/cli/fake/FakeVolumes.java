package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.id;
import static dev.slipway.cli.fake.FakePlatform.object;
import static dev.slipway.cli.fake.FakePlatform.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** One volume of each app, and what was kept of others. */
public final class FakeVolumes {
  public final Map<String, ObjectNode> kept = new ConcurrentSkipListMap<>();
  private final FakeApps apps;

  FakeVolumes(FakeApps apps) {
    this.apps = apps;
  }

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/apps/{}/volumes", Needs.TENANT, this::list);
    platform.on("GET", "/api/kept-volumes", Needs.TENANT, this::listKept);
    platform.on(
        "GET", "/api/kept-volumes/{}", Needs.TENANT, c -> c.answer(200, "kept_volume", one(c)));
    platform.on("DELETE", "/api/kept-volumes/{}", Needs.TENANT, this::purge);
  }

  /** Data of a volume; of a Compose file where it has no name. */
  public ObjectNode keep(String app, @Nullable String environment, @Nullable String volume) {
    var one = object().put("id", id()).put("app_slug", app).put("server_id", id());
    one.put("app_id", id()).put("environment_id", environment == null ? null : id());
    one.put("environment_slug", environment).put("volume", volume);
    one.put("kind", volume == null ? "compose" : "volume").put("deleted", "app");
    one.put("kept_at", "2026-01-01T00:00:00Z").putNull("kept_by");
    kept.put(one.path("id").asText(), one);
    return one;
  }

  private ObjectNode one(Call call) {
    var one = kept.get(call.path.getFirst());
    if (one == null) {
      throw new Refusal(404, "there is no such kept data");
    }
    return one;
  }

  private void list(Call call) throws IOException {
    apps.app(call);
    var answer = object();
    var volume = answer.putArray("volumes").addObject().put("id", id()).put("name", "user-files");
    volume.put("mount_path", "/data").put("variable", "VOLUME_USER_FILES");
    call.answer(200, answer);
  }

  private void listKept(Call call) throws IOException {
    var app = call.query("app_id", "server_id", "limit", "offset").get("app_id");
    var found =
        kept.values().stream()
            .filter(one -> app == null || one.path("app_id").asText().equals(app))
            .toList();
    call.answer(200, page(call, "kept_volumes", found));
  }

  private void purge(Call call) throws IOException {
    call.noBody();
    kept.remove(one(call).path("id").asText());
    call.answer(202, object().put("operation_id", FakeDeployments.GOOD_OPERATION));
  }
}
