package dev.slipway.accounts.resource;

import dev.slipway.accounts.service.AccountService;
import dev.slipway.api.rest.PublicOp;
import dev.slipway.api.spi.RestResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether somebody has taken the platform over. */
@Component(service = RestResource.class)
@Path("/api/bootstrap")
public final class BootstrapResource implements RestResource {
  private final AccountService accounts;

  @Activate
  public BootstrapResource(@Reference AccountService accounts) {
    this.accounts = accounts;
  }

  public record StatusAnswer(boolean initialized) {}

  @GET
  @Path("status")
  @PublicOp(
      value = "accounts.bootstrap.status",
      reason = "asked before the first account exists, and says one bit",
      summary = "Tell whether the root tenant has an owner")
  public StatusAnswer status() {
    return new StatusAnswer(accounts.initialized());
  }
}
