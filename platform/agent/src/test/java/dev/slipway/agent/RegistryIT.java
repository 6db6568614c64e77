package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.agent.host.TestEngine;
import dev.slipway.agent.host.TestRegistry;
import dev.slipway.proto.agent.v1.CommandType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of a private registry, by a real one and a real engine; skipped without them. */
class RegistryIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WRONG = "tok-Wrong-87654321";

  private final String slug = "reg-" + Long.toString(System.nanoTime(), 36);
  private final List<String> containers = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @TempDir Path folder;
  private Map<String, String> engine;
  private TestRegistry registry;
  private FakeControlPlane plane;
  private AgentProgram agent;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.settings("RegistryIT");
    registry =
        TestRegistry.required("RegistryIT", engine.get("DOCKER_HOST"), folder.resolve("registry"));
    plane = FakeControlPlane.start();
    agent = AgentProgram.start(folder.resolve("data"), plane.port(), engine);
  }

  @AfterEach
  void stop() throws Exception {
    if (plane != null) {
      for (var name : containers) {
        plane
            .send(CommandType.COMMAND_TYPE_APP_STOP, json(Map.of("container_name", name)))
            .await(Duration.ofSeconds(60));
      }
      plane.done(CommandType.COMMAND_TYPE_APP_CLEANUP, json(Map.of("app_slug", slug)));
      agent.close();
      plane.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  private static String json(Map<String, ?> payload) throws Exception {
    return JSON.writeValueAsString(payload);
  }

  private List<Map<String, String>> login(String password) {
    return List.of(
        Map.of("host", "registry.example.com", "username", "other", "password", "tok-Other-1234"),
        Map.of("host", registry.host(), "username", TestRegistry.USER, "password", password));
  }

  private String image() {
    return registry.host() + "/team/" + slug + ":1";
  }

  private SentCommand.Result build(String tag, String dockerfile, List<Map<String, String>> logins)
      throws Exception {
    var repository = SampleRepository.create(folder.resolve("repository-" + System.nanoTime()));
    repository.place(TestEngine.BUSYBOX, "busybox");
    repository.commit(Map.of("Dockerfile", dockerfile));
    var clone =
        plane.done(CommandType.COMMAND_TYPE_APP_CLONE, json(Map.of("repo_url", repository.url())));
    return kept(
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_BUILD,
                json(
                    Map.of(
                        "image_tag",
                        tag,
                        "clone_dir",
                        clone,
                        "app_slug",
                        slug,
                        "registry_logins",
                        logins)))
            .await(Duration.ofSeconds(120)));
  }

  private SentCommand.Result deploy(String number, List<Map<String, String>> logins)
      throws Exception {
    var name = "deploy-app-" + slug + "-" + number;
    containers.add(name);
    return kept(
        plane
            .send(
                CommandType.COMMAND_TYPE_APP_DEPLOY,
                json(
                    Map.of(
                        "container_name",
                        name,
                        "image_tag",
                        image(),
                        "override_cmd",
                        "exec sleep 3600",
                        "registry_logins",
                        logins)))
            .await(Duration.ofSeconds(120)));
  }

  private SentCommand.Result kept(SentCommand.Result result) {
    said.add(result.output());
    said.add(result.progress());
    return result;
  }

  private void pushed() throws Exception {
    assertThat(build(image(), TestEngine.FROM_BUSYBOX, List.of()).status()).isEqualTo("completed");
    registry.push(image());
  }

  private void nothingSaidAPassword() {
    plane.logs.forEach(entry -> said.add(entry.toString()));
    said.add(agent.output());
    var login = TestRegistry.USER + ":";
    for (var secret : List.of(TestRegistry.PASSWORD, WRONG, "tok-Other-1234")) {
      var encoded = Base64.getEncoder().encodeToString((login + secret).getBytes());
      assertThat(said).noneMatch(text -> text.contains(secret) || text.contains(encoded));
    }
  }

  @Test
  void onlyTheRightPasswordStartsAPrivateImage() throws Exception {
    pushed();
    assertThat(deploy("1", login(TestRegistry.PASSWORD)).status()).isEqualTo("completed");

    var wrong = deploy("2", login(WRONG));
    assertThat(wrong.status()).isEqualTo("failed");
    assertThat(wrong.output())
        .startsWith(
            "the registry " + registry.host() + " refuses the credentials that are kept for it: ");
    var none = deploy("3", List.of());
    assertThat(none.status()).isEqualTo("failed");
    assertThat(none.output())
        .startsWith(
            "the registry "
                + registry.host()
                + " asks for credentials, and none are kept for it: ");

    registry.stop();
    var away = deploy("4", login(TestRegistry.PASSWORD));
    assertThat(away.status()).isEqualTo("failed");
    assertThat(away.output()).startsWith("the registry " + registry.host() + " does not answer: ");
    Await.until(
        "the first one runs on, alone",
        () ->
            plane.lastHeartbeat().getContainersList().stream()
                .filter(each -> each.getName().startsWith("deploy-app-" + slug))
                .map(each -> each.getName() + " " + each.getStatus())
                .toList()
                .equals(List.of("deploy-app-" + slug + "-1 running")));
    registry.forget(image());
    nothingSaidAPassword();
  }

  @Test
  void aBuildBeginsWithAPrivateImage() throws Exception {
    pushed();
    var dockerfile = "FROM " + image() + "\nRUN echo built on top\n";
    var tag = "deploy-app-" + slug + ":top";
    var wrong = build(tag, dockerfile, login(WRONG));
    assertThat(wrong.status()).isEqualTo("failed");
    assertThat(wrong.output())
        .startsWith("the build failed: ")
        .containsAnyOf("unauthorized", "no basic auth credentials");
    assertThat(build(tag, dockerfile, List.of()).status()).isEqualTo("failed");
    var right = build(tag, dockerfile, login(TestRegistry.PASSWORD));
    assertThat(right.output()).isEqualTo("Build complete: " + tag);
    assertThat(right.progress()).contains("built on top");
    registry.forget(image());
    registry.stop();
    var away = build(tag, dockerfile + "RUN echo anew\n", login(TestRegistry.PASSWORD));
    assertThat(away.status()).isEqualTo("failed");
    assertThat(away.output()).contains("connection refused");
    nothingSaidAPassword();
  }
}
