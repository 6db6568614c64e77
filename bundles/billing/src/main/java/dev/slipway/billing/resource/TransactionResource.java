package dev.slipway.billing.resource;

import dev.slipway.api.Caller;
import dev.slipway.api.rest.Access;
import dev.slipway.api.rest.Op;
import dev.slipway.api.spi.RestResource;
import dev.slipway.billing.resource.TransactionPayloads.InvoiceAnswer;
import dev.slipway.billing.resource.TransactionPayloads.Paging;
import dev.slipway.billing.resource.TransactionPayloads.TransactionsAnswer;
import dev.slipway.billing.service.LedgerService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the tenant paid. */
@Component(service = RestResource.class)
@Path("/api/billing/transactions")
public final class TransactionResource implements RestResource {
  private static final int USUAL = 20;

  private final LedgerService ledger;

  /** Made by the component runtime. */
  @Activate
  public TransactionResource(@Reference LedgerService ledger) {
    this.ledger = ledger;
  }

  @GET
  @Op(
      value = "billing.transaction.list",
      access = Access.TENANT,
      summary = "Page through the tenant's transactions, newest first")
  public TransactionsAnswer list(
      @Context Caller caller,
      @QueryParam("page") @Nullable String page,
      @QueryParam("perPage") @Nullable String perPage) {
    var paging = Paging.of(page, perPage, USUAL);
    return TransactionsAnswer.of(ledger.own(caller, paging.page(), paging.perPage()), paging);
  }

  @GET
  @Path("{id}/invoice")
  @Op(
      value = "billing.invoice.get",
      access = Access.TENANT,
      summary = "Fetch transaction plus tenant name for invoice view",
      errors = "404 not of this tenant")
  public InvoiceAnswer invoice(@Context Caller caller, @PathParam("id") UUID id) {
    return InvoiceAnswer.of(ledger.invoice(caller, id));
  }

  @GET
  @Path("{id}/invoice/pdf")
  @Produces("application/pdf")
  @Op(
      value = "billing.invoice.pdf",
      access = Access.TENANT,
      summary = "Render one transaction as a PDF invoice",
      errors = "404 not of this tenant")
  public Response pdf(@Context Caller caller, @PathParam("id") UUID id) {
    var invoice = ledger.invoice(caller, id);
    var bytes = ledger.render(invoice);
    StreamingOutput body = out -> out.write(bytes);
    var name = invoice.transaction().invoiceNumber() + ".pdf";
    return Response.ok(body, "application/pdf")
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Content-Length", bytes.length)
        .build();
  }
}
