package dev.slipway.deployments.source;

import dev.slipway.api.Caller;
import dev.slipway.api.Ids;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.apps.App;
import dev.slipway.apps.AppStatus;
import dev.slipway.apps.Apps;
import dev.slipway.apps.AppsError;
import dev.slipway.data.Database;
import dev.slipway.deployments.DeploymentsError;
import dev.slipway.deployments.DeploymentsEvent;
import dev.slipway.deployments.store.DeploymentStore;
import dev.slipway.deployments.store.push.ArchiveRow;
import dev.slipway.deployments.store.push.ArchiveStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes uploaded folders as the next version of an app's source. */
@Component(service = Archives.class)
public final class Archives {
  private final Database database;
  private final Apps apps;
  private final Events events;
  private final Repositories repositories;
  private final SourceRoom room;
  private final ArchiveStore archives;
  private final DeploymentStore deployments;

  @Activate
  public Archives(
      @Reference Database database,
      @Reference Apps apps,
      @Reference Events events,
      @Reference Repositories repositories,
      @Reference SourceRoom room) {
    this.database = database;
    this.apps = apps;
    this.events = events;
    this.repositories = repositories;
    this.room = room;
    archives = new ArchiveStore(database);
    deployments = new DeploymentStore(database);
  }

  /**
   * Commits a folder to the app's branch.
   *
   * @param archive a gzipped tar
   * @param message null for one that says when it was uploaded
   */
  public ArchiveRow add(Caller caller, UUID appId, InputStream archive, @Nullable String message) {
    var scope = Scope.of(caller);
    var app = apps.require(scope, appId);
    if (app.status() == AppStatus.DELETING) {
      throw DeploymentsError.APP_DELETING.of();
    }
    room.left(scope, app);
    var counted = new Counted(archive);
    var reader = new ArchiveReader(counted);
    var now = Times.now();
    var text = message == null || message.isBlank() ? "Upload of " + now : message;
    var commit = commit(scope, app, text, reader);
    var row =
        new ArchiveRow(
            Ids.next(),
            app.tenantId(),
            appId,
            commit,
            message,
            reader.files(),
            counted.bytes,
            caller.userId(),
            now);
    database.run(
        scope,
        () -> {
          deployments.gate(appId);
          checkKept(scope, appId);
          archives.insert(row);
          room.measure(scope, app);
          events.publish(
              new DeploymentsEvent.ArchiveReceived(
                  row.tenantId(), appId, row.id(), commit, row.files(), row.sizeBytes()));
        });
    return row;
  }

  private String commit(Scope scope, App app, String message, ArchiveReader reader) {
    try {
      return repositories.add(app.id(), app.branch(), message, reader);
    } catch (IOException failure) {
      // The repository may have been deleted under it.
      checkKept(scope, app.id());
      throw new UncheckedIOException(failure);
    }
  }

  /** An app that was deleted meanwhile had its repository removed; this upload has made it anew. */
  private void checkKept(Scope scope, UUID appId) {
    var app = apps.find(scope, appId);
    if (app.isEmpty()) {
      remove(appId);
      throw AppsError.APP_NOT_FOUND.of();
    }
    if (app.get().status() == AppStatus.DELETING) {
      throw DeploymentsError.APP_DELETING.of();
    }
  }

  private void remove(UUID appId) {
    try {
      repositories.delete(appId);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      var count = super.read(buffer, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }
}
