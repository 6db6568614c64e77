package dev.slipway.apps.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Stage;
import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.resource.secret.LeasedSecret;
import dev.slipway.apps.service.environment.EnvironmentDraft;
import dev.slipway.apps.service.runtime.ReleaseHookDraft;
import dev.slipway.apps.service.secret.SecretTemplateDraft;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarEntry;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.testkit.contract.Live;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over projects, apps and variables. */
class ExamplesIT {
  static AppsPlatform feature;
  static final UUID TENANT = Ids.next();

  @BeforeAll
  static void start() {
    feature = AllResources.start();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> examples() {
    var owner = TestPlatform.caller(TENANT, Role.OWNER);
    var web = feature.app(owner, "blog");
    var app = web.id();
    var staging = feature.environment(owner, web, "Staging", Stage.STAGING).id();
    var after = new EnvironmentDraft("Live", Stage.PRODUCTION, null, null, false, staging, false);
    var live = feature.environments.create(owner, app, after, null).id();
    feature.environmentVariables.put(
        owner, staging, List.of(new EnvVarEntry("LEVEL", "debug", false, null, null)));
    var project = feature.project(owner, "shop").id();
    var draft = new EnvVarDraft("GREETING", "hello", false, List.of(), null, List.of());
    var variable = feature.variables.create(owner, app, draft).id();
    feature.variables.reveal(owner, app, variable, "example");
    var secret = LeasedSecret.of(feature, owner, app);
    var shared = feature.projectVariables.create(owner, project, draft);
    var asked = new TemplateVariable("PASSWORD", null, null, true, true, Generator.PASSWORD);
    var template = new SecretTemplateDraft("Database", null, List.of(asked));
    feature.hooks.set(owner, app, new ReleaseHookDraft(List.of("./migrate up"), 300));
    return feature
        .platform
        .examples(TENANT, "apps")
        .object("/api/apps/{id}", app)
        .object("/api/apps/{id}/env-vars/{id}", variable)
        .object("/api/apps/{id}/environments/{id}", live)
        .object(
            "/api/apps/{id}/volumes/{id}", feature.volumes.create(owner, app, "data", "/data").id())
        .object(
            "/api/apps/{id}/processes/{id}",
            feature.processes.put(owner, app, "worker", "bin/worker", 2).name())
        .object("/api/environments/{id}", staging)
        .object("/api/environments/{id}/env-vars/{id}", "LEVEL")
        .object(
            "/api/registry-credentials/{id}",
            feature.registries.create(owner, "registry.example.com", "robot", "tok-12345678").id())
        .object("/api/secret-templates/{id}", feature.templates.create(owner, template).id())
        .object("/api/env-vars/{id}", secret.id())
        .object("/api/env-vars/{id}/versions/{id}", secret.first())
        .object("/api/env-vars/{id}/leases/{id}", secret.lease())
        .object("/api/projects/{id}", project)
        .object("/api/projects/{id}/env-vars/{id}", shared.id())
        .live("apps.project-app.link", () -> Live.value("app_id", app))
        .unproven("apps.project-service.link", "no feature brings services yet")
        .live("apps.project-env-var.delete", () -> Live.value("key", "GREETING"))
        .live("apps.environment-variable.clone", () -> Live.value("source_environment_id", live))
        .live("apps.file.plan", () -> Live.asWritten().body(file(owner, app)))
        .live("apps.file.apply", () -> planned(owner, app))
        .tests();
  }

  private static byte[] file(Caller owner, UUID app) {
    var file = feature.files.export(owner, app).replaceFirst("replicas: \\d+", "replicas: 7");
    return file.getBytes(StandardCharsets.UTF_8);
  }

  private static Live planned(Caller owner, UUID app) {
    var file = file(owner, app);
    return Live.value("fingerprint", feature.files.plan(owner, file).fingerprint()).body(file);
  }
}
