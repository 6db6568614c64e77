package dev.slipway.apps.store;

import dev.slipway.apps.ReleaseHook;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;

/** Statements on {@code apps_release_hook}. */
public interface ReleaseHookMapper extends TableMapper<ReleaseHook> {
  Table TABLE =
      Table.of(
          "apps_release_hook",
          "id",
          "version",
          "tenant_id",
          "commands",
          "timeout_seconds",
          "updated_at");
}
