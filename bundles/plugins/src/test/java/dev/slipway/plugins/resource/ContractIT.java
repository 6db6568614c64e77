package dev.slipway.plugins.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.console.service.Frames;
import dev.slipway.plugins.page.AdminPages;
import dev.slipway.plugins.service.Trials;
import dev.slipway.testkit.TestPlatform;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What every operation promises, over plugins. */
class ContractIT {
  static TestPlatform platform;
  static final KnownPlugins REGISTRY = new KnownPlugins();
  static final Trials TRIALS = new Trials(REGISTRY, new KnownOfferings("example"));
  static final KnownKeys TRUST = new KnownKeys();

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(
        new PluginResource(REGISTRY, platform.events()), new PluginSettingsResource(REGISTRY));
    platform.register(new PluginTrustResource(TRUST), new PluginPermissionResource(REGISTRY));
    platform.register(
        new PluginOutlookResource(REGISTRY),
        new PluginOfferingResource(TRIALS),
        new PluginPageResource(REGISTRY, platform.json(), new AdminPages(), TRIALS, new Frames()));
    REGISTRY.add(KnownPlugins.plugin("example", Kind.PLUGIN, State.ACTIVE));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @TestFactory
  Stream<DynamicNode> contract() {
    // Changes of the registry are audited where they are stored, in the plugin host.
    return platform
        .contract(Ids.next())
        .withoutAudit()
        .object("/api/admin/plugins/{pluginId}", "example")
        .object("/api/admin/plugins/{pluginId}/offerings/{point}", "notification-channel")
        .object("/api/admin/plugins/{pluginId}/offerings/{point}/{key}", "list")
        .object("/console/plugins/detail/{pluginId}", "example")
        .features("plugins")
        .tests();
  }
}
