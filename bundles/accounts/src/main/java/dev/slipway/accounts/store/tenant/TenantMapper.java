package dev.slipway.accounts.store.tenant;

import dev.slipway.accounts.Tenant;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code accounts_tenant}. */
public interface TenantMapper extends TableMapper<Tenant> {
  Table TABLE =
      Table.of(
          "accounts_tenant", "id", "name", "slug", "root", "active", "created_at", "updated_at");

  /** Adds a row; 0 where its slug is taken, or where it would be a second root. */
  int insertIfFree(Tenant tenant);

  /** The root tenant, locked. */
  @Nullable Tenant lockRoot();

  /** Whether the root tenant has an owner. */
  boolean rootOwned();

  int count();

  /** The oldest first. */
  List<Tenant> list(@Param("limit") int limit);

  /** The tenants that a user owns, locked in the order of their ids. */
  List<Tenant> lockOwned(@Param("userId") UUID userId);

  /** The same without locks. */
  List<Tenant> owned(@Param("userId") UUID userId);
}
