package dev.slipway.deployments.store.settings;

import dev.slipway.api.Ids;
import dev.slipway.apps.App;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Deployment settings of apps; every call needs a unit of work. */
public final class SettingsStore {
  private static final int BUILD_TIMEOUT = 2400;
  private static final int KEEP = 10;

  private final SettingsMapper mapper;

  public SettingsStore(Database database) {
    mapper = database.mapper(SettingsMapper.class);
  }

  /** The settings of an app; what applies where none were ever made. */
  public SettingsRow of(App app) {
    return Objects.requireNonNullElseGet(mapper.ofApp(app.id()), () -> usual(app));
  }

  private static SettingsRow usual(App app) {
    return new SettingsRow(
        Ids.next(),
        app.tenantId(),
        app.id(),
        null,
        null,
        false,
        List.of(),
        List.of(),
        List.of(),
        false,
        false,
        Concurrency.QUEUE,
        BUILD_TIMEOUT,
        KEEP,
        app.createdAt());
  }

  /** Sets the settings of an app; the app's gate must be held. */
  public void put(SettingsRow row) {
    if (mapper.update(row) == 0) {
      mapper.insert(row);
    }
  }

  /** The app is gone. */
  public void deleteOfApp(UUID appId) {
    mapper.deleteOfApp(appId);
  }
}
