package dev.slipway.accounts.service.tenant;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Tenant;
import dev.slipway.accounts.TenantSize;
import dev.slipway.accounts.Tenants;
import dev.slipway.accounts.service.DisplayName;
import dev.slipway.accounts.store.tenant.TenantStore;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Scope;
import dev.slipway.api.Times;
import dev.slipway.api.event.Events;
import dev.slipway.api.security.PrincipalCache;
import dev.slipway.data.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants as the platform's operators see and change them. */
@Component(service = Tenants.class)
public final class TenantService implements Tenants {
  private static final Scope SCOPE = Scope.platform("all tenants, for those who run the platform");
  private static final int MAX_NAME = 200;

  private final Database db;
  private final TenantStore tenants;
  private final Events events;
  private final PrincipalCache cache;

  @Activate
  public TenantService(
      @Reference Database db,
      @Reference TenantStore tenants,
      @Reference Events events,
      @Reference PrincipalCache cache) {
    this.db = db;
    this.tenants = tenants;
    this.events = events;
    this.cache = cache;
  }

  @Override
  public int count() {
    return db.read(SCOPE, tenants::count);
  }

  @Override
  public List<TenantSize> list() {
    return db.read(
        SCOPE,
        () -> {
          var sizes = tenants.memberCounts();
          return tenants.list(MAX_LIST).stream()
              .map(tenant -> new TenantSize(tenant, sizes.getOrDefault(tenant.id(), 0)))
              .toList();
        });
  }

  @Override
  public Optional<Tenant> find(UUID tenantId) {
    return db.read(SCOPE, () -> tenants.find(tenantId));
  }

  @Override
  public Tenant require(UUID tenantId) {
    return find(tenantId).orElseThrow(AccountsError.TENANT_NOT_FOUND::of);
  }

  @Override
  public int memberCount(UUID tenantId) {
    return db.read(SCOPE, () -> tenants.memberCount(tenantId));
  }

  @Override
  public List<Member> members(UUID tenantId) {
    return db.read(SCOPE, () -> tenants.members(tenantId));
  }

  @Override
  public Optional<Member> owner(UUID tenantId) {
    return db.read(SCOPE, () -> tenants.owner(tenantId));
  }

  @Override
  public Tenant rename(Caller caller, UUID tenantId, String name) {
    var text =
        DisplayName.parse(name, MAX_NAME)
            .orElseThrow(
                () ->
                    CommonError.INVALID
                        .of()
                        .withField("name", "must have 1 to 200 characters and no control ones"));
    return db.write(
        SCOPE,
        () -> {
          var tenant = lock(tenantId);
          if (tenant.name().equals(text)) {
            return tenant;
          }
          CurrentOperation.about(tenantId);
          CurrentOperation.detail("before", Map.of("name", tenant.name()));
          CurrentOperation.detail("after", Map.of("name", text));
          var renamed = tenant.withName(text, Times.now());
          tenants.update(renamed);
          events.publish(new AccountsEvent.TenantRenamed(tenantId, text));
          return renamed;
        });
  }

  @Override
  public void setActive(Caller caller, UUID tenantId, boolean active) {
    db.run(
        SCOPE,
        () -> {
          var tenant = lock(tenantId);
          if (tenant.root()) {
            throw AccountsError.ROOT_TENANT_PROTECTED.of();
          }
          if (tenant.active() == active) {
            return;
          }
          tenants.update(tenant.withActive(active, Times.now()));
          CurrentOperation.about(tenantId);
          CurrentOperation.detail("before", Map.of("active", tenant.active()));
          CurrentOperation.detail("after", Map.of("active", active));
          cache.forget(tenantId);
          events.publish(
              active
                  ? new AccountsEvent.TenantActivated(tenantId, tenant.name())
                  : new AccountsEvent.TenantDeactivated(tenantId, tenant.name()));
        });
  }

  private Tenant lock(UUID tenantId) {
    return tenants.lock(tenantId).orElseThrow(AccountsError.TENANT_NOT_FOUND::of);
  }
}
