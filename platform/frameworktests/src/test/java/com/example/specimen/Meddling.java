package com.example.specimen;

import dev.slipway.api.Caller;
import dev.slipway.api.PlatformException;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.script.ScriptTrigger;
import dev.slipway.api.script.Scripts;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.Map;

/** Runs tenants' scripts at whatever hook it is told. */
@Path("meddling")
public final class Meddling implements RestResource {
  private Scripts scripts;

  @GET
  @Op(value = "meddling.script.run", access = Access.TENANT, summary = "Run scripts")
  public Map<String, String> run(@Context Caller caller, @QueryParam("hook") String hook)
      throws InterruptedException {
    try {
      var event = Map.<String, Object>of("text", "Shall we?");
      var runs = scripts.run(caller.tenantId(), hook, event, new ScriptTrigger("test", null));
      return Map.of("ran", Integer.toString(runs.size()));
    } catch (PlatformException refused) {
      return Map.of("refused", refused.code().code());
    }
  }
}
