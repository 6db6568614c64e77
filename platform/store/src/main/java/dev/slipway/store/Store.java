package dev.slipway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.slipway.api.Scope;
import dev.slipway.data.Database;
import dev.slipway.store.mapper.Mappers;
import dev.slipway.store.migrate.Changelog;
import dev.slipway.store.migrate.Migration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The open database: two pools, one per role, and the unit of work of each thread. */
public final class Store implements Connections, AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;

  private final StoreSettings settings;
  private final Roles roles;
  private final HikariDataSource tenantPool;
  private final HikariDataSource platformPool;
  private final Units units;
  private final Map<String, String> current;

  private Store(StoreSettings settings, Roles roles, Map<String, String> current) {
    this.settings = settings;
    this.roles = roles;
    this.current = current;
    tenantPool = pool("tenant", roles.tenant(), roles.tenantPassword(), settings.poolSize());
    platformPool =
        pool(
            "platform",
            roles.platform(),
            roles.platformPassword(),
            Math.max(4, settings.poolSize() / 2));
    units = new Units(tenantPool, platformPool);
  }

  /** Opens the database, making the application roles where they are missing. */
  public static Store open(StoreSettings settings) {
    return open(settings, Optional.empty());
  }

  /**
   * The same for one of several databases that were copied from one another: what their tables
   * grant, they grant to the same roles.
   *
   * @param roles what the names of the roles begin with
   */
  public static Store open(StoreSettings settings, String roles) {
    return open(settings, Optional.of(roles));
  }

  private static Store open(StoreSettings settings, Optional<String> prefix) {
    var owner = source(settings.url(), settings.owner(), settings.ownerPassword());
    try (var connection = owner.getConnection()) {
      var roles = Roles.of(prefix.orElse(connection.getCatalog()), settings.roleKey());
      roles.install(connection);
      return new Store(settings, roles, new ConcurrentHashMap<>(Migration.recorded(connection)));
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
  }

  /**
   * A feature's view, from a class loader that holds its changelog and mappers; for use without
   * OSGi.
   */
  public Database database(String feature, ClassLoader loader) {
    return database(Changelog.of(feature, loader));
  }

  /**
   * Runs a feature's changelog as far as it has not run yet. At the first time in this process that
   * is known from the start, without a connection for each feature.
   */
  void migrate(Changelog changelog) {
    if (!changelog.checksum().equals(current.remove(changelog.place()))) {
      Migration.run(owner(), changelog);
    }
  }

  /** Drops a bundle's tables. */
  void purge(String bundle) {
    Migration.purge(owner(), bundle);
    try (var connection = owner().getConnection()) {
      PluginRoles.of(roles, Changelog.feature(bundle)).drop(connection);
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
  }

  private PGSimpleDataSource owner() {
    return source(settings.url(), settings.owner(), settings.ownerPassword());
  }

  /** A feature's view, once its changelog has run. */
  public Database database(Changelog changelog) {
    migrate(changelog);
    return new FeatureDatabase(units, new Mappers(units::connection));
  }

  /** A plugin's view, once its changelog has run. */
  Database pluginDatabase(Changelog changelog) {
    migrate(changelog);
    var guest = PluginRoles.of(roles, changelog.feature());
    try (var connection = owner().getConnection()) {
      guest.install(connection, roles, Migration.tables(connection, changelog.feature() + "_"));
    } catch (SQLException failure) {
      throw Failures.translate(failure);
    }
    return new PluginDatabase(changelog.feature(), units, guest);
  }

  @Override
  public Connection dedicated() throws SQLException {
    return source(settings.url(), roles.platform(), roles.platformPassword()).getConnection();
  }

  @Override
  public DataSource platform() {
    return platformPool;
  }

  @Override
  public <T extends Runnable> Optional<T> beforeCommit(Class<T> type, Supplier<T> first) {
    return units.beforeCommit(type, first);
  }

  @Override
  public void close() {
    tenantPool.close();
    platformPool.close();
  }

  private HikariDataSource pool(String name, String user, String password, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source(settings.url(), user, password));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(2, size));
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static PGSimpleDataSource source(String url, String user, String password) {
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("slipway");
    source.setConnectTimeout(CONNECT_MILLIS / 1000);
    source.setTcpKeepAlive(true);
    // A statement that hangs must not hold a pooled connection for ever; migrations override it.
    source.setOptions(
        "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s");
    return source;
  }

  /** What a feature sees. */
  private record FeatureDatabase(Units units, Mappers mappers) implements Database {
    @Override
    public <M> M mapper(Class<M> type) {
      return mappers.mapper(type);
    }

    @Override
    public <T> T read(Scope scope, Supplier<T> work) {
      return units.read(scope, work);
    }

    @Override
    public <T> T write(Scope scope, Supplier<T> work) {
      return units.write(scope, work);
    }

    @Override
    public void afterCommit(Runnable action) {
      units.afterCommit(action);
    }
  }
}
