package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.apps.file.AppFiles;
import dev.slipway.apps.resource.file.AppFileResource;
import dev.slipway.apps.resource.file.EnvironmentsPart;
import dev.slipway.apps.resource.file.LimitsPart;
import dev.slipway.apps.resource.file.ProcessesPart;
import dev.slipway.apps.resource.file.RegistriesPart;
import dev.slipway.apps.resource.file.ReleasePart;
import dev.slipway.apps.resource.file.RotationPart;
import dev.slipway.apps.resource.file.SettingsPart;
import dev.slipway.apps.resource.file.VariablesPart;
import dev.slipway.apps.resource.file.VolumesPart;
import dev.slipway.apps.service.app.AppService;
import dev.slipway.apps.service.environment.EnvironmentService;
import dev.slipway.apps.service.runtime.RuntimeService;
import dev.slipway.apps.service.secret.RotationService;
import dev.slipway.apps.service.variable.EnvVarService;
import dev.slipway.apps.service.variable.EnvironmentVariableService;
import dev.slipway.deployments.resource.rollout.RolloutPart;
import dev.slipway.deployments.resource.settings.DeployPart;
import dev.slipway.deployments.service.Places;
import dev.slipway.deployments.service.rollout.RolloutService;
import dev.slipway.deployments.service.settings.SettingsService;
import dev.slipway.fleet.service.placement.PublishedServers;
import dev.slipway.testkit.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file that describes an app, with the sections of deployments. */
class AppFileIT {
  private static final Path DOCS = Path.of("../../platform/docs/apps-as-code.md");
  private static final ClassLoader LOADER = AppFileIT.class.getClassLoader();

  static TestDeployments test;

  @BeforeAll
  static void start() {
    test = new TestDeployments();
    test.platform.register(new AppFileResource(files()));
  }

  @AfterAll
  static void stop() throws Exception {
    test.close();
  }

  private static AppFiles files() {
    var platform = test.platform;
    var events = platform.events();
    var json = platform.json();
    var secrets = platform.secrets();
    var rows = platform.database("apps", LOADER);
    var servers = new PublishedServers(platform.database("fleet", LOADER));
    var places = new Places(test.apps, test.environments);
    var first = new SettingsPart(new AppService(rows, events, servers), json);
    var made = new AppFiles(rows, first, json, platform.schemas());
    made.addPart(first);
    made.addPart(new LimitsPart(new RuntimeService(rows, events), json));
    made.addPart(new ReleasePart(test.hooks, json));
    var variables = new EnvVarService(rows, events, secrets);
    var environments = new EnvironmentService(rows, events, servers);
    var overrides = new EnvironmentVariableService(rows, events, secrets);
    made.addPart(new VariablesPart(variables, json));
    made.addPart(new EnvironmentsPart(environments, overrides, json));
    made.addPart(new VolumesPart(test.volumes));
    made.addPart(new ProcessesPart(test.processes, json));
    made.addPart(
        new RotationPart(
            new RotationService(rows, events, secrets), variables, environments, overrides, json));
    made.addPart(new RegistriesPart(test.registries));
    made.addPart(
        new DeployPart(
            new SettingsService(test.database, places, events), test.environments, json));
    made.addPart(new RolloutPart(new RolloutService(test.database, test.apps, events), json));
    return made;
  }

  static Answer send(String path, String file) {
    return test.user.send("POST", path, file.getBytes(StandardCharsets.UTF_8), "application/yaml");
  }

  static JsonNode planned(String file) {
    return expect(200, send("/api/apps/plan", file)).json();
  }

  static Answer apply(String file) {
    return send("/api/apps/apply?fingerprint=" + planned(file).path("fingerprint").asText(), file);
  }

  static List<String> changes(JsonNode answer) {
    var changes = new ArrayList<String>();
    answer
        .path("changes")
        .forEach(
            change ->
                changes.add(change.path("action").asText() + " " + change.path("path").asText()));
    return changes;
  }

  static String file(String slug, String sections) {
    return "version: 1\napp: {slug: "
        + slug
        + ", name: Shop}\nsource: {source_type: git}\n"
        + sections;
  }

  /** The example of the guide. */
  static String example() throws IOException {
    var text = Files.readString(DOCS);
    var from = text.indexOf("```yaml\n") + "```yaml\n".length();
    return text.substring(from, text.indexOf("```\n", from));
  }

  @Test
  void theExampleOfTheGuideIsAppliedAndThenChangesNothing() throws Exception {
    var plan = planned(example());
    assertThat(plan.path("conflicts")).isEmpty();
    var applied = expect(200, apply(example()));
    var app = "/api/apps/" + applied.at("/app_id");
    assertThat(applied.at("/values_needed/0")).isEqualTo("variables.DATABASE_URL");
    assertThat(changes(planned(example()))).isEmpty();
    var settings = test.user.get(app + "/deployment-settings");
    assertThat(settings.at("/settings/include_paths/0")).isEqualTo("src/**");
    assertThat(settings.at("/settings/concurrency")).isEqualTo("cancel_previous");
    assertThat(settings.at("/settings/default_environment_id"))
        .isEqualTo(test.user.get(app + "/environments").at("/environments/0/id"));
    var rollout = test.user.get(app + "/rollout-policy");
    assertThat(rollout.at("/rollout_policy/strategy")).isEqualTo("canary");
    assertThat(rollout.at("/rollout_policy/steps/1/weight_percent")).isEqualTo("50");
    assertThat(rollout.at("/rollout_policy/bake_seconds")).as("the default").isEqualTo("300");
    var exported = test.user.get(app + "/export").text();
    assertThat(changes(planned(exported))).isEmpty();
    assertThat(exported).contains("default_environment: staging").contains("strategy: canary");
  }

  @Test
  void aPolicyComesChangesAndGoes() {
    var id = expect(200, apply(file("policy", "rollout: {strategy: blue_green}\n"))).at("/app_id");
    var canary = "rollout:\n  strategy: canary\n  steps: [{weight_percent: 5, pause_seconds: 0}]\n";
    assertThat(changes(apply(file("policy", canary)).json()))
        .containsExactly("change rollout.strategy", "change rollout.steps");
    assertThat(changes(apply(file("policy", "rollout: {strategy: none}\n")).json()))
        .contains("change rollout.strategy", "remove rollout.steps");
    assertThat(test.user.get("/api/apps/" + id + "/rollout-policy").status()).isEqualTo(404);
  }

  @Test
  void sectionsAreRefusedAsTheirOperationsRefuse() {
    expect(200, apply(file("refused", "")));
    var sinking =
        "rollout:\n  strategy: canary\n  steps:\n"
            + "    - {weight_percent: 50, pause_seconds: 1}\n"
            + "    - {weight_percent: 10, pause_seconds: 1}\n";
    var refused =
        send("/api/apps/plan", file("refused", sinking + "deploy: {default_branch: a b}\n"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .as("of both sections at once")
        .containsExactlyInAnyOrder("rollout.steps", "deploy.default_branch");
    var shape =
        file("refused", "deploy: {include_paths: [/etc], colour: red, concurrency: maybe}\n");
    assertThat(send("/api/apps/plan", shape).fields())
        .containsExactlyInAnyOrder("deploy.include_paths.0", "deploy.colour", "deploy.concurrency");
    var nowhere = planned(file("refused", "deploy: {default_environment: nowhere}\n"));
    assertThat(nowhere.at("/conflicts/0/path").asText()).isEqualTo("deploy.default_environment");
  }

  @Test
  void aChangeOfAnySectionIsDrift() {
    var id = expect(200, apply(file("drift", "deploy: {auto_deploy: true}\n"))).at("/app_id");
    var wanted = file("drift", "deploy: {auto_deploy: true, keep_deployments: 3}\n");
    var seen = planned(wanted).path("fingerprint").asText();
    expect(
        200,
        test.user.patch("/api/apps/" + id + "/deployment-settings", Map.of("auto_deploy", false)));
    var late = send("/api/apps/apply?fingerprint=" + seen, wanted);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.at("/code")).isEqualTo("apps.file.drifted");
    assertThat(changes(planned(wanted)))
        .containsExactly("change deploy.auto_deploy", "change deploy.keep_deployments");
  }

  /** Whoever comes second finds another state than the one that was planned for. */
  @Test
  void ofManyAtOnceOneIsApplied() {
    expect(200, apply(file("race", "")));
    var seen = planned(file("race", "")).path("fingerprint").asText();
    var answers =
        IntStream.range(0, 8)
            .mapToObj(
                number ->
                    CompletableFuture.supplyAsync(
                        () ->
                            send(
                                    "/api/apps/apply?fingerprint=" + seen,
                                    file(
                                        "race",
                                        "deploy: {keep_deployments: " + (20 + number) + "}\n"))
                                .status()))
            .toList();
    assertThat(answers.stream().map(answer -> answer.orTimeout(60, TimeUnit.SECONDS).join()))
        .containsOnly(200, 409)
        .containsOnlyOnce(200);
  }

  @Test
  void theSchemaHasTheBoundsOfTheOperations() {
    var file = test.platform.anonymous().get("/api/apps/file-schema").json();
    var document = test.platform.anonymous().get("/api/docs/openapi.json").json();
    same(file, "deploy", document, "/api/apps/{appId}/deployment-settings", "patch");
    same(file, "rollout", document, "/api/apps/{appId}/rollout-policy", "post");
  }

  private static void same(
      JsonNode file, String section, JsonNode document, String path, String method) {
    var body =
        document
            .path("paths")
            .path(path)
            .path(method)
            .at("/requestBody/content/application~1json/schema/$ref");
    var known = document.at(body.asText().substring(1)).path("properties");
    var properties = file.path("properties").path(section).path("properties");
    assertThat(properties).isNotEmpty();
    for (var member : properties.properties()) {
      var there = known.path(member.getKey());
      for (var bound : List.of("minimum", "maximum", "minLength", "maxLength", "maxItems")) {
        if (there.has(bound)) {
          assertThat(member.getValue().path(bound).decimalValue())
              .as(section + "." + member.getKey() + " " + bound)
              .isEqualByComparingTo(there.path(bound).decimalValue());
        }
      }
      if (there.has("enum") && !member.getKey().equals("strategy")) {
        assertThat(member.getValue().path("enum")).isEqualTo(there.path("enum"));
      }
    }
  }
}
