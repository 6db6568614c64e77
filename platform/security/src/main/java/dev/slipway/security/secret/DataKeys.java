package dev.slipway.security.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.security.key.KeyRows;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data keys by tenant and by id, unwrapped ones kept for an hour. */
@Component(service = DataKeys.class)
public final class DataKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
  private static final int CACHED = 20_000;
  private static final Duration KEPT = Duration.ofHours(1);
  static final String SELECT =
      "select id, tenant_id, wrapped, master_key_id from security_data_key where ";

  private final KeyRows rows;
  private final MasterKeys masters;
  private final SecureRandom random = new SecureRandom();
  private final Cache<UUID, DataKey> byId = cache();
  private final Cache<Owner, DataKey> newest = cache();

  /** Made by the component runtime. */
  @Activate
  public DataKeys(@Reference KeyRows rows, @Reference MasterKeys masters) {
    this.rows = rows;
    this.masters = masters;
  }

  /**
   * The key that seals for a tenant, made at its first use: by one node, whoever else asks at that
   * moment.
   */
  DataKey forSealing(@Nullable UUID tenantId) {
    return newest.get(
        new Owner(tenantId), owner -> unwrapped(rows.run(on -> findOrMake(on, owner.tenantId()))));
  }

  /** The key of this id; empty where there is none. */
  Optional<DataKey> find(UUID id) {
    // Absence is not remembered: another node may have made the key a moment ago.
    return Optional.ofNullable(
        byId.get(id, key -> rows.run(on -> read(on, key)).map(this::unwrapped).orElse(null)));
  }

  /**
   * Removes the keys of a tenant: what they have sealed can never be opened again. Other nodes that
   * have them at hand lose them within the hour.
   */
  void destroy(UUID tenantId) {
    newest.invalidate(new Owner(tenantId));
    byId.invalidateAll(rows.run(on -> delete(on, tenantId)));
  }

  private static List<UUID> delete(Connection on, UUID tenantId) throws SQLException {
    var sql = "delete from security_data_key where tenant_id = ? returning id";
    try (var delete = on.prepareStatement(sql)) {
      delete.setObject(1, tenantId);
      var removed = new ArrayList<UUID>();
      var row = delete.executeQuery();
      while (row.next()) {
        removed.add(row.getObject("id", UUID.class));
      }
      return removed;
    }
  }

  private Row findOrMake(Connection on, @Nullable UUID tenantId) throws SQLException {
    var found = newest(on, tenantId);
    if (found.isPresent()) {
      return found.get();
    }
    insert(on, tenantId);
    return newest(on, tenantId).orElseThrow(() -> new SQLException("a new data key is not there"));
  }

  private void insert(Connection on, @Nullable UUID tenantId) throws SQLException {
    var id = Ids.next();
    var key = new byte[DataKey.BYTES];
    random.nextBytes(key);
    var master = masters.newest();
    // A rival's insert is waited for and then wins.
    try (var insert =
        on.prepareStatement(
            "insert into security_data_key (id, tenant_id, version, wrapped, master_key_id)"
                + " values (?, ?, 1, ?, ?) on conflict do nothing")) {
      insert.setObject(1, id);
      insert.setObject(2, tenantId, Types.OTHER);
      insert.setBytes(3, DataKey.wrap(id, tenantId, key, master));
      insert.setString(4, master.id());
      insert.executeUpdate();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a data key could not be wrapped", impossible);
    }
  }

  private static Optional<Row> newest(Connection on, @Nullable UUID tenantId) throws SQLException {
    var condition = tenantId == null ? "tenant_id is null" : "tenant_id = ?";
    try (var query = on.prepareStatement(SELECT + condition + " order by version desc limit 1")) {
      if (tenantId != null) {
        query.setObject(1, tenantId);
      }
      return first(query.executeQuery());
    }
  }

  private static Optional<Row> read(Connection on, UUID id) throws SQLException {
    try (var query = on.prepareStatement(SELECT + "id = ?")) {
      query.setObject(1, id);
      return first(query.executeQuery());
    }
  }

  private static Optional<Row> first(ResultSet rows) throws SQLException {
    return rows.next() ? Optional.of(Row.of(rows)) : Optional.empty();
  }

  private DataKey unwrapped(Row row) {
    var master = masters.find(row.masterKeyId()).or(() -> reread(row.masterKeyId()));
    if (master.isEmpty()) {
      LOG.error("master key {} of data key {} is not in the file", row.masterKeyId(), row.id());
      throw CommonError.INTERNAL.of();
    }
    try {
      return DataKey.unwrap(row.id(), row.tenantId(), row.wrapped(), master.get());
    } catch (GeneralSecurityException tampered) {
      LOG.error("data key {} does not open under master key {}", row.id(), row.masterKeyId());
      throw CommonError.INTERNAL.of();
    }
  }

  private Optional<MasterKey> reread(String id) {
    masters.reread();
    return masters.find(id);
  }

  private static <K> Cache<K, DataKey> cache() {
    return Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(KEPT).build();
  }

  private record Owner(@Nullable UUID tenantId) {}

  /** A data key as stored. */
  record Row(UUID id, @Nullable UUID tenantId, byte[] wrapped, String masterKeyId) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getObject("id", UUID.class),
          row.getObject("tenant_id", UUID.class),
          row.getBytes("wrapped"),
          row.getString("master_key_id"));
    }
  }
}
