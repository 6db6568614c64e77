package dev.slipway.deployments.source;

import dev.slipway.api.Scope;
import dev.slipway.api.platform.Platform;
import dev.slipway.apps.App;
import dev.slipway.data.Database;
import dev.slipway.deployments.PushError;
import dev.slipway.deployments.store.push.RepositoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How much source an app and a tenant may keep. */
@Component(service = SourceRoom.class)
public final class SourceRoom {
  /** Settings: mebibytes of one app, and of all of a tenant together. */
  public static final String OF_APP = "slipway.source.app.mib";

  public static final String OF_TENANT = "slipway.source.tenant.mib";

  private static final long APP_MIB = 2L << 10;
  private static final long TENANT_MIB = 20L << 10;
  private static final long MIB = 1L << 20;

  private final Platform platform;
  private final Database database;
  private final Repositories repositories;
  private final RepositoryStore store;

  @Activate
  public SourceRoom(
      @Reference Platform platform,
      @Reference Database database,
      @Reference Repositories repositories) {
    this.platform = platform;
    this.database = database;
    this.repositories = repositories;
    store = new RepositoryStore(database);
  }

  /** The bytes that may be added to an app's source; refuses where there are none. */
  public long left(Scope scope, App app) {
    var ofApp = mib(OF_APP, APP_MIB);
    var ofTenant = mib(OF_TENANT, TENANT_MIB);
    var own = size(app);
    var others = database.read(scope, () -> store.othersOf(app.tenantId(), app.id()));
    if (own >= ofApp * MIB) {
      throw PushError.FULL.of("an app may keep " + ofApp + " MiB of history");
    }
    if (own + others >= ofTenant * MIB) {
      throw PushError.FULL.of("all apps of a tenant may keep " + ofTenant + " MiB together");
    }
    return Math.min(ofApp * MIB - own, ofTenant * MIB - own - others);
  }

  /** Something was added. */
  public void measure(Scope scope, App app) {
    var size = size(app);
    database.run(scope, () -> store.put(app.tenantId(), app.id(), size));
  }

  private long size(App app) {
    try {
      return repositories.size(app.id());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private long mib(String setting, long usual) {
    var stated = platform.setting(setting);
    return stated == null ? usual : Long.parseLong(stated);
  }
}
