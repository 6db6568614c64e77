package dev.slipway.billing.resource;

import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.BundlePayloads.BundleInput;
import dev.slipway.billing.resource.BundlePayloads.BundleView;
import dev.slipway.billing.resource.BundlePayloads.BundlesAnswer;
import dev.slipway.billing.resource.PlanPayloads.DeletedAnswer;
import dev.slipway.billing.service.BundleService;
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

/** Credit bundles for operators. */
@Component(service = RestResource.class)
@Path("/api/admin/credit-bundles")
public final class AdminBundleResource implements RestResource {
  private final BundleService bundles;

  /** Made by the component runtime. */
  @Activate
  public AdminBundleResource(@Reference BundleService bundles) {
    this.bundles = bundles;
  }

  @GET
  @Op(
      value = "billing.bundle.list",
      access = Access.ROOT_ADMIN,
      summary = "List all credit bundles, inactive ones too")
  public BundlesAnswer list() {
    return BundlesAnswer.of(bundles.list());
  }

  @POST
  @Op(
      value = "billing.bundle.create",
      access = Access.ROOT_ADMIN,
      summary = "Add a credit bundle",
      status = 201,
      errors = {"400 non-positive credits or price", "409 name exists"})
  public BundleView create(BundleInput body) {
    return BundleView.of(bundles.create(body.toDraft()));
  }

  @PUT
  @Path("{bundleId}")
  @Op(
      value = "billing.bundle.update",
      access = Access.ROOT_ADMIN,
      summary = "Edit a credit bundle",
      errors = "409 name exists")
  public BundleView update(@PathParam("bundleId") UUID bundleId, BundleInput body) {
    return BundleView.of(bundles.update(bundleId, body.toDraft()));
  }

  @DELETE
  @Path("{bundleId}")
  @Op(
      value = "billing.bundle.delete",
      access = Access.ROOT_ADMIN,
      summary = "Erase a credit bundle for good")
  public DeletedAnswer delete(@PathParam("bundleId") UUID bundleId) {
    bundles.delete(bundleId);
    return new DeletedAnswer("deleted");
  }
}
