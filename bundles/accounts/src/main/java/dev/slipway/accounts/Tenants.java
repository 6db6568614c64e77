package dev.slipway.accounts;

import dev.slipway.api.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tenants for the features that run the platform or charge for it. A call joins the current unit of
 * work where that is a platform-wide one; inside one of a tenant it is refused with an {@link
 * IllegalStateException}. Who may ask is for the calling operation to say; what must hold for the
 * object is checked here.
 */
@ProviderType
public interface Tenants {
  /** Most tenants that {@link #list} returns. */
  int MAX_LIST = 10_000;

  /** How many there are. */
  int count();

  /** All tenants with how many members each has, the oldest first, at most {@link #MAX_LIST}. */
  List<TenantSize> list();

  /** A tenant; empty where there is none. */
  Optional<Tenant> find(UUID tenantId);

  /** A tenant; refuses with {@link AccountsError#TENANT_NOT_FOUND} where there is none. */
  Tenant require(UUID tenantId);

  /** How many members a tenant has; 0 for an unknown one. */
  int memberCount(UUID tenantId);

  /** A tenant's members, those who came first first, at most 1000. */
  List<Member> members(UUID tenantId);

  /** The owner of a tenant; empty for an unknown tenant, and for the root tenant at its start. */
  Optional<Member> owner(UUID tenantId);

  /**
   * Gives a tenant another name; its slug stays.
   *
   * @param name 1..200 characters without control characters, else 400 at {@code name}
   */
  Tenant rename(Caller caller, UUID tenantId, String name);

  /**
   * Switches a tenant on or off. Members and keys of one that is off have no access from the next
   * call on. The root tenant is refused with {@link AccountsError#ROOT_TENANT_PROTECTED}; the same
   * state again changes nothing.
   */
  void setActive(Caller caller, UUID tenantId, boolean active);
}
