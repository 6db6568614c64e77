package dev.slipway.plugins.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.plugin.PluginTrust;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.plugins.resource.PluginPayloads.FileAnswer;
import dev.slipway.plugins.resource.PluginPayloads.FileDraft;
import dev.slipway.plugins.resource.PluginPayloads.KeyAnswer;
import dev.slipway.plugins.resource.PluginPayloads.KeyDraft;
import dev.slipway.plugins.resource.PluginPayloads.Reason;
import dev.slipway.plugins.resource.PluginPayloads.TrustAnswer;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whose plugins may run. */
@Path("/api/admin/plugin-trust")
@Component(service = RestResource.class)
public final class PluginTrustResource implements RestResource {
  private final PluginTrust trust;

  @Activate
  public PluginTrustResource(@Reference PluginTrust trust) {
    this.trust = trust;
  }

  @GET
  @Op(
      value = "plugins.trust.read",
      access = Access.ROOT_ADMIN,
      summary = "Fetch the trusted and revoked keys and the revoked files")
  public TrustAnswer get() {
    return new TrustAnswer(trust.signedOnly(), trust.keys(), trust.revokedFiles());
  }

  @POST
  @Path("keys")
  @Op(
      value = "plugins.key.create",
      access = Access.ROOT_ADMIN,
      summary = "Trust a key that signs plugins",
      status = 201,
      errors = {"400 no Ed25519 public key", "409 key known"})
  public KeyAnswer trust(@Context Caller caller, KeyDraft body) {
    return new KeyAnswer(trust.trust(caller, body.name(), body.publicKey()));
  }

  @DELETE
  @Path("keys/{keyId}")
  @Op(
      value = "plugins.key.delete",
      access = Access.ROOT_ADMIN,
      summary = "Forget a key; what it has signed counts as a stranger's",
      errors = {"409 revoked keys are not forgotten"})
  public void distrust(@Context Caller caller, @PathParam("keyId") String keyId) {
    trust.distrust(caller, keyId);
  }

  @POST
  @Path("keys/{keyId}/revoke")
  @Op(
      value = "plugins.key.revoke",
      access = Access.ROOT_ADMIN,
      summary = "Revoke a key; what it has signed is stopped and quarantined")
  public KeyAnswer revoke(@Context Caller caller, @PathParam("keyId") String keyId, Reason body) {
    return new KeyAnswer(trust.revokeKey(caller, keyId, body.reason()));
  }

  @POST
  @Path("revoked-files")
  @Op(
      value = "plugins.file.revoke",
      access = Access.ROOT_ADMIN,
      summary = "Revoke one file by its digest; it is stopped and quarantined",
      status = 201,
      errors = "400 no SHA-256")
  public FileAnswer revokeFile(@Context Caller caller, FileDraft body) {
    return new FileAnswer(trust.revokeFile(caller, body.digest(), body.reason()));
  }

  @DELETE
  @Path("revoked-files/{digest}")
  @Op(
      value = "plugins.file.reinstate",
      access = Access.ROOT_ADMIN,
      summary = "Take the revocation of a file back")
  public void reinstate(@Context Caller caller, @PathParam("digest") String digest) {
    trust.reinstateFile(caller, digest);
  }
}
