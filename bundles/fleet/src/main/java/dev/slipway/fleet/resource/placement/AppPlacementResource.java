package dev.slipway.fleet.resource.placement;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.resource.health.HealthPayloads.EventsAnswer;
import dev.slipway.fleet.resource.placement.PlacementPayloads.NewRule;
import dev.slipway.fleet.resource.placement.PlacementPayloads.RuleAnswer;
import dev.slipway.fleet.resource.placement.PlacementPayloads.RuleView;
import dev.slipway.fleet.resource.placement.PlacementPayloads.RulesAnswer;
import dev.slipway.fleet.service.health.ServerHealth;
import dev.slipway.fleet.service.placement.PlacementRules;
import dev.slipway.fleet.store.health.ContainerEventRow;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where an app may run, and what became of its containers there. */
@Component(service = RestResource.class)
@Path("/api/apps")
public final class AppPlacementResource implements RestResource {
  private final PlacementRules rules;
  private final ServerHealth health;

  @Activate
  public AppPlacementResource(@Reference PlacementRules rules, @Reference ServerHealth health) {
    this.rules = rules;
    this.health = health;
  }

  @GET
  @Path("{id}/placement-rules")
  @Op(
      value = "fleet.placement-rule.list",
      access = Access.TENANT,
      summary = "Show where an app may be scheduled")
  public RulesAnswer list(@Context Caller caller, @PathParam("id") UUID id) {
    return RulesAnswer.of(rules.list(caller, id));
  }

  @POST
  @Path("{id}/placement-rules")
  @Op(
      value = "fleet.placement-rule.create",
      access = Access.TENANT,
      summary = "Add a scheduling constraint to an app",
      status = 201)
  public RuleAnswer create(@Context Caller caller, @PathParam("id") UUID id, NewRule body) {
    return new RuleAnswer(RuleView.of(rules.add(caller, id, body.toDraft())));
  }

  @DELETE
  @Path("{id}/placement-rules/{ruleId}")
  @Op(
      value = "fleet.placement-rule.delete",
      access = Access.TENANT,
      summary = "Drop a scheduling constraint")
  public void delete(
      @Context Caller caller, @PathParam("id") UUID id, @PathParam("ruleId") UUID ruleId) {
    rules.remove(caller, id, ruleId);
  }

  @GET
  @Path("{appId}/container-events")
  @Op(
      value = "fleet.app.container-events",
      access = Access.TENANT,
      summary = "List starts, stops, and crashes of an app's containers")
  public EventsAnswer containerEvents(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("type") ContainerEventRow.@Nullable Type type,
      @QueryParam("before") @Nullable Instant before,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit) {
    return EventsAnswer.of(health.appEvents(caller, appId, type, before, limit));
  }
}
