package dev.slipway.apps.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.Stage;
import dev.slipway.apps.TemplateVariable;
import dev.slipway.apps.TemplateVariable.Generator;
import dev.slipway.apps.resource.secret.LeasedSecret;
import dev.slipway.apps.service.runtime.ReleaseHookDraft;
import dev.slipway.apps.service.secret.SecretTemplateDraft;
import dev.slipway.apps.service.variable.EnvVarDraft;
import dev.slipway.apps.service.variable.EnvVarEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over projects, apps and variables. */
class ContractIT {
  static final String FILE =
      "version: 1\napp: {slug: filed, name: Filed}\nsource: {source_type: git}\n";

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
  Stream<DynamicNode> contract() {
    var owner = dev.slipway.testkit.TestPlatform.caller(TENANT, Role.OWNER);
    var web = feature.app(owner, "web");
    var app = web.id();
    var staging = feature.environment(owner, web, "Staging", Stage.STAGING).id();
    var live = feature.environment(owner, web, "Live", Stage.PRODUCTION).id();
    feature.environmentVariables.put(
        owner, staging, List.of(new EnvVarEntry("LEVEL", "debug", false, null, null)));
    var project = feature.project(owner, "shop").id();
    var draft = new EnvVarDraft("GREETING", "hello", false, List.of(), null, List.of());
    var variable = feature.variables.create(owner, app, draft).id();
    var secret = LeasedSecret.of(feature, owner, app);
    var shared = feature.projectVariables.create(owner, project, draft);
    var asked = new TemplateVariable("PASSWORD", null, null, true, true, Generator.PASSWORD);
    var template = new SecretTemplateDraft("Database", null, List.of(asked));
    feature.hooks.set(owner, app, new ReleaseHookDraft(List.of("./migrate up"), 300));
    return feature
        .platform
        .contract(TENANT)
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
        .body("apps.app.create", Map.of("name", "Web", "source_type", "git"))
        .body("apps.project-app.create", Map.of("name", "Shop", "source_type", "git"))
        .body("apps.file.plan", FILE.getBytes(StandardCharsets.UTF_8))
        .features("apps")
        .tests();
  }
}
