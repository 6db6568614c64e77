package dev.slipway.apps.service.environment;

import static dev.slipway.apps.AppsPlatform.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Environment;
import dev.slipway.apps.EnvironmentFigures;
import dev.slipway.apps.EnvironmentStatus;
import dev.slipway.apps.Phase;
import dev.slipway.apps.Stage;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.apps.service.variable.ProjectVariables;
import dev.slipway.testkit.TestPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishedEnvironmentsIT {
  static AppsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final Scope elsewhere = Scope.tenant(Ids.next());
  final Caller caller = TestPlatform.caller(tenant, Role.USER);
  UUID project;
  App app;
  Environment live;

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @BeforeEach
  void anEnvironment() {
    project = feature.project(caller, "P").id();
    app = feature.apps.create(caller, AppsPlatform.settings("app", project), null, null);
    live = feature.environment(caller, app, "Live", Stage.PRODUCTION);
  }

  @Test
  void findsEnvironmentsOfTheScopeOnly() {
    assertThat(feature.publishedEnvironments.require(scope, live.id())).isEqualTo(live);
    assertThat(feature.publishedEnvironments.ofApp(scope, app.id())).containsExactly(live);
    assertThat(feature.publishedEnvironments.find(elsewhere, live.id())).isEmpty();
    assertThat(feature.publishedEnvironments.ofApp(elsewhere, app.id())).isEmpty();
    assertThat(refusal(() -> feature.publishedEnvironments.require(elsewhere, live.id())))
        .isEqualTo(AppsError.ENVIRONMENT_NOT_FOUND);
    assertThat(refusal(() -> feature.publishedEnvironments.variables(elsewhere, live.id())))
        .isEqualTo(AppsError.ENVIRONMENT_NOT_FOUND);
  }

  void ofApp(String key, String value, boolean secret, Phase... phases) {
    feature.variables.create(
        caller, app.id(), new EnvVarDraft(key, value, secret, List.of(), null, List.of(phases)));
  }

  @Test
  void aRunGetsAllThreeLayersOfItsStage() {
    ProjectVariables.add(feature, caller, project, "PROJECT", "project");
    ProjectVariables.add(feature, caller, project, "ALL", "project");
    ProjectVariables.add(feature, caller, project, "TRIAL", "project", Stage.PREVIEW);
    ofApp("APP", "app", false);
    ofApp("ALL", "app", false);
    var secret = "correct-horse-" + Ids.next();
    feature.environmentVariables.put(
        caller, live.id(), List.of(new EnvVarEntry("ALL", secret, true, null, null)));

    var run = feature.publishedEnvironments.variables(scope, live.id());
    assertThat(run.values())
        .containsOnly(entry("PROJECT", "project"), entry("APP", "app"), entry("ALL", secret));
    assertThat(run.secrets()).containsExactly("ALL");
    assertThat(run.build()).containsOnly(entry("PROJECT", "project"), entry("APP", "app"));
    assertThat(run.toString()).doesNotContain(secret);
    assertThat(feature.platform.secrets().mask("it is " + secret)).doesNotContain(secret);

    var preview = feature.environment(caller, app, "Preview", Stage.PREVIEW);
    assertThat(feature.publishedEnvironments.variables(scope, preview.id()).values())
        .containsOnly(
            entry("PROJECT", "project"),
            entry("APP", "app"),
            entry("ALL", "app"),
            entry("TRIAL", "project"));
  }

  @Test
  void buildAndRunGetTheirOwnVariables() {
    ofApp("BOTH", "1", false);
    ofApp("BUILD", "2", false, Phase.BUILD);
    ofApp("RUN", "3", false, Phase.RUN);
    ofApp("SECRET", "a-secret-for-the-run", true);
    var run = feature.publishedEnvironments.variables(scope, live.id());
    assertThat(run.values()).containsOnlyKeys("BOTH", "RUN", "SECRET");
    assertThat(run.build()).containsOnlyKeys("BOTH", "BUILD");
    var outside = feature.published.environment(scope, app.id(), Stage.PRODUCTION);
    assertThat(outside).as("outside of any environment").isEqualTo(run);
  }

  @Test
  void followsADeployment() {
    var deployment = Ids.next();
    assertThat(change(EnvironmentStatus.DEPLOYING, null)).isTrue();
    assertThat(
            refusal(
                () ->
                    feature.environments.delete(
                        caller, app.id(), live.id(), new IfMatch(null), VolumeFate.KEEP)))
        .isEqualTo(AppsError.ENVIRONMENT_BUSY);
    assertThat(change(EnvironmentStatus.RUNNING, deployment)).isTrue();
    assertThat(change(EnvironmentStatus.RUNNING, deployment)).isTrue();
    var now = feature.publishedEnvironments.require(scope, live.id());
    assertThat(now.currentDeploymentId()).isEqualTo(deployment);
    assertThat(now.version()).isEqualTo(3);
    assertThat(feature.types(caller, app.id()))
        .containsExactly(
            "apps.app.created",
            "apps.environment.created",
            "apps.environment.status_changed",
            "apps.environment.status_changed");
  }

  boolean change(EnvironmentStatus status, UUID deployment) {
    return feature.publishedEnvironments.statusChanged(scope, live.id(), status, deployment);
  }

  @Test
  void refusesAStateThatCanNotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> change(EnvironmentStatus.RUNNING, null));
    assertThat(
            feature.publishedEnvironments.statusChanged(
                elsewhere, live.id(), EnvironmentStatus.DEPLOYING, null))
        .isFalse();
    assertThat(feature.publishedEnvironments.require(scope, live.id())).isEqualTo(live);
  }

  @Test
  void isTheFirstToSayWhereAnEnvironmentRuns() {
    var server = feature.servers.add(tenant);
    assertThat(feature.publishedEnvironments.placed(scope, live.id(), server)).isTrue();
    assertThat(feature.publishedEnvironments.placed(scope, live.id(), server)).isTrue();
    assertThat(feature.publishedEnvironments.placed(elsewhere, live.id(), server)).isFalse();
    var placed = feature.publishedEnvironments.require(scope, live.id());
    assertThat(placed.serverId()).isEqualTo(server);
    assertThat(placed.version()).isEqualTo(2);
    var workloads = new AppsOnServers(feature.database, feature.platform.events());
    assertThat(workloads.serversOf(scope, app.id())).containsExactly(server);
    var next = feature.servers.add(tenant);
    workloads.move(scope, server, next);
    assertThat(feature.publishedEnvironments.require(scope, live.id()).serverId()).isEqualTo(next);
  }

  @Test
  void environmentsAndTheirVariablesGoWithTheirApp() {
    feature.environmentVariables.put(
        caller, live.id(), List.of(new EnvVarEntry("A", "1", null, null, null)));
    feature.deletion.request(caller, app.id(), new IfMatch(null), VolumeFate.KEEP);
    assertThat(feature.publishedEnvironments.find(scope, live.id())).isEmpty();
  }

  @Test
  void theGraphShowsWhatOthersCount() {
    var staging = feature.environment(caller, app, "Staging", Stage.STAGING);
    var at = Instant.parse("2026-01-01T00:00:00Z");
    var figures = new Counted(live.id(), at);
    feature.graph.addSource(figures);
    try {
      var graph = feature.graph.of(caller);
      assertThat(graph.nodes()).hasSize(2);
      assertThat(graph.countsOf(live.id()).get("1h").deployments()).isEqualTo(1);
      assertThat(graph.countsOf(live.id()).get("7d").deployments()).isEqualTo(168);
      assertThat(graph.countsOf(staging.id()).get("1h").deployments()).isNull();
      assertThat(graph.promotionInto(live.id()).at()).isEqualTo(at);
      assertThat(graph.promotionInto(staging.id())).isNull();
    } finally {
      feature.graph.removeSource(figures);
    }
  }

  /** Counts a deployment an hour of one environment. */
  record Counted(UUID environment, Instant at) implements EnvironmentFigures {
    @Override
    public Map<UUID, Counts> within(Scope scope, Collection<UUID> environments, Duration time) {
      var hours = Math.toIntExact(time.toHours());
      return Map.of(environment, new Counts(null, null, null, hours, 0));
    }

    @Override
    public Map<UUID, Promotion> promotions(Scope scope, Collection<UUID> environments) {
      return Map.of(environment, new Promotion(Ids.next(), at, null));
    }
  }
}
