package dev.slipway.billing.resource;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.PlanPayloads.CountedPlansAnswer;
import dev.slipway.billing.resource.PlanPayloads.DeletedAnswer;
import dev.slipway.billing.resource.PlanPayloads.KeysAnswer;
import dev.slipway.billing.resource.PlanPayloads.PlanInput;
import dev.slipway.billing.resource.PlanPayloads.PlanView;
import dev.slipway.billing.service.PlanService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans for operators. */
@Component(service = RestResource.class)
@Path("/api/admin")
public final class AdminPlanResource implements RestResource {
  private final PlanService plans;

  /** Made by the component runtime. */
  @Activate
  public AdminPlanResource(@Reference PlanService plans) {
    this.plans = plans;
  }

  @GET
  @Path("plans")
  @Op(
      value = "billing.plan.list",
      access = Access.ROOT_ADMIN,
      summary = "List every plan with subscriber counts")
  public CountedPlansAnswer list() {
    return CountedPlansAnswer.of(plans.list());
  }

  @GET
  @Path("plans/{planId}")
  @Op(value = "billing.plan.get", access = Access.ROOT_ADMIN, summary = "Fetch one plan")
  public PlanView get(@PathParam("planId") UUID planId) {
    return PlanView.of(plans.get(planId));
  }

  @GET
  @Path("entitlement-keys")
  @Op(
      value = "billing.entitlement-key.list",
      access = Access.ROOT_ADMIN,
      summary = "List distinct entitlement keys across plans")
  public KeysAnswer keys() {
    return KeysAnswer.of(plans.keys());
  }

  @POST
  @Path("plans")
  @Op(
      value = "billing.plan.create",
      access = Access.ROOT_ADMIN,
      summary = "Add a subscription plan",
      status = 201,
      errors = {"400 out-of-range value", "409 name exists"})
  public PlanView create(PlanInput body) {
    return PlanView.of(plans.create(body.toDraft()));
  }

  @PUT
  @Path("plans/{planId}")
  @Op(
      value = "billing.plan.update",
      access = Access.ROOT_ADMIN,
      summary = "Edit a subscription plan",
      errors = {"403 renaming a system plan", "409 name exists"})
  public PlanView update(@PathParam("planId") UUID planId, PlanInput body) {
    return PlanView.of(plans.update(planId, body.toDraft()));
  }

  @DELETE
  @Path("plans/{planId}")
  @Op(
      value = "billing.plan.delete",
      access = Access.ROOT_ADMIN,
      summary = "Remove an unused, non-system plan",
      errors = {"403 system plan", "409 tenants still subscribed"})
  public DeletedAnswer delete(@PathParam("planId") UUID planId) {
    plans.delete(planId);
    return new DeletedAnswer("deleted");
  }
}
