package dev.slipway.scripts.service;

import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.rest.IfMatch;
import dev.slipway.data.Database;
import dev.slipway.scripts.ScriptSettings;
import dev.slipway.scripts.store.EntryStore;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What holds for all scripts of a tenant. */
@Component(service = SettingsService.class)
public final class SettingsService {
  private final Database database;
  private final EntryStore entries;

  @Activate
  public SettingsService(@Reference Database database) {
    this.database = database;
    entries = new EntryStore(database);
  }

  /** The tenant's settings; where none were made, scripts reach no host. */
  public ScriptSettings get(Caller caller) {
    return database.read(Scope.of(caller), () -> entries.settings(caller.tenantId()));
  }

  /**
   * Replaces them.
   *
   * @param hosts names, or {@code *.} and a name for all below it
   */
  public ScriptSettings put(Caller caller, IfMatch ifMatch, List<String> hosts) {
    var plain = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).distinct().toList();
    if (plain.stream().anyMatch(host -> !host.matches("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?"))) {
      throw CommonError.INVALID
          .of()
          .withField("fetch_hosts", "must be host names, or *. and a host name");
    }
    return database.write(
        Scope.of(caller),
        () -> {
          var current = entries.settings(caller.tenantId());
          ifMatch.check("settings", current.version());
          if (!entries.settings(caller.tenantId(), plain, current.version(), Times.now())) {
            throw CommonError.STALE.of("settings");
          }
          return entries.settings(caller.tenantId());
        });
  }
}
