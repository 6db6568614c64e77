package dev.slipway.admin.resource;

import dev.slipway.admin.resource.ConfigPayloads.Done;
import dev.slipway.admin.resource.TenantPayloads.Cancellation;
import dev.slipway.admin.resource.TenantPayloads.Change;
import dev.slipway.admin.resource.TenantPayloads.Detail;
import dev.slipway.admin.resource.TenantPayloads.PlanChange;
import dev.slipway.admin.resource.TenantPayloads.StatusChange;
import dev.slipway.admin.resource.TenantPayloads.SubscriptionChange;
import dev.slipway.admin.resource.TenantPayloads.Tenants;
import dev.slipway.admin.resource.TenantPayloads.Updated;
import dev.slipway.admin.service.TenantAdmin;
import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All tenants of the platform. */
@Component(service = RestResource.class)
@Path("/api/admin/tenants")
public final class TenantResource implements RestResource {
  private final TenantAdmin service;

  @Activate
  public TenantResource(@Reference TenantAdmin service) {
    this.service = service;
  }

  @GET
  @Op(
      value = "admin.tenant.list",
      access = Access.ROOT_ADMIN,
      summary = "Show all tenants, the oldest first, at most 10000")
  public Tenants list() {
    return Tenants.of(service.list());
  }

  @GET
  @Path("{tenantId}")
  @Op(
      value = "admin.tenant.get",
      access = Access.ROOT_ADMIN,
      summary = "Fetch one tenant with its members")
  public Detail get(@PathParam("tenantId") UUID tenantId) {
    return Detail.of(service.get(tenantId));
  }

  @PUT
  @Path("{tenantId}")
  @Op(
      value = "admin.tenant.update",
      access = Access.ROOT_ADMIN,
      summary = "Change a tenant's name, waiver or credits",
      errors = "400 empty name or negative credits")
  public Done update(@Context Caller caller, @PathParam("tenantId") UUID tenantId, Change body) {
    service.change(caller, tenantId, body.toChange());
    return new Done("The tenant was changed.");
  }

  @PATCH
  @Path("{tenantId}/status")
  @Op(
      value = "admin.tenant.set-status",
      access = Access.ROOT_ADMIN,
      summary = "Switch a tenant on or off",
      errors = "403 root tenant")
  public Done setStatus(
      @Context Caller caller, @PathParam("tenantId") UUID tenantId, StatusChange body) {
    service.setActive(caller, tenantId, body.isActive());
    return new Done(
        body.isActive() ? "The tenant was switched on." : "The tenant was switched off.");
  }

  @PATCH
  @Path("{tenantId}/plan")
  @Op(
      value = "admin.tenant.set-plan",
      access = Access.ROOT_ADMIN,
      summary = "Assign a tenant a plan, or take it away",
      errors = "404 tenant or plan unknown")
  public Updated setPlan(@PathParam("tenantId") UUID tenantId, @Nullable PlanChange body) {
    var wish = body == null ? new PlanChange(null, null) : body;
    service.assignPlan(tenantId, wish.plan(), wish.billingWaived());
    return Updated.UPDATED;
  }

  @POST
  @Path("{tenantId}/cancel-subscription")
  @Op(
      value = "admin.tenant.cancel-subscription",
      access = Access.ROOT_OWNER,
      summary = "End a tenant's subscription",
      errors = {"400 no active subscription", "503 Stripe not configured"})
  public Done cancel(@PathParam("tenantId") UUID tenantId, @Nullable Cancellation body) {
    var immediate = body != null && Boolean.TRUE.equals(body.immediate());
    service.cancelSubscription(tenantId, immediate);
    return new Done(
        immediate
            ? "The subscription has ended."
            : "The subscription ends with the period that is paid for.");
  }

  @PATCH
  @Path("{tenantId}/subscription")
  @Op(
      value = "admin.tenant.set-subscription",
      access = Access.ROOT_OWNER,
      summary = "Correct the end of the period that a tenant has paid for")
  public Done setSubscription(
      @PathParam("tenantId") UUID tenantId, @Nullable SubscriptionChange body) {
    service.setPeriodEnd(tenantId, body == null ? null : body.currentPeriodEnd());
    return new Done("The subscription was changed.");
  }
}
