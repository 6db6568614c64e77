package dev.slipway.apps.store;

import dev.slipway.apps.RegistryCredential;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements on {@code apps_registry_credential}. */
public interface RegistryCredentialMapper extends TableMapper<RegistryCredential> {
  Table TABLE =
      Table.of(
          "apps_registry_credential",
          "id",
          "version",
          "tenant_id",
          "host",
          "username",
          "password",
          "created_by",
          "created_at",
          "updated_at",
          "last_used_at");

  List<RegistryCredential> all();

  int used(@Param("id") UUID id, @Param("at") Instant at);
}
