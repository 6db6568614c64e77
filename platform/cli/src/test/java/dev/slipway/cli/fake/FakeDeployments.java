package dev.slipway.cli.fake;

import static dev.slipway.cli.fake.FakePlatform.id;
import static dev.slipway.cli.fake.FakePlatform.object;
import static dev.slipway.cli.fake.FakePlatform.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.fake.FakePlatform.Needs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Deployments that go through a script: each connection to the progress of one plays the next part
 * of it, and the part that has the end sets the status that the deployment ends with.
 */
public final class FakeDeployments {
  public static final String GOOD_OPERATION = "01990000-0000-7000-8000-0000000000f0";
  public static final String BAD_OPERATION = "01990000-0000-7000-8000-0000000000f1";

  private final FakeApps apps;
  private final Map<String, ObjectNode> deployments = new ConcurrentSkipListMap<>();
  private final List<String> logLines = new CopyOnWriteArrayList<>();

  /** Names of the files of the last upload. */
  public volatile List<String> uploaded = List.of();

  public volatile String uploadMessage = "";

  /** How often a progress connection breaks before the end is told. */
  public volatile int breaks;

  /** The platform has no stream for deployments. */
  public volatile boolean noStream;

  public volatile String endsAs = "live";
  public volatile String operation = GOOD_OPERATION;
  public final List<String> resumedFrom = new CopyOnWriteArrayList<>();
  public volatile ObjectNode lastRollback = object();

  FakeDeployments(FakeApps apps) {
    this.apps = apps;
  }

  void routes(FakePlatform platform) {
    platform.on("POST", "/api/apps/{}/source-archives", Needs.TENANT, this::upload);
    platform.on("POST", "/api/apps/{}/deployments", Needs.TENANT, this::start);
    platform.on("GET", "/api/apps/{}/deployments/{}/progress", Needs.TENANT, this::progress);
    platform.on("GET", "/api/apps/{}/deployments", Needs.TENANT, this::list);
    platform.on("GET", "/api/deployments", Needs.TENANT, this::list);
    platform.on("GET", "/api/deployments/{}", Needs.TENANT, this::read);
    platform.on("GET", "/api/apps/{}/deployments/{}", Needs.TENANT, this::read);
    platform.on("GET", "/api/apps/{}/deployments/{}/logs", Needs.TENANT, this::log);
    platform.on("POST", "/api/apps/{}/rollback", Needs.TENANT, this::rollback);
    for (var verb : List.of("restart", "stop", "start")) {
      platform.on("POST", "/api/apps/{}/" + verb, Needs.TENANT, this::command);
    }
    platform.on("GET", "/api/operations/{}", Needs.TENANT, this::operation);
    platform.on("GET", "/api/operations/{}/steps", Needs.TENANT, this::steps);
  }

  private void upload(Call call) throws IOException {
    FakeApps.key(call);
    apps.app(call);
    uploadMessage = call.query("message").getOrDefault("message", "");
    if (!"application/gzip".equals(call.header("Content-Type"))) {
      throw new Refusal(415, "a gzipped tar is expected");
    }
    var names = new ArrayList<String>();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(call.body()));
        var tar = new TarArchiveInputStream(gzip)) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    uploaded = List.copyOf(names);
    var archive = object().put("id", id()).put("commit_sha", "c0ffee").put("files", names.size());
    call.answer(201, "archive", archive.put("size_bytes", call.body().length));
  }

  private void start(Call call) throws IOException {
    FakeApps.key(call);
    var body =
        call.json(
            "branch",
            "commit_sha",
            "image",
            "message",
            "force_rebuild",
            "server_id",
            "environment_id");
    if (!body.path("commit_sha").asText().equals("c0ffee")) {
      throw new Refusal(400, "no such commit", "commit_sha");
    }
    var made = add(apps.app(call));
    made.set("environment_id", body.path("environment_id"));
    call.answer(202, "deployment", made);
  }

  /** A deployment that nobody asked for over the API. */
  public ObjectNode add(ObjectNode app) {
    var deployment = object().put("id", id()).put("app_id", app.path("id").asText());
    deployment.put("status", "queued").put("trigger", "manual").put("commit_sha", "c0ffee");
    deployments.put(deployment.path("id").asText(), deployment);
    return deployment;
  }

  private ObjectNode deployment(String id) {
    var deployment = deployments.get(id);
    if (deployment == null) {
      throw new Refusal(404, "no such deployment");
    }
    return deployment;
  }

  private synchronized void progress(Call call) throws IOException {
    var deployment = deployment(call.path.get(1));
    if (noStream) {
      end(deployment);
      throw new Refusal(404, "no stream");
    }
    var last = call.header("Last-Event-ID");
    resumedFrom.add(last == null ? "" : last);
    var next = last == null ? 1 : Integer.parseInt(last.replace("p", "")) + 1;
    var willBreak = breaks-- > 0;
    try (var out = call.events(willBreak)) {
      event(out, "progress", next, "build", "running");
      logLines.add("log line " + next);
      if (willBreak) {
        out.write("id: p99\nevent: progress\ndata: {\"cut\"".getBytes(StandardCharsets.UTF_8));
        out.flush();
        call.exchange.close();
        return;
      }
      end(deployment);
      event(out, "done", next + 1, "done", endsAs.equals("live") ? "succeeded" : "failed");
    }
  }

  /** All that goes on is over. */
  public void endAll() {
    deployments.values().forEach(this::end);
  }

  private void end(ObjectNode deployment) {
    deployment.put("status", endsAs);
    if (endsAs.equals("live")) {
      var app = apps.apps.get(deployment.path("app_id").asText());
      app.put("primary_domain", "http://" + app.path("slug").asText() + ".localhost:9080");
    } else {
      deployment.put("error_message", "the health check got no answer");
    }
  }

  private static void event(OutputStream out, String name, int seq, String phase, String status)
      throws IOException {
    var data = object().put("seq", seq).put("phase", phase).put("status", status);
    data.put("message", phase + " " + seq);
    out.write(
        ": ping\nid: p%d\nevent: %s\ndata: %s\n\n"
            .formatted(seq, name, data)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void list(Call call) throws IOException {
    call.answer(200, page(call, "deployments", deployments.values()));
  }

  private void read(Call call) throws IOException {
    call.answer(200, "deployment", deployment(call.path.getLast()));
  }

  private void log(Call call) throws IOException {
    var deployment = deployment(call.path.get(1));
    var after = Integer.parseInt(call.query("cursor", "limit").getOrDefault("cursor", "0"));
    var answer = object().put("deployment_id", deployment.path("id").asText());
    var lines = answer.putArray("logs");
    for (var i = after; i < logLines.size(); i++) {
      lines
          .addObject()
          .put("sequence", i + 1)
          .put("phase", "build")
          .put("message", logLines.get(i));
    }
    call.answer(200, answer.put("status", deployment.path("status").asText()));
  }

  private void rollback(Call call) throws IOException {
    FakeApps.key(call);
    lastRollback = call.json("deployment_id", "environment", "reason");
    call.answer(202, "deployment", add(apps.app(call)).put("trigger", "rollback"));
  }

  private void command(Call call) throws IOException {
    FakeApps.key(call);
    apps.app(call);
    call.noBody();
    call.answer(202, object().put("operation_id", operation));
  }

  private void operation(Call call) throws IOException {
    var good = call.path.getFirst().equals(GOOD_OPERATION);
    var operation = object().put("id", call.path.getFirst()).put("type", "app.restart");
    operation.put("status", good ? "succeeded" : "failed");
    if (!good) {
      operation.put("error", "the server is offline");
    }
    call.answer(200, "operation", operation);
  }

  private void steps(Call call) throws IOException {
    var answer = object().put("operation_id", call.path.getFirst()).put("pruned", false);
    answer
        .putArray("steps")
        .addObject()
        .put("number", 1)
        .put("name", "stop")
        .put("status", "failed");
    call.answer(200, answer);
  }
}
