package dev.slipway.admin.store;

import dev.slipway.admin.ConfigVar;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Optional;

/** Configuration variables; every call needs a unit of work. */
public final class ConfigStore {
  private final ConfigMapper mapper;

  /** On the bundle's database. */
  public ConfigStore(Database database) {
    mapper = database.mapper(ConfigMapper.class);
  }

  public List<ConfigVar> all() {
    return mapper.all();
  }

  /** A variable, locked until the unit of work ends. */
  public Optional<ConfigVar> named(String name) {
    return Optional.ofNullable(mapper.named(name));
  }

  public int count() {
    return mapper.count();
  }

  public void insert(ConfigVar row) {
    mapper.insert(row);
  }

  public void update(ConfigVar row) {
    mapper.update(row);
  }

  public void delete(ConfigVar row) {
    mapper.delete(row.id());
  }
}
