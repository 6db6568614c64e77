package dev.slipway.apps.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.service.EnvVarDraft;
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
  static AppsPlatform feature;
  static final UUID TENANT = Ids.next();

  @BeforeAll
  static void start() {
    feature = new AppsPlatform();
    feature.platform.register(
        new AppResource(feature.apps, feature.deletion),
        new EnvVarResource(feature.variables),
        new ProjectAppResource(feature.apps),
        new ProjectResource(feature.projects));
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    var owner = dev.slipway.testkit.TestPlatform.caller(TENANT, Role.OWNER);
    var app = feature.app(owner, "web").id();
    var project = feature.project(owner, "shop").id();
    var draft = new EnvVarDraft("GREETING", "hello", false, List.of(), null);
    var variable = feature.variables.create(owner, app, draft).id();
    return feature
        .platform
        .contract(TENANT)
        .object("/api/apps/{id}", app)
        .object("/api/apps/{id}/env-vars/{id}", variable)
        .object("/api/projects/{id}", project)
        .body("apps.app.create", Map.of("name", "Web", "source_type", "git"))
        .body("apps.project-app.create", Map.of("name", "Shop", "source_type", "git"))
        .features("apps")
        .tests();
  }
}
