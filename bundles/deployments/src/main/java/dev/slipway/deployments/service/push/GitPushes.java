package dev.slipway.deployments.service.push;

import dev.slipway.api.Caller;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.SourceType;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.PushError;
import dev.slipway.deployments.source.GitReceiver;
import dev.slipway.deployments.source.SourceRoom;
import dev.slipway.deployments.store.settings.SettingsStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pushes of members into their apps' repositories. */
@Component(service = GitPushes.class)
public final class GitPushes {
  private final Database database;
  private final SettingsStore settings;
  private final Apps apps;
  private final GitReceiver receiver;
  private final SourceRoom room;
  private final PushedBranches branches;

  @Activate
  public GitPushes(
      @Reference Database database,
      @Reference Apps apps,
      @Reference GitReceiver receiver,
      @Reference SourceRoom room,
      @Reference PushedBranches branches) {
    this.database = database;
    settings = new SettingsStore(database);
    this.apps = apps;
    this.receiver = receiver;
    this.room = room;
    this.branches = branches;
  }

  /** Refuses who may not even read the source of the app. */
  public void requireReader(Caller caller, UUID appId) {
    app(caller, appId);
  }

  /** Refuses who may not deploy the app, and whoever may where it takes no pushes. */
  public void requirePusher(Caller caller, UUID appId) {
    room.left(Scope.of(caller), pushable(caller, appId));
  }

  private App app(Caller caller, UUID appId) {
    caller.require(Role.USER);
    return apps.require(Scope.of(caller), appId);
  }

  private App pushable(Caller caller, UUID appId) {
    var app = app(caller, appId);
    if (app.status() == AppStatus.DELETING) {
      throw DeploymentsError.APP_DELETING.of();
    }
    if (app.sourceType() == SourceType.IMAGE) {
      throw PushError.NOT_BUILT.of(app.sourceType().name().toLowerCase(Locale.ROOT));
    }
    if (app.repositoryUrl() != null) {
      throw PushError.ELSEWHERE.of();
    }
    return app;
  }

  /** Tells git what there is to push to. */
  public void advertise(Caller caller, UUID appId, OutputStream out) throws IOException {
    var app = pushable(caller, appId);
    receiver.advertise(appId, deployBranch(caller, app), out);
  }

  /**
   * Takes a push, and deploys what it brings to the deploy branch.
   *
   * @param out hears of the deployment until that is over
   */
  public void receive(Caller caller, UUID appId, InputStream in, OutputStream out)
      throws IOException {
    var scope = Scope.of(caller);
    var app = pushable(caller, appId);
    var branch = deployBranch(caller, app);
    receiver.receive(
        appId,
        branch,
        room.left(scope, app),
        in,
        out,
        (moved, pusher) -> {
          room.measure(scope, app);
          return branches.landed(caller, app, branch, moved, pusher);
        });
  }

  private String deployBranch(Caller caller, App app) {
    var rules = database.read(Scope.of(caller), () -> settings.of(app));
    return Objects.requireNonNullElse(rules.defaultBranch(), app.branch());
  }
}
