package com.example.specimen;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Two of its methods say nothing of who may call them. */
@Path("unmarked")
public final class Unmarked implements RestResource {
  /** Marked. */
  @GET
  @Path("marked")
  @Op(value = "specimen.marked.read", access = Access.USER, summary = "Marked")
  public String marked() {
    return "marked";
  }

  /** Not marked. */
  @GET
  public String forgotten() {
    return "forgotten";
  }

  /** Not marked either. */
  @DELETE
  public void dangerous() {}
}
