package dev.slipway.logs;

import dev.slipway.activity.service.OperationService;
import dev.slipway.activity.store.OperationStore;
import dev.slipway.api.Role;
import dev.slipway.apps.App;
import dev.slipway.apps.SourceType;
import dev.slipway.apps.service.app.AppDeletion;
import dev.slipway.apps.service.app.AppDraft;
import dev.slipway.apps.service.app.AppService;
import dev.slipway.apps.service.app.PublishedApps;
import dev.slipway.data.Database;
import dev.slipway.fleet.Server;
import dev.slipway.fleet.service.placement.PublishedServers;
import dev.slipway.logs.service.LogIntake;
import dev.slipway.logs.service.LogService;
import dev.slipway.logs.store.LineStore;
import dev.slipway.testkit.TestPlatform;
import java.util.UUID;

/** The feature on a real platform, with the real apps beside it. */
public final class LogsPlatform implements AutoCloseable {
  public final TestPlatform platform = TestPlatform.start();
  public final Database database = platform.database("logs", LogLine.class.getClassLoader());
  public final LineStore lines = new LineStore(database, platform.signals(), platform.json());
  public final LogIntake intake = new LogIntake(lines);
  public final LogService service;
  private final AppService apps;

  public LogsPlatform() {
    var activity = platform.database("activity", OperationService.class.getClassLoader());
    var operations =
        new OperationService(activity, new OperationStore(activity), platform.events());
    var db = platform.database("apps", App.class.getClassLoader());
    var fleet = platform.database("fleet", Server.class.getClassLoader());
    var servers = new PublishedServers(fleet);
    apps = new AppService(db, platform.events(), servers);
    var deletion = new AppDeletion(db, platform.events(), operations);
    service =
        new LogService(
            lines,
            new PublishedApps(db, platform.events(), platform.secrets(), deletion),
            platform.secrets());
  }

  /** Makes an app. */
  public UUID app(UUID tenantId, String name) {
    var draft =
        new AppDraft(
            name,
            null,
            SourceType.GIT,
            null,
            null,
            "main",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            3000,
            "/",
            1);
    return apps.create(TestPlatform.caller(tenantId, Role.OWNER), draft, null, null).id();
  }

  @Override
  public void close() throws Exception {
    platform.close();
  }
}
