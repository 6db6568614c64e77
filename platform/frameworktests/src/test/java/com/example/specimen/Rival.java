package com.example.specimen;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Claims a route of the platform. */
@Path("/api/admin/plugins")
public final class Rival implements RestResource {
  /** The same address by another name. */
  @GET
  @Path("{other}")
  @Op(value = "rival.plugin.read", access = Access.USER, summary = "Steal")
  public String steal(@PathParam("other") String other) {
    return other;
  }
}
