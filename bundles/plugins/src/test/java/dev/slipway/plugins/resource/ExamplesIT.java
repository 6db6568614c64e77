package dev.slipway.plugins.resource;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.api.event.DomainEvent;
import dev.slipway.api.plugin.PluginInfo.Kind;
import dev.slipway.api.plugin.PluginInfo.State;
import dev.slipway.console.service.Frames;
import dev.slipway.events.EventLog;
import dev.slipway.plugins.page.AdminPages;
import dev.slipway.plugins.service.Trials;
import dev.slipway.testkit.TestPlatform;
import dev.slipway.testkit.contract.Live;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The examples of the reference, over plugins. */
class ExamplesIT {
  private static final byte[] BUNDLE = "PK\u0003\u0004".getBytes(StandardCharsets.UTF_8);

  static TestPlatform platform;
  static final KnownPlugins REGISTRY = new KnownPlugins();
  static final Trials TRIALS = new Trials(REGISTRY, new KnownOfferings("example"));
  static final KnownKeys TRUST = new KnownKeys();

  @BeforeAll
  static void start() {
    platform = TestPlatform.start();
    platform.register(
        new PluginResource(REGISTRY, platform.events()),
        new PluginSettingsResource(REGISTRY),
        new PluginTrustResource(TRUST),
        new PluginPermissionResource(REGISTRY),
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
  Stream<DynamicNode> examples() {
    return platform
        .examples(Ids.next(), "plugins")
        .object("/api/admin/plugins/{pluginId}", "example")
        .object("/api/admin/plugins/{pluginId}/offerings/{point}", "notification-channel")
        .object("/api/admin/plugins/{pluginId}/offerings/{point}/{key}", "list")
        .object("/console/plugins/detail/{pluginId}", "example")
        .live("plugins.outlook.create", () -> Live.asWritten().body(BUNDLE))
        .live("plugins.key.revoke", () -> Live.value("keyId", key()))
        .live("plugins.key.delete", () -> Live.value("keyId", key()))
        .live("plugins.file.reinstate", () -> Live.value("digest", revokedFile()))
        .live("plugins.plugin.stream", ExamplesIT::happened)
        .live("plugins.plugin.install", () -> Live.asWritten().body(BUNDLE))
        .live("plugins.plugin.update", () -> Live.asWritten().body(BUNDLE))
        .tests();
  }

  private static String key() {
    return TRUST.trust(TestPlatform.caller(Ids.next(), Role.OWNER), "Example", "a-key").id();
  }

  private static String revokedFile() {
    var digest = "ab".repeat(32);
    TRUST.revokeFile(TestPlatform.caller(Ids.next(), Role.OWNER), digest, "withdrawn");
    return digest;
  }

  /** Something that a stream from before it has to tell. */
  private static Live happened() {
    var scope = Scope.platform("the test tells of a plugin");
    var before = platform.events().now(scope);
    platform
        .database("events", EventLog.class.getClassLoader())
        .run(scope, () -> platform.events().publish(new Enabled("example", "1.0.0")));
    return Live.value("Last-Event-ID", before);
  }

  /** As the plugin host says it. */
  private record Enabled(String pluginId, String version) implements DomainEvent {
    @Override
    public String type() {
      return "plugins.plugin.enabled";
    }

    @Override
    public @Nullable UUID tenantId() {
      return null;
    }

    @Override
    public UUID subjectId() {
      return new UUID(0, 1);
    }
  }
}
