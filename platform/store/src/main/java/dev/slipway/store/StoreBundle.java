package dev.slipway.store;

import dev.slipway.api.platform.Platform;
import dev.slipway.api.spi.HealthCheck;
import dev.slipway.data.Database;
import dev.slipway.store.migrate.Changelog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens the store at start. */
@Component(
    service = {StoreBundle.class, HealthCheck.class, Migrations.class, Connections.class},
    immediate = true)
public final class StoreBundle implements HealthCheck, Migrations, Connections {
  private static final int POOL = 20;

  private final Store store;

  @Activate
  public StoreBundle(@Reference Platform platform) throws IOException {
    store = Store.open(settings(platform));
  }

  @Deactivate
  void close() {
    store.close();
  }

  Database database(Bundle bundle) {
    var changelog = Changelog.of(bundle);
    return bundle.getEntry("plugin.json") == null
        ? store.database(changelog)
        : store.pluginDatabase(changelog);
  }

  @Override
  public Connection dedicated() throws SQLException {
    return store.dedicated();
  }

  @Override
  public DataSource platform() {
    return store.platform();
  }

  @Override
  public <T extends Runnable> Optional<T> beforeCommit(Class<T> type, Supplier<T> first) {
    return store.beforeCommit(type, first);
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Health check() {
    try (var connection = store.platform().getConnection()) {
      return connection.isValid(2) ? new Health(true, "answers") : new Health(false, "no answer");
    } catch (SQLException failure) {
      return new Health(false, "no connection (" + failure.getSQLState() + ")");
    }
  }

  @Override
  public void migrate(Bundle bundle) {
    store.migrate(Changelog.of(bundle));
  }

  @Override
  public void purge(String bundle) {
    store.purge(bundle);
  }

  private static StoreSettings settings(Platform platform) throws IOException {
    var key = Path.of(required(platform, "slipway.master.key.file"));
    return new StoreSettings(
        required(platform, "slipway.database.url"),
        required(platform, "slipway.database.user"),
        required(platform, "slipway.database.password"),
        Files.readAllBytes(key),
        Integer.parseInt(
            Objects.requireNonNullElse(
                platform.setting("slipway.database.pool"), Integer.toString(POOL))));
  }

  private static String required(Platform platform, String name) {
    return Objects.requireNonNull(platform.setting(name), () -> name + " is not set");
  }
}
