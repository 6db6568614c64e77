package dev.slipway.apps.service.app;

import dev.slipway.activity.Operations;
import dev.slipway.api.Caller;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.PageRequest;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.AppsError;
import dev.slipway.apps.AppsEvent;
import dev.slipway.apps.VolumeFate;
import dev.slipway.apps.store.AppStore;
import dev.slipway.data.Database;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The way of an app out. What was never to be deployed goes at once; for the rest somebody else has
 * to clear a server, and the operation is the account of that.
 */
@Component(service = AppDeletion.class)
public final class AppDeletion {
  /** Type of the operation. */
  public static final String OPERATION = "app.delete";

  private final Database database;
  private final Events events;
  private final Operations operations;
  private final AppStore apps;

  /** Made by the component runtime. */
  @Activate
  public AppDeletion(
      @Reference Database database, @Reference Events events, @Reference Operations operations) {
    this.database = database;
    this.events = events;
    this.operations = operations;
    apps = new AppStore(database);
  }

  /**
   * Begins it; asked again while it is under way, answers with the same operation.
   *
   * @param volumes what becomes of what the app's volumes hold, in all its environments
   */
  public UUID request(Caller caller, UUID id, IfMatch ifMatch, VolumeFate volumes) {
    var scope = Scope.of(caller);
    return database.write(
        scope,
        () -> {
          var app = apps.lock(id).orElseThrow(AppsError.APP_NOT_FOUND::of);
          var underWay = app.deletionId();
          if (underWay != null) {
            return underWay;
          }
          ifMatch.check("app", app.version());
          CurrentOperation.detail("volumes", volumes.text());
          var operation = operations.start(scope, draft(caller, id));
          if (app.deployAsked()) {
            apps.setDeleting(id, operation, Times.now());
            events.publish(
                new AppsEvent.AppDeletionRequested(
                    app.tenantId(), id, operation, volumes, caller.userId()));
          } else {
            remove(scope, app, operation);
          }
          return operation;
        });
  }

  /** Nothing of the app is left on any server; false where it was not being deleted. */
  boolean finished(Scope scope, UUID id) {
    return database.write(
        scope,
        () -> {
          var app = apps.lock(id).orElse(null);
          var operation = app == null ? null : app.deletionId();
          if (app == null || operation == null) {
            return false;
          }
          remove(scope, app, operation);
          return true;
        });
  }

  /** The tenant is gone: its apps go at once, as its servers are cleared as a whole. */
  void tenantGone(UUID tenantId) {
    var scope = Scope.tenant(tenantId);
    var page = new PageRequest(PageRequest.MAX_LIMIT, 0);
    var all = new AppStore.Filter(null, null, null, null);
    boolean more;
    do {
      more = database.write(scope, () -> removeSome(apps.list(all, page).items()));
    } while (more);
  }

  private boolean removeSome(List<App> some) {
    for (var app : some) {
      apps.delete(app.id());
      events.publish(deleted(app));
    }
    return !some.isEmpty();
  }

  /**
   * The operation has ended without success: the app is there, failed, and can be deleted again.
   */
  void failed(UUID tenantId, UUID id, UUID operation) {
    database.run(
        Scope.tenant(tenantId),
        () -> {
          var app = apps.lock(id).orElse(null);
          if (app == null || !operation.equals(app.deletionId())) {
            return;
          }
          apps.setStatus(id, AppStatus.FAILED, null, null, Times.now());
          events.publish(
              new AppsEvent.AppStatusChanged(
                  tenantId,
                  id,
                  app.status(),
                  AppStatus.FAILED,
                  app.currentDeploymentId(),
                  app.primaryDomain()));
        });
  }

  private void remove(Scope scope, App app, UUID operation) {
    apps.delete(app.id());
    events.publish(deleted(app));
    operations.stepDone(scope, operation, Apps.DELETION_STEPS.size(), null);
    operations.succeed(scope, operation);
  }

  private static AppsEvent deleted(App app) {
    return new AppsEvent.AppDeleted(
        app.tenantId(), app.id(), app.name(), app.slug(), app.serverId());
  }

  private static Operations.Draft draft(Caller caller, UUID id) {
    return new Operations.Draft(OPERATION, "app", id, null, Apps.DELETION_STEPS, caller.userId());
  }
}
