package dev.slipway.apps.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.apps.AppsPlatform;
import dev.slipway.apps.service.EnvVarDraft;
import dev.slipway.testkit.TestPlatform;
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
  Stream<DynamicNode> examples() {
    var owner = TestPlatform.caller(TENANT, Role.OWNER);
    var app = feature.app(owner, "blog").id();
    var project = feature.project(owner, "shop").id();
    var draft = new EnvVarDraft("GREETING", "hello", false, List.of(), null);
    var variable = feature.variables.create(owner, app, draft).id();
    return feature
        .platform
        .examples(TENANT, "apps")
        .object("/api/apps/{id}", app)
        .object("/api/apps/{id}/env-vars/{id}", variable)
        .object("/api/projects/{id}", project)
        .tests();
  }
}
