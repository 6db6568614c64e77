package dev.slipway.fleet.resource.terminal;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.rest.RateLimit;
import dev.slipway.api.rest.WebSocket;
import dev.slipway.api.spi.RestResource;
import dev.slipway.fleet.service.terminal.Terminals;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Terminals in the containers of apps. */
@Component(service = RestResource.class)
@Path("/api/apps/{appId}/exec")
public final class TerminalResource implements RestResource {
  private final Terminals terminals;

  @Activate
  public TerminalResource(@Reference Terminals terminals) {
    this.terminals = terminals;
  }

  /**
   * Binary messages are what was typed and what is shown; the text {@code {type: resize, cols,
   * rows}} changes the size, and {@code {type: exit, code}} is the last message.
   */
  @GET
  @RateLimit(calls = 60, seconds = 60)
  @Op(
      value = "fleet.terminal.open",
      access = Access.TENANT,
      summary = "Start a terminal inside the running container",
      status = 101,
      audited = true,
      errors = {
        "403 without the right operator on the server",
        "422 nothing runs, or agent offline"
      })
  public WebSocket open(
      @Context Caller caller,
      @PathParam("appId") UUID appId,
      @QueryParam("command") @DefaultValue("/bin/sh") @NotBlank @Size(max = 4096) String command,
      @QueryParam("cols") @DefaultValue("80") @Min(1) @Max(1000) int columns,
      @QueryParam("rows") @DefaultValue("24") @Min(1) @Max(1000) int rows) {
    return terminals.open(caller, new Terminals.Wanted(appId, command, columns, rows));
  }
}
