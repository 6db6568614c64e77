package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The processes of the apps, and one instance of each. */
public final class FakeProcesses {
  public final Map<String, ObjectNode> processes = new ConcurrentSkipListMap<>();

  void routes(FakePlatform platform) {
    platform.on("GET", "/api/apps/{}/processes", Needs.TENANT, this::list);
    platform.on("PUT", "/api/apps/{}/processes/{}", Needs.TENANT, this::set);
    platform.on("DELETE", "/api/apps/{}/processes/{}", Needs.TENANT, this::remove);
    platform.on("GET", "/api/apps/{}/instances", Needs.TENANT, this::instances);
  }

  private void list(Call call) throws IOException {
    var list = JsonNodeFactory.instance.arrayNode();
    processes.values().forEach(list::add);
    call.answer(200, "processes", list);
  }

  private void set(Call call) throws IOException {
    var name = call.path.get(1);
    if (name.equals("web")) {
      throw new Refusal(400, "web answers requests", "name");
    }
    var process = object().put("name", name).put("replicas", 1);
    process.setAll(call.json("command!", "replicas"));
    processes.put(name, process);
    call.answer(200, "process", process);
  }

  private void remove(Call call) throws IOException {
    if (processes.remove(call.path.get(1)) == null) {
      throw new Refusal(404, "no such process");
    }
    call.answer(204, null);
  }

  private void instances(Call call) throws IOException {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var name : processes.keySet()) {
      list.add(
          object()
              .put("process", name)
              .put("state", "restarting")
              .put("restarts", 3)
              .put("reason", "exited with code 1")
              .put("container", "deploy-app-shop-0123456789ab-" + name + "-1"));
    }
    call.answer(200, "instances", list);
  }
}
